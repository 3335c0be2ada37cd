"""WARC and Parquet through a cluster: by name, by folder, by pattern and by prefix, a damaged file among them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cluster_runs import MORE, STORY, by_one_process, on_ray, there
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.read.remote import shown
from onrecord.scale.reading import Work
from onrecord.store.archive import Archive

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("cluster")]

FORMATS = [
    "crawl/2024/may.warc.gz",
    "crawl/2024/torn.warc.gz",
    "crawl/april.warc",
    "wires/a.parquet",
    "wires/b.parquet",
]


def text(number: int) -> str:
    return f"{STORY}\n\nStory number {number} of a long day.{MORE}"


def warc(numbers: range, *, packed: bool) -> bytes:
    target = BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for number in numbers:
        paragraphs = "".join(f"<p>{line}</p>" for line in text(number).splitlines() if line)
        page = f"<!DOCTYPE html><html><body><article>{paragraphs}</article></body></html>".encode()
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://korva.example/{number}", "response", payload=BytesIO(page), http_headers=http,
            warc_headers_dict={"WARC-Date": "2024-11-05T06:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return target.getvalue()


def parquet(numbers: range) -> bytes:
    rows = [{"id": f"p{n}", "text": text(n), "outlet": "Korva", "published": "2024-11-04"} for n in numbers]
    target = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), target, row_group_size=3)
    return target.getvalue()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FORMATS: a folder of WARC, one of them torn in two, and one of Parquet; some articles in two files."""
    whole = warc(range(20, 32), packed=True)  # twelve members of nearly one size: seven tenths end within the ninth
    made = dict(zip(FORMATS, (
        warc(range(10), packed=True), whole[: len(whole) * 7 // 10], warc(range(8, 20), packed=False),
        parquet(range(8)), parquet(range(6, 14)),
    ), strict=True))  # fmt: skip
    root = tmp_path_factory.mktemp("news")
    for name, data in made.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def assert_as_by_one_process(tmp_path: Path, sources: list[str]) -> None:
    local, archive = Archive.make(tmp_path / "local"), Archive.make(tmp_path / "archive")
    expected, told = by_one_process(local, *sources)
    done, errors = on_ray(archive, *sources, work=Work(chunk=1_000))
    assert (done.added, done.failures) == (expected.added, expected.failures)
    assert [(type(error), str(error)) for error in errors] == [(type(error), str(error)) for error in told]
    assert there(archive) == there(local)

    assert done.failures == {"Damaged": 1}
    assert errors[0].where.endswith("crawl/2024/torn.warc.gz")
    assert done.added.unchanged == 4
    kept = {number for number in range(20, 32) if f"https://korva.example/{number}" in urls(archive)}
    assert 0 < len(kept) < 12
    assert kept == set(range(20, 20 + len(kept))), "what stood before the tear"
    assert done.added.added == 20 + 14 + len(kept)
    assert done.statements >= 2 * done.added.added


def urls(archive: Archive) -> set[str | None]:
    return {record.article.url for record in archive.records()}


def test_files_a_folder_and_a_pattern(tmp_path: Path, news: Path) -> None:
    assert_as_by_one_process(tmp_path, [f"{news}/crawl", f"{news}/wires/*.parquet"])
    files = [f"{news}/{name}" for name in FORMATS]
    again, errors = on_ray(Archive.open(tmp_path / "archive"), *files)
    assert (again.added.added, again.words, len(errors)) == (0, 0, 1)


def test_a_prefix_and_a_pattern_on_s3(
    tmp_path: Path, news: Path, bucket: Callable[[str], str], upload: Callable[[str, Path], None]
) -> None:
    for name in FORMATS:
        upload(bucket(name), news / name)
    assert_as_by_one_process(tmp_path, [bucket("crawl/"), bucket("wires/[ab].parquet")])
    assert shown(bucket("crawl/")) == "s3://news/crawl/"
