"""WARC: the pages that a crawler found, with address and capture; what is cut off, told."""

import gzip
import io
from typing import Any

import pytest
from reading import Read
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import Damaged, InputError, NoArticle
from onrecord.read.warc import read_warc
from onrecord.records import Article

BODY = "Dock workers voted on Monday to extend their strike for another week, after the talks broke down."


def page(text: str = BODY, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article><p>{text}</p></article></body></html>".encode()


class Archive:
    """A WARC file in the making."""

    def __init__(self, *, packed: bool = False) -> None:
        self._target = io.BytesIO()
        self._writer = WARCWriter(self._target, gzip=packed)

    def add(self, url: str, data: bytes, **given: Any) -> "Archive":
        headers = [("Content-Type", given.get("type", "text/html")), *given.get("headers", ())]
        http = StatusAndHeaders(given.get("status", "200 OK"), headers, protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            given.get("kind", "response"),
            payload=io.BytesIO(data),
            http_headers=http if given.get("kind", "response") == "response" else None,
            warc_content_type=given.get("type", "text/html") if "kind" in given else "",
            warc_headers_dict={"WARC-Date": given.get("date", "2021-05-18T06:00:00Z")},
        )
        self._writer.write_record(record)
        return self

    def data(self) -> bytes:
        return self._target.getvalue()


def articles(found: list[Article | InputError]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True), (None, True)])
def test_pages_with_their_address(read: Read, name: str | None, packed: bool) -> None:
    archive = (
        Archive(packed=packed).add("https://c.example/a", page()).add("https://c.example/b", page(BODY[::-1] + "."))
    )
    found = articles(read(name, archive.data()))
    assert [(one.url, one.text) for one in found] == [
        ("https://c.example/a", BODY),
        ("https://c.example/b", BODY[::-1] + "."),
    ]


def test_address_that_the_page_gives_outranks_the_record_s(read: Read) -> None:
    head = '<link rel="canonical" href="https://c.example/story">'
    (found,) = articles(read("a.warc", Archive().add("https://c.example/a?x=1", page(head=head)).data()))
    assert found.url == "https://c.example/story"


@pytest.mark.parametrize(
    ("captured", "date"),
    [("2021-05-18T06:00:00Z", "2021-05-17"), ("2022-01-03T06:00:00Z", None), ("2022-05-17T06:00:00Z", "2022-05-17")],
)
def test_capture_gives_a_dateline_its_year_when_they_lie_close(read: Read, captured: str, date: str | None) -> None:
    archive = Archive().add("https://c.example/a", page(f"VESSA, May 17 (Reuters) - {BODY}"), date=captured)
    (found,) = articles(read("a.warc", archive.data()))
    assert found.published is None
    assert found.dateline is not None
    assert found.dateline.date == date or (date is None and found.dateline.date == "--05-17")


def test_what_http_did_to_a_page_is_undone(read: Read) -> None:
    packed, html = gzip.compress(page()), page()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(html), html)
    archive = (
        Archive()
        .add("https://c.example/a", packed, headers=[("Content-Encoding", "gzip")])
        .add("https://c.example/b", chunked, headers=[("Transfer-Encoding", "chunked")])
        .add(
            "https://c.example/c",
            page("Кризис в правительстве продолжается, сообщил министр. " * 3).decode().encode("cp1251"),
            type="text/html; charset=windows-1251",
        )
    )
    texts = [one.text for one in articles(read("a.warc", archive.data()))]
    assert texts[:2] == [BODY, BODY]
    assert texts[2].startswith("Кризис в правительстве")


def test_what_is_no_page_is_passed_over(read: Read) -> None:
    archive = (
        Archive()
        .add("https://c.example/i.png", b"\x89PNG", type="image/png")
        .add("https://c.example/gone", page(), status="404 Not Found")
        .add("https://c.example/moved", b"", status="301 Moved", headers=[("Location", "/a")])
        .add("https://c.example/r", page(), kind="resource", type="text/html")
        .add("https://c.example/t", b"He left.", kind="conversion", type="text/plain")
    )
    assert [one.text for one in articles(read("a.warc", archive.data()))] == [BODY, "He left."]


def test_page_without_an_article_costs_no_other(read: Read) -> None:
    menu = b"<html><body><nav><a href='/'>Home</a></nav></body></html>"
    archive = Archive().add("https://c.example/", menu).add("https://c.example/a", page())
    error, story = read("a.warc", archive.data())
    assert isinstance(error, NoArticle)
    assert "a.warc, record at byte 0: " in str(error)
    assert isinstance(story, Article)


def test_archive_without_a_page(read: Read) -> None:
    (error,) = read("a.warc", Archive().add("https://c.example/i.png", b"x", type="image/png").data())
    assert isinstance(error, NoArticle)
    assert error.why == "holds no HTML page that was found by the crawler"


def test_archive_that_breaks_off_anywhere_keeps_its_whole_records_and_says_so() -> None:
    first = Archive().add("https://c.example/a", page()).data()
    whole = Archive().add("https://c.example/a", page()).add("https://c.example/b", page()).data()
    second = len(first)
    for cut in range(second + 1, len(whole) - 4):
        stories: list[object] = []
        with pytest.raises(Damaged) as caught:
            stories.extend(read_warc(io.BytesIO(whole[:cut]), "a.warc"))
        assert f"at byte {second:,}" in str(caught.value), cut


def test_truncated_archive_gives_what_stood_before(read: Read) -> None:
    data = Archive().add("https://c.example/a", page()).add("https://c.example/b", page()).data()
    story, error = read("a.warc", data[:-100])
    assert isinstance(story, Article)
    assert isinstance(error, Damaged)
    assert "a.warc: breaks off in the record at byte " in str(error)


def test_truncated_packed_archive(read: Read) -> None:
    data = Archive(packed=True).add("https://c.example/a", page()).add("https://c.example/b", page()).data()
    story, error = read("a.warc.gz", data[:-60])
    assert isinstance(story, Article)
    assert isinstance(error, Damaged)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "gives no length for the record at byte 0"),
        (b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\nnews", "holds no WARC record at byte 35"),
        (b"WARC/1.0\r\nContent-Length: 9", "breaks off in the header of the record at byte 0"),
    ],
)
def test_archive_that_is_none(read: Read, data: bytes, why: str) -> None:
    (error,) = read("a.warc", data)
    assert isinstance(error, Damaged)
    assert error.why.startswith(why)
