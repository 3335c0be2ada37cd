"""Sources on other storage: prefixes, patterns, messages that give no keys away."""

import json
from collections.abc import Iterator

import fsspec
import pytest

from onrecord.errors import InputError, MissingInput
from onrecord.read.articles import read_articles
from onrecord.read.remote import find_remote, is_remote, shown
from onrecord.records import Article

ROOT = "fsspec+memory:///news"


@pytest.fixture
def store() -> Iterator[None]:
    """A store with two years of news in it, and what does not belong."""
    files = fsspec.filesystem("memory")
    for year in (2020, 2021):
        row = json.dumps({"id": f"a{year}", "text": f"The harbour stayed open in {year}, Ada Brandt said."})
        files.pipe(f"/news/{year}/wires.jsonl", row.encode() + b"\n")
    files.pipe("/news/2020/a report 100%.txt", b"Taxes will fall, Ada Brandt said.")
    files.pipe("/news/2020/photo.jpg", b"\xff\xd8")
    files.pipe("/news/.draft/wires.jsonl", b"{}")
    yield
    files.rm("/news", recursive=True)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (ROOT, ["2020/a report 100%.txt", "2020/wires.jsonl", "2021/wires.jsonl"]),
        (f"{ROOT}/2021/", ["2021/wires.jsonl"]),
        (f"{ROOT}/2020/photo.jpg", ["2020/photo.jpg"]),
        (f"{ROOT}/*/wires.jsonl", ["2020/wires.jsonl", "2021/wires.jsonl"]),
        (f"{ROOT}/202[1-9]/*", ["2021/wires.jsonl"]),
        (f"{ROOT}/**/*.jpg", ["2020/photo.jpg"]),
    ],
)
def test_a_file_a_prefix_and_patterns(address: str, expected: list[str]) -> None:
    assert list(find_remote(address)) == [f"{ROOT}/{path}" for path in expected]


@pytest.mark.usefixtures("store")
def test_articles_come_from_there_as_from_a_folder() -> None:
    found = list(read_articles([ROOT]))
    assert [one.text[:11] for one in found if isinstance(one, Article)] == ["Taxes will ", "The harbour", "The harbour"]


def test_what_is_not_there_is_said_in_one_line() -> None:
    for address in (f"{ROOT}/nothing", f"{ROOT}/*.nothing"):
        with pytest.raises(MissingInput, match="nothing to read"):
            list(find_remote(address))
    (error,) = read_articles(["nowhere://bucket/news"])
    assert isinstance(error, InputError)
    assert "cannot be reached" in str(error)
    assert "\n" not in str(error)


def test_keys_in_an_address_are_not_shown() -> None:
    assert shown("s3://key:secret@bucket/news/a.txt?endpoint_override=host") == "s3://bucket/news/a.txt"


def test_web_addresses_and_paths_are_not_other_storage() -> None:
    assert [is_remote(given) for given in ("s3://bucket/a", "https://a.example/", "a/b.txt", "C:/a")] == [
        True, False, False, False,
    ]  # fmt: skip
