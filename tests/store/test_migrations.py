"""Older formats are brought up to date in one step or not at all."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import DamagedArchive
from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.migrations import STEPS, bring_up_to_date
from onrecord.store.place import FORMAT, HEAD, read_head
from onrecord.store.writing import Transaction, writing

Build = Callable[..., Record]


@pytest.fixture
def older(archive: Archive, build: Build) -> Path:
    """An archive as a format before the first might have been: statements without a venue."""
    archive.add([build()])
    with writing(archive.root) as transaction:
        transaction.newest("statements").drop_columns(["venue"])
        transaction.changed("statements")
        transaction.commit(format=FORMAT - 1)
    return archive.root


def with_venue(transaction: Transaction) -> None:
    transaction.newest("statements").add_columns({"venue": "CAST(NULL AS STRING)"})
    transaction.changed("statements")


def test_an_older_archive_is_migrated_once(older: Path, build: Build) -> None:
    assert bring_up_to_date(older, {FORMAT - 1: with_venue})
    assert not bring_up_to_date(older, {FORMAT - 1: with_venue})
    archive = Archive.open(older)
    assert read_head(older).format == FORMAT
    assert list(archive.records()) == [build()]
    assert archive.search("taxes").hits[0].venue is None


def test_steps_follow_one_another(older: Path) -> None:
    taken: list[str] = []
    steps = {FORMAT - 1: lambda t: (with_venue(t), taken.append("first"))[1], FORMAT: lambda _: taken.append("second")}
    assert bring_up_to_date(older, steps, FORMAT + 1)
    assert taken == ["first", "second"]
    assert read_head(older, FORMAT + 1).format == FORMAT + 1


def test_a_step_that_fails_leaves_the_older_archive(older: Path) -> None:
    def failing(transaction: Transaction) -> None:
        with_venue(transaction)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        bring_up_to_date(older, {FORMAT - 1: failing})
    assert read_head(older).format == FORMAT - 1
    assert bring_up_to_date(older, {FORMAT - 1: with_venue})


def test_a_format_that_was_never_released_is_refused(older: Path) -> None:
    with pytest.raises(DamagedArchive, match="never released"):
        bring_up_to_date(older)


def test_every_released_format_has_its_step() -> None:
    assert sorted(STEPS) == list(range(1, FORMAT))


def test_an_archive_of_this_format_needs_none(archive: Archive) -> None:
    before = json.loads((archive.root / HEAD).read_text())
    assert not bring_up_to_date(archive.root)
    assert json.loads((archive.root / HEAD).read_text()) == before
