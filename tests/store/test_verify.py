"""What verify finds wrong, made wrong by hand."""

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pytest

from onrecord.records import Dateline, Event, Evidence, Record
from onrecord.store.archive import Archive
from onrecord.store.verify import record_faults
from onrecord.store.writing import writing

Build = Callable[..., Record]


def test_a_sound_archive_has_no_faults(archive: Archive, build: Build) -> None:
    archive.add([build("a1"), build("a2", s_about=("EU",))])
    archive.tidy()
    archive.add([build("a3")])
    assert list(archive.faults()) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"content": ((0, 9999),)}, "span 0-9999"),
        ({"cue": ((5, 2),)}, "span 5-2"),
        ({"provenance": (Evidence("venue", "speech", (-1, 2)),)}, "span -1-2"),
        ({"speaker": "e9"}, "entity e9, which is not there"),
        ({"about": ("e8",)}, "entity e8"),
        ({"parent": "s7"}, "statement s7"),
        ({"addressee": "e6"}, "entity e6"),
    ],
)
def test_faults_of_a_statement(build: Build, change: dict[str, object], says: str) -> None:
    record = build()
    wrong = replace(record, statements=(replace(record.statements[0], **change),))  # type: ignore[arg-type]
    (fault,) = record_faults(wrong)
    assert says in fault
    assert "a1" in fault


def test_faults_of_the_rest(build: Build) -> None:
    record = build(dateline=Dateline(None, None, None, (0, 500)))
    event = Event("v1", "e9", None, None, None, "CONSULT", ((0, 700),), "asserted", 0.5, on_word_of="s9")
    wrong = replace(record, events=(event,), statements=record.statements * 2)
    found = list(record_faults(wrong))
    for says in ("dateline: span 0-500", "span 0-700", "entity e9", "statement s9", "statement s1 is there twice"):
        assert any(says in fault for fault in found)


def test_an_article_that_is_there_twice(archive: Archive, build: Build) -> None:
    archive.add([build()])
    with writing(archive.root) as transaction:
        transaction.append("articles", transaction.before.rows("articles"))
        transaction.commit()
    assert any("articles: a1 is there 2 times" in fault for fault in archive.faults())


def test_statements_whose_article_is_gone(archive: Archive, build: Build) -> None:
    archive.add([build()])
    with writing(archive.root) as transaction:
        transaction.delete("articles", "id = 'a1'")
        transaction.commit()
    assert any("statements: article a1 version 1 is not there" in fault for fault in archive.faults())


def test_a_past_version_that_is_lost(archive: Archive, build: Build) -> None:
    archive.add([build(), build(title="Corrected")])
    with writing(archive.root) as transaction:
        transaction.delete("past", "true")
        transaction.commit()
    assert any("version before is 1, which is not there" in fault for fault in archive.faults())


def test_indexes_that_lag_behind_what_the_head_says(archive: Archive, build: Build) -> None:
    archive.add([build()])
    with writing(archive.root) as transaction:
        transaction.commit(unindexed={})
    assert any("leaves out 1 rows" in fault for fault in archive.faults())


def test_an_index_that_is_missing(archive: Archive, build: Build) -> None:
    archive.add([build()])
    with writing(archive.root) as transaction:
        transaction.newest("statements").drop_index("speaker_number_idx")
        transaction.changed("statements")
        transaction.commit()
    assert any("the index over speaker_number is missing" in fault for fault in archive.faults())


def test_many_faults_of_a_kind_are_counted(archive: Archive, build: Build) -> None:
    archive.add([build(f"a{n}") for n in range(9)])
    with writing(archive.root) as transaction:
        rows: pa.Table = transaction.before.rows("articles")
        transaction.append("articles", rows)
        transaction.commit()
    assert any(fault == "… and 4 more like the last" for fault in archive.faults())
