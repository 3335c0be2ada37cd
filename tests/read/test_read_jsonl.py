"""JSON lines: one article an object, a bad line never costs the others."""

import codecs
import json
from typing import Any

import pytest

from onrecord.errors import BadLine, NotText
from onrecord.read.fields import Draft
from onrecord.read.jsonl import draft_of, read_json, read_jsonl

TEXT = "“No,” the minister said.\r\nHe left."


def read(*lines: bytes | str) -> list[Draft | BadLine]:
    return list(read_jsonl([line.encode() if isinstance(line, str) else line for line in lines], "wires.jsonl"))


def test_all_fields() -> None:
    given = {
        "id": "w1",
        "url": "https://c.example/a",
        "outlet": "Courier",
        "title": "No",
        "published": "2020-11-03T10:00:00+03:00",
        "language": "en",
        "byline": ["Jane Doe", "John Roe"],
    }
    assert draft_of({"text": TEXT, "section": {"ignored": True}, **given}, "x") == Draft(
        TEXT,
        {**given, "byline": ("Jane Doe", "John Roe")},  # type: ignore[typeddict-item]
    )


def test_null_and_blank_fields_are_not_given() -> None:
    empty = {"id": None, "url": "", "outlet": " ", "title": None, "published": "", "language": "", "byline": ""}
    nothing = {**dict.fromkeys(empty), "byline": ()}
    assert draft_of({"text": TEXT, **empty}, "x").fields == draft_of({"text": TEXT}, "x").fields == nothing


@pytest.mark.parametrize(
    ("field", "given", "read_as"),
    [
        ("id", 17, "17"),
        ("byline", "Jane Doe and John Roe", ("Jane Doe and John Roe",)),
        ("published", "20201103", "2020-11-03"),
        ("published", "2020-11-03 10:00:00 UTC", "2020-11-03T10:00:00+00:00"),
        ("published", "Tue, 03 Nov 2020 10:00:00 +0300", "2020-11-03T10:00:00+03:00"),
    ],
)
def test_other_ways_to_write_a_field(field: str, given: Any, read_as: Any) -> None:
    assert dict(draft_of({"text": TEXT, field: given}, "x").fields)[field] == read_as


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "a"', "is not JSON: Expecting ',' delimiter at character 13"),
        ("VESSA, May 17 -", "is not JSON: Expecting value at character 1"),
        ('{"text": "caf\xe9"}'.encode("latin-1"), "is not in UTF-8 (byte 13 of the line)"),
        ("[" * 100_000, "is not JSON that can be read"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "is not JSON that can be read"),
        ("[]", "is not an article but a list"),
        ('"text"', "is not an article but a string"),
        ("null", "is not an article but null"),
        ("{}", "has no text"),
        ('{"text": null}', "has no text"),
        ('{"text": 5}', "text is a number, not a string"),
        ('{"text": ""}', "text is empty"),
        ('{"text": " \\n"}', "text is empty"),
        ('{"text": "a", "title": ["b"]}', "title is a list, not a string"),
        ('{"text": "a", "id": true}', "id is true or false, not a string"),
        ('{"text": "a", "url": {}}', "url is an object, not a string"),
        ('{"text": "a", "byline": [1]}', "byline is not a string or a list of strings"),
        ('{"text": "a", "byline": {}}', "byline is not a string or a list of strings"),
        ('{"text": "a", "published": "3 days ago"}', "published is not a date ('3 days ago'): write it as"),
        ('{"text": "a", "published": "03/11/2020"}', "published is not a date ('03/11/2020')"),
        ('{"text": "a", "published": "2020-02-30"}', "published is not a date ('2020-02-30')"),
        ('{"text": "a", "published": 2020}', "published is a number, not a string"),
    ],
)
def test_bad_line_is_told_and_the_others_are_read(line: str | bytes, why: str) -> None:
    before, bad, after = read('{"text": "before"}\n', line, '{"text": "after"}')
    assert isinstance(bad, BadLine)
    assert str(bad).startswith(f"wires.jsonl:2: {why}")
    assert "\n" not in str(bad)
    assert [draft.text for draft in (before, after) if isinstance(draft, Draft)] == ["before", "after"]


def test_text_is_kept_exactly() -> None:
    text = "\ufeff a\r\nb\u2028c\ud800 e\u0301\n"
    (draft,) = read(json.dumps({"text": text}))
    assert isinstance(draft, Draft)
    assert draft.text == text


def test_blank_lines_count_but_are_passed_over() -> None:
    draft, bad = read("\n", '{"text": "a"}\r\n', "  \n", "{}\n")
    assert isinstance(draft, Draft)
    assert str(bad).startswith("wires.jsonl:4: ")


def test_mark_of_utf8_on_the_first_line() -> None:
    assert read(codecs.BOM_UTF8 + b'{"text": "a"}') == read('{"text": "a"}')


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\x1f\x8b\x08\x00", "looks like gzip data: unpack it first"),
        ('{"text": "a"}'.encode("utf-16"), "is in UTF-16-LE, but JSON lines must be in UTF-8"),
    ],
)
def test_file_that_holds_no_lines(data: bytes, why: str) -> None:
    with pytest.raises(NotText, match=why):
        read(*data.splitlines(keepends=True))


def test_lines_are_read_one_at_a_time() -> None:
    def endless() -> Any:
        while True:
            yield b'{"text": "a"}\n'

    drafts = read_jsonl(endless(), "wires.jsonl")
    assert [next(drafts) for _ in range(3)] == read('{"text": "a"}') * 3


def test_json_file_with_one_object() -> None:
    assert list(read_json('{\n  "text": "a"\n}', "a.json")) == [draft_of({"text": "a"}, "a.json")]


def test_json_file_with_a_list() -> None:
    draft, bad = read_json('[{"text": "a"}, {}]', "a.json")
    assert isinstance(draft, Draft)
    assert str(bad) == "a.json, object 2: has no text"


def test_json_file_that_is_not_json() -> None:
    with pytest.raises(BadLine, match=r"a\.json: is not JSON"):
        list(read_json("{'text': 'a'}", "a.json"))
