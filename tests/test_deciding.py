"""Decisions on who is who in an archive: stored, read back, checked, exported, and followed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.across.actors import Reference
from onrecord.across.decisions import decide
from onrecord.cli import app
from onrecord.deciding import ArchiveDecisions
from onrecord.errors import BadDecision, DecisionConflict, OnrecordError
from onrecord.records import Article, Entity, Record
from onrecord.store.archive import Archive
from onrecord.store.notes import Decision

A, B, C = (Reference(article=n, entity="e1", name=f"Vars {n}") for n in "abc")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.make(tmp_path / "archive")
    names = (("a", "Ilse Varen"), ("b", "Ilse Varen"), ("c", "Jo Harl"))
    made.add([Record(Article(n, name), (Entity("e1", name, "person", True),), ()) for n, name in names])
    return made


def test_what_is_stored_reads_back_and_goes_with_an_export(archive: Archive, tmp_path: Path) -> None:
    kept = ArchiveDecisions(archive)
    given = [decide(A, Reference(actor="vars-b.0123456789ab"), True, "Jo", "one"), decide(B, C, False, "Ada")]
    for decision in given:
        kept.append(decision)
    assert kept.load() == given
    archive.export(tmp_path / "export")
    copy = Archive.make(tmp_path / "copy")
    copy.import_from(tmp_path / "export")
    assert ArchiveDecisions(copy).load() == given


def test_a_contradiction_is_not_stored(archive: Archive) -> None:
    kept = ArchiveDecisions(archive)
    kept.append(decide(A, B, True, "Jo"))
    kept.append(decide(B, C, True, "Jo"))
    with pytest.raises(DecisionConflict):
        kept.append(decide(A, C, False, "Ada"))
    assert len(kept.load()) == 2


def test_other_kinds_are_left_alone_and_a_broken_one_is_named(archive: Archive) -> None:
    archive.decide(Decision("statement", "a@1#s1", "b@1#s1", "same", "Jo"))
    assert ArchiveDecisions(archive).load() == []
    archive.decide(Decision("actor", "a:e1", "b:e1", "same", "Jo", id="d7"))
    with pytest.raises(BadDecision, match="decision d7: left is not an object"):
        ArchiveDecisions(archive).load()


def test_what_was_undone_counts_as_never_made(archive: Archive) -> None:
    kept = ArchiveDecisions(archive)
    first, second = decide(A, B, True, "Jo"), decide(B, C, True, "Jo")
    kept.append(first)
    kept.append(second)
    archive.decide(Decision("actor", first.id, "", "undone", "Jo"))
    assert kept.load() == [second]
    kept.append(decide(A, C, False, "Ada"))
    assert len(kept.load()) == 2


def members(*arguments: str | Path) -> list[int]:
    done = run("actors", *arguments, "-f", "jsonl")
    assert done.exit_code == 0, done.output
    return [len(json.loads(line)["members"]) for line in done.stdout.splitlines()]


def test_the_commands_store_and_follow_them(archive: Archive) -> None:
    assert members("--archive", archive.root) == [2, 1]
    assert run("same", "a:e1", "c:e1", "--archive", archive.root, "--by", "Jo").stdout.startswith("stored ")
    assert members("--archive", archive.root) == [3]
    assert run("different", "a:e1", "b:e1", "--archive", archive.root, "--by", "Jo").exit_code == 0
    assert members("--archive", archive.root) == [2, 1]
    assert [d.left.name for d in ArchiveDecisions(archive).load()] == ["Ilse Varen", "Ilse Varen"]
    assert [row.verdict for row in archive.decisions()] == ["same", "different"]


def test_an_entity_that_is_not_there_is_refused(archive: Archive) -> None:
    for who in ("z:e1", "a:e9"):
        done = run("same", who, "c:e1", "--archive", archive.root, "--by", "Jo")
        assert isinstance(done.exception, OnrecordError)
        assert str(done.exception) == f"{who}: is not in {archive.root}"
    assert archive.decisions() == []


@pytest.mark.parametrize("arguments", [("actors",), ("same", "a:e1", "b:e1", "--by", "Jo")])
def test_a_place_must_be_named(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "--archive" in done.output
