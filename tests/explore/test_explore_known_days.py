"""Days made ready once: what is asked of them is what `onrecord trail` says, in any order, and up to date."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.explore import known_days
from onrecord.explore.known_days import KnownDays
from onrecord.store.archive import Archive
from onrecord.trails.archived import days_around, records_of
from onrecord.trails.trails import Trail, Trails
from reports import record

HARBOUR = "“We will never open the northern harbour to foreign frigates, whatever they promise us,”"
CUT = "the harbour would stay closed and called it a port “never” to be opened “to foreign frigates”"
TURNED = "“we will open the northern harbour to foreign frigates, whatever they promise us”"
BUDGET = "the budget of the outer islands had been spent on lanterns for the mole"
LANTERNS = "all of the budget of the outer islands was spent on lanterns"
ASKED = [(article, s) for article in "fdbaec" for s in ("s1", "s2")]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.make(tmp_path / "told.archive")
    archive.add(
        [
            record("c", HARBOUR, BUDGET, day="2021-03-04", outlet="Post"),
            record("a", HARBOUR, LANTERNS, day="2021-03-05", outlet="Herald"),
            record("b", CUT, BUDGET, day="2021-03-04", outlet="Courier"),
            record("d", TURNED, HARBOUR, day="2021-03-06"),
            record("e", HARBOUR, BUDGET, day="2021-03-11", outlet="Gazette"),
            record("f", LANTERNS, CUT, day=None, outlet="Lir"),
        ]
    )
    return archive


def alone(archive: Archive, article: str, statement: str) -> tuple[Trail, ...]:
    """The trails of a statement when nothing else was ever asked."""
    trails = Trails()
    for one in records_of(archive, *days_around(archive, article)):
        trails.know(one)
    return tuple(trails.of_statement(article, statement))


def test_each_answer_is_the_one_it_would_be_alone(archive: Archive) -> None:
    known = KnownDays()
    answers = {key: known.around(archive, *key) for key in [*ASKED, *reversed(ASKED)]}
    assert answers == {key: alone(archive, *key) for key in ASKED}
    assert sum(map(bool, answers.values())) > 6


@pytest.mark.parametrize(("article", "statement"), [("b", "s1"), ("f", "s1")])
def test_each_answer_is_that_of_the_command(archive: Archive, article: str, statement: str) -> None:
    known = KnownDays()
    known.around(archive, "c", "s2")
    place = str(archive.root)
    said = CliRunner().invoke(app, ["trail", f"{article}#{statement}", "--archive", place, "--format", "json"])
    found = [trail.to_dict() for trail in known.around(archive, article, statement)]
    assert found
    assert json.loads(said.stdout) == json.loads(json.dumps(found))


def test_days_are_made_ready_once_and_anew_when_an_article_comes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[str | None, str | None]] = []

    def counted(archive: Archive, *span: str | None) -> object:
        read.append(span)  # type: ignore[arg-type]
        return records_of(archive, *span)

    monkeypatch.setattr(known_days, "records_of", counted)
    known = KnownDays()
    for statement in ("s1", "s2", "s1"):
        known.around(archive, "b", statement)
    assert len(read) == 1
    archive.add([record("g", HARBOUR, day="2021-03-04", outlet="Mole")])
    (trail,) = known.around(archive, "b", "s1")
    assert "g" in {member.article for member in trail.members}
    assert len(read) == 2


def test_of_many_statements_only_the_last_days_are_kept(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_days, "STATEMENTS", 13)
    known = KnownDays()
    for article in ("c", "a", "e"):
        known.around(archive, article, "s1")
        assert sum(one.statements for one in known._known.values()) <= 13
    assert known.around(archive, "c", "s1") == alone(archive, "c", "s1")
