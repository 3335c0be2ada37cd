"""Sources on Google's storage, for which an emulator stands in. No archive: it knows no conditional writes."""

import sys
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from local_store import free_port, running

from onrecord.errors import MissingInput
from onrecord.read.articles import read_articles
from onrecord.read.remote import open_place
from onrecord.records import Article


@pytest.fixture(scope="module")
def bucket() -> Iterator[Callable[[str], str]]:
    """Paths in a bucket to their addresses."""
    port = free_port()
    command = [sys.executable, "-m", "gcp_storage_emulator", "start", "--host", "127.0.0.1", "--port", str(port)]
    settings = f"scheme=http&endpoint_override=127.0.0.1%3A{port}&retry_limit_seconds=10"
    with running([*command, "--in-memory", "--default-bucket", "news"], port):
        yield lambda path: f"gs://anonymous@news/{quote(path, safe='/*[]')}?{settings}"


def test_sources_by_name_prefix_and_pattern(bucket: Callable[[str], str]) -> None:
    for name in ("2024/a.txt", "2024/b b%.txt", "2023/c.txt", "2024/photo.jpg"):
        place = open_place(bucket(f"wires/{name}"))
        with place.files.open_output_stream(place.path) as stream:
            stream.write(f"Taxes will fall, Ada Brandt said of {name}.".encode())
    for path, expected in {
        "wires/2024/b b%.txt": ["2024/b"],
        "wires/2024/": ["2024/a", "2024/b"],
        "wires/*/[ac].txt": ["2023/c", "2024/a"],
    }.items():
        found = [one for one in read_articles([bucket(path)]) if isinstance(one, Article)]
        assert [one.text.rpartition(" of ")[2][:6] for one in found] == expected
    (error,) = read_articles([bucket("nothing/")])
    assert isinstance(error, MissingInput)
    assert error.where == "gs://news/nothing/"
