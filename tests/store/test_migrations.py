"""Older formats are brought up to date in one step or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import unpack_archive

import pytest

from onrecord.errors import DamagedArchive
from onrecord.records import Record, Stance
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters
from onrecord.store.migrations import STEPS, bring_up_to_date
from onrecord.store.place import FORMAT, HEAD, read_head
from onrecord.store.writing import Transaction, writing

Build = Callable[..., Record]
FIXTURES = Path(__file__).parent / "fixtures"


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
        bring_up_to_date(older, {})


@pytest.fixture
def format_1(tmp_path: Path) -> Path:
    """An archive that format 1 wrote: three articles, one of them corrected, a fourth that no index holds yet."""
    unpack_archive(FIXTURES / "format-1.zip", tmp_path / "format-1")
    return tmp_path / "format-1"


def test_format_1_is_brought_up_to_date(format_1: Path, build: Build) -> None:
    assert read_head(format_1).format == 1
    archive = Archive.open(format_1)
    assert read_head(format_1).format == FORMAT
    about = {"s_confidence": 0.123456789, "s_about": ("EU",), "published": "2020-11-03", "outlet": "Courier"}
    assert list(archive.records()) == [
        build("a2", "Rents will rise", title="lone \ud800"),
        build("a3", "Öl und Gas", "Zoë Brandt", **about),
        build("a1", title="Corrected"),
        build("a4", "S-400 deliveries will go on", s_through=("TASS",)),
    ]
    assert archive.record("a1", 1) == build("a1")
    assert list(archive.faults()) == []
    assert archive.add([build("a1"), build("a1", title="Corrected"), build("a3", "Öl und Gas", "Zoë Brandt", **about)])
    assert (archive.info().counts["articles"], archive.info().counts["past"]) == (4, 1)
    assert [hit.article for hit in archive.search("S-400", Filters(via="tass")).hits] == ["a4"]
    assert [hit.about for hit in archive.search("gas", Filters(speaker="brandt", about="EU")).hits] == [("EU",)]
    (decision,) = archive.decisions()
    assert (decision.id, decision.details) == ("d1", {"why": ["one", 2]})
    assert [run.added for run in archive.info().runs] == [4]


@pytest.fixture
def format_2(tmp_path: Path) -> Path:
    """An archive that format 2 wrote: two articles, one of them corrected after the last indexing."""
    unpack_archive(FIXTURES / "format-2.tar.xz", tmp_path)
    return tmp_path / "format-2"


def test_format_2_gets_room_for_stances_and_meanings(format_2: Path, build: Build) -> None:
    assert read_head(format_2).format == 2
    archive = Archive.open(format_2)
    assert read_head(format_2).format == FORMAT
    with_topics = build("a2", "Rents will rise", title="lone \ud800", s_topics=("sanctions", "trade"))
    assert list(archive.records()) == [with_topics, build("a1", title="Corrected")]
    stance = {"s_stances": (Stance("e1", "against", 0.7),), "s_meaning": "0f" * 16}
    with_stance = build("a3", s_topics=("trade",), s_topic_confidence=(0.8,), **stance)
    archive.add([with_stance])
    assert archive.record("a3") == with_stance
    assert archive.sql("select stances from statements order by article").table["stances"].to_pylist() == [
        [], [], [{"entity": 0, "attitude": "against", "confidence": 0.7}],
    ]  # fmt: skip
    archive.tidy()
    assert list(archive.faults()) == []
    assert archive.record("a1", 1) == build("a1")


@pytest.fixture
def format_3(tmp_path: Path) -> Path:
    """An archive that format 3 wrote: two articles with long meanings, one corrected after the last indexing."""
    unpack_archive(FIXTURES / "format-3.tar.xz", tmp_path)
    return tmp_path / "format-3"


def test_format_3_loses_its_long_meanings_until_it_is_reread(format_3: Path, build: Build) -> None:
    assert read_head(format_3).format == 3
    archive = Archive.open(format_3)
    assert read_head(format_3).format == FORMAT
    assert list(archive.records()) == [build("a2", "Rents will rise"), build("a1", title="Corrected")]
    stance = {"s_stances": (Stance("e1", "against", 0.7),), "s_topics": ("trade",), "s_topic_confidence": (0.8,)}
    assert archive.record("a1", 1) == build("a1", **stance, s_meaning="0f" * 48), "old versions stay as they were"
    assert archive.snapshot["statements"].schema.field("through").type.value_field.metadata is None
    with_meaning = build("a3", s_meaning="0f" * 16)
    archive.add([with_meaning])
    archive.tidy()
    assert archive.record("a3") == with_meaning
    assert list(archive.faults()) == []


def test_a_migration_that_was_cut_short_is_done_again(format_1: Path) -> None:
    def killed(transaction: Transaction) -> None:
        STEPS[1](transaction)
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        bring_up_to_date(format_1, {1: killed}, 2)
    assert read_head(format_1).format == 1
    assert len(list(Archive.open(format_1).records())) == 4


def test_every_released_format_has_its_step() -> None:
    assert sorted(STEPS) == list(range(1, FORMAT))


def test_an_archive_of_this_format_needs_none(archive: Archive) -> None:
    before = json.loads((archive.root / HEAD).read_text())
    assert not bring_up_to_date(archive.root)
    assert json.loads((archive.root / HEAD).read_text()) == before
