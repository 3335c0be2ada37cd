"""Records written and read back: equal, or one error that names the field."""

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import BadRecord
from onrecord.export.jsonl import write_jsonl
from onrecord.records import Article, Dateline, Entity, Event, Evidence, Mention, Record, Span, Stance, Statement
from onrecord.records_json import read_records, record_from_dict

TEXT = "GRENNEL, May 3 (CORAL) - The tide will turn, Ilse Varen said on Tuesday."
spans: st.SearchStrategy[Span] = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: (min(pair), max(pair))
)
some_spans = st.lists(spans, max_size=2).map(tuple)
words = st.text(st.characters(), max_size=8)  # lone surrogates too: they do stand in crawled text
articles = st.builds(
    Article,
    id=words,
    text=st.just(TEXT),
    byline=st.lists(words, max_size=2).map(tuple),
    published=st.none() | words,
    dateline=st.none() | st.builds(Dateline, st.none() | words, st.none() | words, st.none() | words, spans),
)
entities = st.builds(
    Entity,
    id=words,
    name=words,
    kind=st.sampled_from(["person", "igo", "other"]),
    named=st.booleans(),
    aliases=st.lists(words, max_size=2).map(tuple),
    link=st.none() | words,
    mentions=st.lists(st.builds(Mention, spans, st.sampled_from(["name", "pronoun"])), max_size=2).map(tuple),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    who = draw(st.lists(entities, max_size=3, unique_by=lambda e: e.id))
    ids = st.sampled_from([None, *(e.id for e in who)])
    attitudes = st.sampled_from(["for", "against", "neither"])
    towards = st.sampled_from([e.id for e in who] or [""])
    stances = st.lists(st.builds(Stance, towards, attitudes, st.floats(0, 1)), max_size=2 * bool(who)).map(tuple)
    statement = st.builds(
        Statement,
        id=st.just("s1"),
        source=some_spans,
        cue=some_spans,
        content=some_spans,
        quote=st.sampled_from(["direct", "indirect", "mixed"]),
        speaker=ids,
        parent=st.just(None),
        confidence=st.floats(0, 1),
        addressee=ids,
        speaker_confidence=st.none() | st.floats(0, 1),
        provenance=st.lists(
            st.builds(Evidence, st.sampled_from(["through", "venue"]), words, spans, st.booleans()), max_size=2
        ).map(tuple),
        topics=st.just(("trade", "coup d’état")),
        topic_confidence=st.just(()) | st.tuples(st.floats(0, 1), st.floats(0, 1)),
        stances=stances,
        meaning=st.none() | st.binary(min_size=16, max_size=16).map(bytes.hex),
    )
    said = draw(st.lists(statement, max_size=1))
    event = st.builds(
        Event,
        id=st.just("v1"),
        actor=ids,
        recipient=ids,
        actor_code=st.none() | words,
        recipient_code=st.none() | words,
        type=words,
        trigger=some_spans,
        status=st.sampled_from(["asserted", "demanded"]),
        confidence=st.floats(0, 1),
        quad=st.none() | st.integers(1, 4),
        goldstein=st.none() | st.floats(-10, 10),
    )
    return Record(draw(articles), tuple(who), tuple(said), tuple(draw(st.lists(event, max_size=1))), draw(st.none()))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a record has many parts to draw
@given(st.lists(records(), max_size=2))
def test_what_was_written_reads_back_equal(written: list[Record]) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    write_jsonl(written, stream)
    stream.flush()
    assert list(read_records(raw.getvalue().splitlines(keepends=True), "f.jsonl")) == written


def plain() -> dict[str, Any]:
    record = Record(
        Article("a1", TEXT),
        (Entity("e1", "Ilse Varen", "person", True, mentions=(Mention((45, 55), "name"),)),),
        (Statement("s1", ((45, 55),), ((56, 60),), ((25, 43),), "indirect", "e1", None, 0.9),),
    )
    return dict(json.loads(json.dumps(record.to_dict())))


def changed(path: str, value: object) -> dict[str, Any]:
    """A sound record with one field changed: "statements.0.speaker"."""
    record: Any = plain()
    at = record
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        at = at[part]
    at[last] = value
    return dict(record)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("text", 7, "text is a number, not a string"),
        ("entities", {}, "entities is an object, not a list"),
        ("entities.0.kind", "mammal", "entities[0].kind is 'mammal', none of person"),
        ("entities.0.named", 1, "entities[0].named is a number, not true or false"),
        ("entities.0.mentions.0.span", [3], "entities[0].mentions[0].span is [3], not a span [start, end]"),
        ("entities.0.mentions.0.span", [5, 900], "has the span [5, 900], but the text ends at 72"),
        ("statements.0.confidence", True, "statements[0].confidence is true or false, not a number"),
        ("statements.0.speaker", "e9", "statements[0].speaker is 'e9', but the record has no such entity"),
        (
            "statements.0.stances",
            [{"entity": "e9", "attitude": "for", "confidence": 0.5}],
            "is 'e9', but the record has",
        ),
        ("statements.0.topic_confidence", [0.5], "statements[0].topic_confidence has 1 numbers for 0 topics"),
        ("statements.0.meaning", "0F" * 16, "statements[0].meaning is '0F0F"),
        ("dateline", {"place": None}, "dateline.date is missing"),
    ],
)
def test_the_error_names_file_line_and_field(path: str, value: object, message: str) -> None:
    with pytest.raises(BadRecord, match=r"^f\.jsonl:4: ") as caught:
        record_from_dict(changed(path, value), "f.jsonl:4")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_entities_of_one_id() -> None:
    record = plain()
    record["entities"] *= 2
    with pytest.raises(BadRecord, match="is 'e1' again"):
        record_from_dict(record, "f")


def test_bad_lines_come_in_their_place_and_the_rest_goes_on() -> None:
    good = json.dumps(plain()).encode()
    lines = [good, b"\n", b"{not json\n", b"[1]\n", b"\xff\n", b"[" * 100_000, good]
    found = list(read_records(lines, "f.jsonl"))
    assert [type(f) for f in found] == [Record, *[BadRecord] * 4, Record]
    assert [f.where for f in found if isinstance(f, BadRecord)] == [f"f.jsonl:{n}" for n in (3, 4, 5, 6)]


def test_what_an_older_version_did_not_write_takes_its_default_and_unknown_keys_are_passed_over() -> None:
    record = plain()
    del record["events"], record["statements"][0]["provenance"]
    record["mood"] = "calm"
    assert record_from_dict(record, "f") == record_from_dict(plain(), "f")
