"""The stage as a whole: files in, articles and errors out, in order."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BadLine, InputError, MissingInput, NoArticle, NotText
from onrecord.read.articles import article_from_text, read_articles
from onrecord.records import Article

FIXTURES = Path(__file__).parent / "fixtures"
SHARED = Path(__file__).parents[3] / "shared" / "data"

TEXT = "“No,” the minister said.\r\n\r\nHe left.\n"


def articles(*paths: str | Path, stdin: bytes = b"") -> list[Article]:
    found = list(read_articles(paths, stdin=io.BytesIO(stdin)))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def the_error(*paths: str | Path, stdin: bytes = b"") -> InputError:
    (error,) = read_articles(paths, stdin=io.BytesIO(stdin))
    assert isinstance(error, InputError)
    assert "\n" not in str(error)
    return error


@given(st.text(st.characters()))
def test_any_string_is_an_article_with_that_text(text: str) -> None:
    article = article_from_text(text)
    assert article.text == text
    assert article == article_from_text(text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")))
def test_text_file_comes_back_exactly(text: str) -> None:
    (found,) = read_articles(["-"], stdin=io.BytesIO(b"News:\r\n" + text.encode()))
    assert isinstance(found, Article)
    assert found.text == "News:\r\n" + text


def test_text_file_says_nothing_but_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    (article,) = articles(path)
    assert article == Article(id=article.id, text=TEXT)


def test_fields_given_by_hand() -> None:
    article = article_from_text(TEXT, id="x1", byline=["Jane Doe"], published="2020-11-03", outlet="Courier")
    assert (article.id, article.byline, article.published, article.outlet) == (
        "x1",
        ("Jane Doe",),
        "2020-11-03",
        "Courier",
    )


def test_published_by_hand_must_be_a_date() -> None:
    with pytest.raises(InputError, match=r"published: is not a date in ISO 8601 \('last week'\)"):
        article_from_text(TEXT, published="last week")


def test_dateline_is_read_with_the_date_of_publication() -> None:
    dateline = article_from_text("VESSA, May 17 (Reuters) - Talks stalled.", published="2021-05-18").dateline
    assert dateline is not None
    assert (dateline.place, dateline.date, dateline.agency) == ("VESSA", "2021-05-17", "Reuters")


def test_same_text_has_the_same_id_in_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "b.txt").write_bytes(TEXT.encode("utf-16"))
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": TEXT}))
    assert len({article.id for article in articles(tmp_path)}) == 1


def test_id_follows_from_the_address_of_a_page() -> None:
    (page,) = articles(FIXTURES / "jsonld_news.html")
    url = "http://www.northerncourier.example/world/harbour-strike-second-week"
    assert page.id == article_from_text("updated since", url=url).id


def test_folder_with_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.jsonl").write_text('{"text": "Two."}\n{"text": "Three.", "id": "w3"}\n')
    (tmp_path / "c.json").write_text('{"text": "Four."}')
    (tmp_path / "d.html").write_bytes((FIXTURES / "plain_page.html").read_text().encode("latin-1"))
    found = articles(tmp_path)
    assert [article.text for article in found[:4]] == ["One.", "Two.", "Three.", "Four."]
    assert found[4].title == "Minister denies rift over fishing rights"
    assert articles(tmp_path) == found


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        ("Café\n".encode("cp1252"), "Café\n"),
        (b'{"text": "a"}\n', "a"),
        (b'\n\xef\xbb\xbf{"text": "a"}\n'[1:], "a"),
        (b'{"text": "' + b"a" * 10_000 + b'"}\n', "a" * 10_000),
        (b'{\n  "text": "a"\n}\n', "a"),
        (b'[{"text": "a"}]', "a"),
        (b"{sic} he said", "{sic} he said"),
        (b"<unclear> he said", "<unclear> he said"),
        (b"[Photo] He left.", "[Photo] He left."),
    ],
)
def test_standard_input_tells_its_format_by_how_it_opens(data: bytes, text: str) -> None:
    assert [article.text for article in articles("-", stdin=data)] == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_page_from_standard_input(encoding: str) -> None:
    page = (FIXTURES / "jsonld_news.html").read_text("utf-8").encode(encoding)
    assert articles("-", stdin=b"\n" * (encoding == "utf-8") + page) == articles(FIXTURES / "jsonld_news.html")


def test_lines_from_standard_input_come_as_they_arrive() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            line = b'{"text": "a"}\n'
            buffer[: len(line)] = line
            return len(line)

    found = read_articles(["-"], stdin=io.BufferedReader(Endless()))  # type: ignore[type-var]
    assert [next(found) for _ in range(3)] == articles("-", stdin=b'{"text": "a"}\n') * 3


def test_file_without_suffix_is_read_when_named(tmp_path: Path) -> None:
    path = tmp_path / "wire"
    path.write_bytes(b'{"text": "a"}\n{"text": "b"}\n')
    assert [article.text for article in articles(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "data", "kind", "why"),
    [
        ("empty.txt", b"", NotText, "is empty"),
        ("empty.html", b"", NotText, "is empty"),
        ("empty.jsonl", b"", NotText, "is empty"),
        ("empty.json", b"", NotText, "is empty"),
        ("binary.txt", bytes(range(256)), NotText, "is binary, not text"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", NotText, "looks like an image"),
        ("paper.pdf", b"%PDF-1.4", NotText, "looks like a PDF: convert it to text first"),
        ("wrong.txt", "Déjà vu, a-t-il déclaré à la télé. ".encode() * 3 + b"\xe9", NotText, "is UTF-8 but damaged"),
        ("menu.html", (FIXTURES / "navigation.html").read_bytes(), NoArticle, "holds no article"),
        ("list.json", b"[1]", BadLine, "is not an article but a number"),
        ("line.jsonl", b"not json\n", BadLine, "is not JSON"),
        ("line.jsonl", b'{"title": "No text"}\n', BadLine, "has no text"),
    ],
)
def test_bad_input_gives_one_clear_line(
    tmp_path: Path, name: str, data: bytes, kind: type[InputError], why: str
) -> None:
    (tmp_path / name).write_bytes(data)
    error = the_error(tmp_path / name)
    assert type(error) is kind
    assert error.where.startswith(str(tmp_path / name))
    assert error.why.startswith(why)


def test_missing_path() -> None:
    assert isinstance(the_error("no/such/file.txt"), MissingInput)


def test_empty_standard_input() -> None:
    assert str(the_error("-")) == "standard input: is empty"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert str(the_error(path)) == f"{path}: cannot be read: Permission denied"


def test_file_that_is_gone_when_its_turn_comes(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    found = read_articles([tmp_path])
    assert isinstance(next(found), Article)
    (tmp_path / "b.txt").unlink()
    assert str(next(found)) == f"{tmp_path}/b.txt: no such file or folder"


def test_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.jsonl").write_text('{"text": "Two."}\nnot json\n{"text": "Three."}\n')
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "z.txt").write_text("Four.")
    found = [one.text if isinstance(one, Article) else type(one) for one in read_articles(["gone.txt", tmp_path])]
    assert found == [MissingInput, "One.", NotText, "Two.", BadLine, "Three.", InputError, "Four."]


@pytest.mark.parametrize(
    ("name", "count"),
    [("news/world.jsonl", 5698), ("polnear/dev.jsonl", 84), ("reuters/wires.jsonl", 15400), ("wires/dev.jsonl", 24)],
)
def test_real_news_is_read_without_an_error(name: str, count: int) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("needs the news of ../shared/data, which is not part of the package")
    with path.open(encoding="utf-8") as lines:
        given = [json.loads(line) for line in lines]
    found = articles(path)
    assert len(found) == count
    assert [(article.id, article.text) for article in found] == [(one["id"], one["text"]) for one in given]
