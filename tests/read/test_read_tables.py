"""CSV, TSV and Parquet: one article a row, in named columns."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Read

from onrecord.errors import BadLine, Damaged, InputError, NoArticle, NotText
from onrecord.read.csv import read_csv
from onrecord.read.fields import Draft
from onrecord.records import Article

TEXT = '“No,” the minister said;\r\nhe left,\tat "once".'
ROW = {
    "text": TEXT,
    "id": "w1",
    "url": "https://c.example/a",
    "outlet": "Courier",
    "title": "No",
    "published": "2020-11-03",
    "language": "en",
    "byline": "Jane Doe; John Roe",
}


def table(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def parquet(columns: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def the_error(found: list[Article | InputError]) -> InputError:
    (error,) = [one for one in found if isinstance(one, InputError)]
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "|"), ("a.tsv", "\t")])
def test_every_field_by_its_column_whatever_the_delimiter(read: Read, name: str, delimiter: str) -> None:
    (article,) = read(name, table([ROW], delimiter))
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert (article.id, article.url, article.outlet, article.title) == ("w1", "https://c.example/a", "Courier", "No")
    assert (article.published, article.language, article.byline) == ("2020-11-03", "en", ("Jane Doe", "John Roe"))


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(str.strip),
        min_size=1,
    )
)
def test_text_of_a_row_comes_back_exactly(texts: list[str]) -> None:
    found = list(read_csv(io.BytesIO(table([{"n": "1", "text": text} for text in texts])), "a.csv", {}))
    assert [one.text for one in found if isinstance(one, Draft)] == texts


def test_columns_of_other_names(read: Read) -> None:
    data = table([{"Body": "He left.", "Paper": "Courier", "ID": "7", "rest": "x"}])
    (article,) = read("a.csv", data, columns={"text": "body", "outlet": "Paper"})
    assert isinstance(article, Article)
    assert (article.text, article.outlet, article.id) == ("He left.", "Courier", "7")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_spreadsheets_write(read: Read, encoding: str) -> None:
    text = "Le ministre a déclaré à la presse que l’élection était prévue pour février, après les négociations."
    (article,) = read("a.csv", f"id;text\r\n1;{text}\r\n".encode(encoding))
    assert isinstance(article, Article)
    assert article.text == text


def test_bad_row_costs_no_other(read: Read) -> None:
    data = b'id,text,published\n1,"One\nmore.",\n2,,\n3,Three,soon\n4\n\n5,Five.,2020-11-03\n'
    found = read("a.csv", data)
    assert [one.text if isinstance(one, Article) else type(one) for one in found] == [
        "One\nmore.",
        BadLine,
        BadLine,
        BadLine,
        "Five.",
    ]
    errors = [str(one).partition("a.csv:")[2] for one in found if isinstance(one, InputError)]
    assert [error[:28] for error in errors] == [
        "4: text is empty",
        "5: published is not a date (",
        "6: has 1 fields under 3 colu",
    ]


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"", NotText, "is empty"),
        (b"id,text\n", NotText, "is a table without a row"),
        (b"\nid,text\n1,a\n", NotText, "begins with an empty line"),
        (b"id,body,title\n1,a,b\n", NoArticle, "has no column 'text'; it has 'id', 'body', 'title': say which holds"),
        (b"id^text\n1^a\n", NoArticle, "has no column 'text'; it has 'id^text'"),
        (b"\x89PNG\r\n\x1a\n\x00", NotText, "looks like an image"),
        (b"id,text\n\0\0", NotText, "is binary, not text"),
    ],
)
def test_table_that_is_none(read: Read, data: bytes, kind: type[InputError], why: str) -> None:
    error = the_error(read("a.csv", data))
    assert type(error) is kind
    assert error.why.startswith(why)


def test_column_that_was_asked_for_and_is_not_there(read: Read) -> None:
    error = the_error(read("a.csv", b"id,text\n1,a\n", columns={"outlet": "paper"}))
    assert error.why == "has no column 'paper' for outlet; it has 'id', 'text'"


def test_quotation_mark_that_does_not_close_ends_the_table_there(read: Read) -> None:
    story, error = read("a.csv", b'id,text\n1,One.\n2,"Two.\n3,Three.\n')
    assert isinstance(story, Article)
    assert isinstance(error, BadLine)
    assert "a.csv:3: is no row of a table" in str(error)


def test_damage_far_into_a_table_is_told_with_its_line(read: Read) -> None:
    rows = b"".join(b"%d,%s\n" % (n, "é".encode() * 500) for n in range(2000))
    *stories, error = read("a.csv", b"id,text\n" + rows + b"2000,caf\xe9\n")
    assert len(stories) > 1500
    assert isinstance(error, NotText)
    assert "is not in UTF-8 as what stands before it" in str(error)


def test_csv_from_standard_input_when_said_so(read: Read) -> None:
    (article,) = read(None, b"text\nHe left.\n", format="csv")
    assert isinstance(article, Article)
    assert article.text == "He left."


@pytest.mark.parametrize("name", ["a.parquet", None])
def test_parquet_with_its_own_types(read: Read, name: str | None) -> None:
    data = parquet(
        {
            "text": pa.array([TEXT, "Two."], pa.large_string()),
            "id": [1, 2],
            "outlet": pa.array(["Courier", "Courier"]).dictionary_encode(),
            "byline": [["Jane Doe", "John Roe"], None],
            "published": pa.array([datetime(2020, 11, 3, 10), None], pa.timestamp("ns", "UTC")),
            "score": [0.5, 0.7],
        }
    )
    first, second = read(name, data)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.id, first.outlet, first.byline) == (TEXT, "1", "Courier", ("Jane Doe", "John Roe"))
    assert (first.published, second.published) == ("2020-11-03T10:00:00+00:00", None)


def test_parquet_with_days_and_other_names(read: Read) -> None:
    data = parquet({"body": ["He left."], "day": [date(2020, 11, 3)]})
    (article,) = read("a.parquet", data, columns={"text": "body", "published": "day"})
    assert isinstance(article, Article)
    assert (article.text, article.published) == ("He left.", "2020-11-03")


def test_parquet_row_without_text_costs_no_other(read: Read) -> None:
    found = read("a.parquet", parquet({"text": ["One.", None, "Three."]}))
    assert [one.text if isinstance(one, Article) else str(one)[-18:] for one in found] == [
        "One.",
        ", row 2: has no text"[-18:],
        "Three.",
    ]


def test_parquet_without_a_text_column_names_those_it_has(read: Read) -> None:
    error = the_error(read("a.parquet", parquet({"id": [1], "content": ["x"]})))
    assert error.why == "has no column 'text'; it has 'id', 'content': say which holds the text with --column text=NAME"


@pytest.mark.parametrize("cut", [10, 200])
def test_parquet_that_breaks_off(read: Read, cut: int) -> None:
    error = the_error(read("a.parquet", parquet({"text": ["He left."] * 100})[:cut]))
    assert isinstance(error, Damaged)
    assert error.why.startswith("is Parquet, but broken or cut off")


def test_parquet_without_a_row(read: Read) -> None:
    assert the_error(read("a.parquet", parquet({"text": pa.array([], pa.string())}))).why == "is a table without a row"


def test_parquet_with_a_text_that_is_not_in_utf8(read: Read) -> None:
    data = parquet({"text": ["He left."]}).replace(b"He left.", b"He l\x80ft.")
    assert isinstance(the_error(read("a.parquet", data)), Damaged)
