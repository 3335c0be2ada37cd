"""SQL over the tables: for reading, and for nothing else."""

import gc
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.errors import BadQuery
from onrecord.records import Record
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.notes import Decision, Run

Build = Callable[..., Record]
COUNT = "SELECT speaker, count(*) AS n FROM statements GROUP BY 1"


@pytest.fixture
def filled(archive: Archive, build: Build) -> Archive:
    archive.add([build("a1"), build("a2", s_through=("CNN",))])
    return archive


def test_an_answer_is_arrow_pandas_or_polars(filled: Archive) -> None:
    answer = filled.sql(COUNT)
    assert answer.to_arrow().to_pylist() == [{"speaker": "Ada Brandt", "n": 2}]
    assert answer.to_pandas()["n"].tolist() == [2]
    assert answer.to_polars()["speaker"].to_list() == ["Ada Brandt"]


def test_tables_join_and_lists_unnest(filled: Archive) -> None:
    query = """SELECT a.id, unnest(s.through) AS via,
                      a.text[s.content_spans[1].start + 1:s.content_spans[1].end] AS said
               FROM articles a JOIN statements s ON s.article = a.id"""
    assert filled.sql(query).table.to_pylist() == [{"id": "a2", "via": "CNN", "said": "Taxes will fall"}]


def test_one_may_ask_for_a_plan_or_a_table_of_ones_own(filled: Archive) -> None:
    assert filled.sql(f"EXPLAIN {COUNT}").table.num_rows
    assert filled.sql("WITH x AS (SELECT 1 AS n) FROM x").table.to_pylist() == [{"n": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "DROP VIEW statements",
        "DELETE FROM statements",
        "CREATE TABLE x AS SELECT 1",
        "SELECT 1; SELECT 2",
        "",
        "SELEC 1",
        "SELECT nothing FROM statements",
        "COPY statements TO 'x.csv'",
        "SET enable_external_access = true",
        "ATTACH 'x.db'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM now",
        "PRAGMA database_list",
    ],
)
def test_nothing_else_is_possible(filled: Archive, query: str, tmp_path: Path) -> None:
    with pytest.raises(BadQuery, match=r"^sql: ") as caught:
        filled.sql(query)
    assert "\n" not in str(caught.value)


def test_runs_and_decisions_are_kept(filled: Archive) -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    run = Run.of("add", "m1", moment, Added(added=2), failed=1)
    decision = Decision("actor", "Ada Brandt", "A. Brandt", "different", "me", "met both")
    filled.note_run(run)
    filled.decide(decision)
    assert filled.info().runs == (run,)
    assert filled.decisions() == [decision]
    assert filled.sql("SELECT failed FROM runs").table.to_pylist() == [{"failed": 1}]


def test_info_counts(filled: Archive, build: Build) -> None:
    info = filled.info()
    assert (info.counts["articles"], info.counts["statements"], info.models) == (2, 2, {"m1": 2})
    assert info.text == sum(len(record.article.text) for record in filled.records())
    assert info.size > 0
    assert info.unindexed == 2


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("speaker = 'Ada Brandt' AND quote = 'direct'", ["a1", "a2"]),
        ("speaker = 'Ada'", []),
        ("source = 'Ada Brandt' AND article = 'a2'", ["a2"]),
        ("confidence >= 0.9 AND confidence < 0.91", ["a1", "a2"]),
        ("confidence > 0.9", ["a3"]),
        ("list_contains(about, 'EU')", ["a3"]),
        ("speaker IN ('Zoë Brandt', 'X')", ["a3"]),
    ],
)
def test_what_is_put_in_can_be_asked_for(filled: Archive, build: Build, where: str, found: list[str]) -> None:
    filled.add([build("a3", "Öl und Gas", "Zoë Brandt", s_about=("EU", "NATO"), s_confidence=0.912345678)])
    assert filled.sql(f"SELECT article FROM statements WHERE {where} ORDER BY 1").table["article"].to_pylist() == found


def test_what_is_put_in_is_as_the_record_has_it(filled: Archive, build: Build) -> None:
    filled.add([build("a3", "Öl und Gas", "Zoë Brandt", s_about=("EU", "NATO"), s_confidence=0.912345678)])
    answer = filled.sql("SELECT speaker, source, about, confidence FROM statements ORDER BY article DESC").table
    assert answer.to_pylist()[:2] == [
        {"speaker": "Zoë Brandt", "source": "Zoë Brandt", "about": ["EU", "NATO"], "confidence": 0.912345678},
        {"speaker": "Ada Brandt", "source": "Ada Brandt", "about": [], "confidence": 0.9},
    ]


def test_a_snapshot_that_was_asked_does_not_outlive_its_archive(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "gone.archive")
    archive.sql("select count(*) from statements")
    snapshot = weakref.ref(archive.snapshot)
    del archive
    gc.collect()
    assert snapshot() is None
