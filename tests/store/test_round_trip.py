"""What is written comes back equal, whatever the text."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.records import Article, Dateline, Entity, Event, Evidence, Mention, Record, Stance, Statement
from onrecord.store.archive import Archive
from onrecord.store.jsonform import record_from_dict

TEXT = st.text(max_size=30)  # with lone surrogates, zeros and everything
MAYBE = st.none() | TEXT
SPAN = st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
CHANCE = st.floats(0, 1)
DATELINES = st.builds(Dateline, MAYBE, MAYBE, MAYBE, SPAN)
ARTICLES = st.builds(
    Article, TEXT, TEXT, MAYBE, MAYBE, MAYBE, TEXTS, MAYBE,
    st.none() | st.dates().map(str) | st.datetimes().map(lambda d: d.isoformat()) | TEXT, st.none() | DATELINES,
)  # fmt: skip
ENTITIES = st.builds(
    Entity, TEXT, TEXT, st.sampled_from(["person", "igo", "other"]), st.booleans(), TEXTS, MAYBE, MAYBE, MAYBE, MAYBE,
    st.lists(st.builds(Mention, SPAN, st.sampled_from(["name", "pronoun"])), max_size=3).map(tuple),
)  # fmt: skip
EVIDENCE = st.builds(Evidence, st.sampled_from(["through", "venue"]), TEXT, SPAN, st.booleans())
STANCES = st.builds(Stance, TEXT, st.sampled_from(["for", "against", "neither"]), CHANCE)
MEANING = st.none() | st.binary(min_size=48, max_size=48).map(bytes.hex) | TEXT
STATEMENTS = st.builds(
    Statement, TEXT, SPANS, SPANS, SPANS, st.sampled_from(["direct", "indirect", "mixed"]), MAYBE, MAYBE, CHANCE, MAYBE,
    TEXTS, TEXTS, MAYBE, MAYBE, TEXTS, st.lists(CHANCE, max_size=3).map(tuple), st.none() | CHANCE,
    st.lists(EVIDENCE, max_size=2).map(tuple), st.lists(STANCES, max_size=2).map(tuple), MEANING,
)  # fmt: skip
EVENTS = st.builds(
    Event, TEXT, MAYBE, MAYBE, MAYBE, MAYBE, TEXT, SPANS, st.sampled_from(["asserted", "negated"]), CHANCE, MAYBE,
    TEXTS, MAYBE, st.none() | st.integers(1, 4), st.none() | st.floats(-10, 10), MAYBE, MAYBE,
)  # fmt: skip


def with_known_stances(record: Record) -> Record:
    """Stances of the odd statements are towards entities that the record has, the others' mostly not."""
    if not record.entities:
        return record
    towards = record.entities[-1].id
    known = [replace(s, stances=tuple(replace(t, entity=towards) for t in s.stances)) for s in record.statements[::2]]
    return replace(record, statements=(*known, *record.statements[1::2]))


RECORDS = st.builds(
    Record, ARTICLES, st.lists(ENTITIES, max_size=3).map(tuple), st.lists(STATEMENTS, max_size=3).map(tuple),
    st.lists(EVENTS, max_size=2).map(tuple), MAYBE,
).map(with_known_stances)  # fmt: skip


@given(RECORDS)
def test_a_record_comes_back_from_its_json(record: Record) -> None:
    assert record_from_dict(record.to_dict()) == record


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RECORDS, min_size=1, max_size=8, unique_by=lambda r: r.article.id.encode("utf-8", "replace")))
def test_records_come_back_from_the_archive_equal_and_in_order(records: list[Record]) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive.make(Path(folder) / "archive")
        archive.add(records)
        assert list(archive.records()) == records
        assert archive.add(records).unchanged == len(records)
        archive.export(Path(folder) / "export")
        copy = Archive.make(Path(folder) / "copy")
        copy.import_from(Path(folder) / "export")
        assert list(copy.records()) == records
        assert copy.add(records).unchanged == len(records)
