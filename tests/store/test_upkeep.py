"""Which segments of an index are put together, and when; what is cleaned away, and when not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from onrecord.records import Record
from onrecord.store import archive as archive_module
from onrecord.store import upkeep
from onrecord.store.archive import Archive
from onrecord.store.place import READERS, read_head
from onrecord.store.readers import reading, someone_reads
from onrecord.store.upkeep import AT_THE_END, NONE, SEGMENTS, Patience, to_merge


def test_few_segments_are_left_alone() -> None:
    assert to_merge([10] * (SEGMENTS - 1), 10, Patience()) == 0


@pytest.mark.parametrize(
    ("segments", "merged"),
    [
        ([10] * SEGMENTS, SEGMENTS),
        ([5000] + [10] * SEGMENTS, SEGMENTS),
        ([5000, 120] + [10] * SEGMENTS, SEGMENTS + 1),
        ([500, 120] + [10] * SEGMENTS, SEGMENTS + 2),
        ([501, 120] + [10] * SEGMENTS, SEGMENTS + 1),
    ],
)
def test_small_ones_are_put_together_and_large_ones_kept(segments: list[int], merged: int) -> None:
    assert to_merge(segments, 10, Patience()) == merged


def test_all_are_put_together_when_asked() -> None:
    assert to_merge([5000, 10, 1], 1, NONE) == 3
    assert to_merge([5000, 10, 1], 0, NONE) == 3


def test_a_small_last_one_does_not_keep_the_others_apart_at_the_end_of_a_run() -> None:
    assert to_merge([10_000] * 8 + [40], 0, AT_THE_END) == 9
    assert to_merge([80_000, 40], 0, AT_THE_END) == 1


def test_the_work_stays_in_proportion_to_what_was_added() -> None:
    """Each row is merged a few times only, however often something is added."""
    segments: list[int] = []
    merged_rows, refreshes = 0, 2_000
    for _ in range(refreshes):
        count = to_merge(segments, 1, Patience())
        rows = 1 + sum(segments[len(segments) - count :])
        merged_rows += rows if count else 0
        segments = [*segments[: len(segments) - count], rows]
        assert len(segments) <= SEGMENTS
    assert merged_rows < 6 * refreshes


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "KEPT", timedelta(0))


@pytest.mark.usefixtures("at_once")
def test_old_versions_are_cleaned_away(archive: Archive, build: Callable[..., Record]) -> None:
    for n in range(3):
        archive.add([build(f"a{n}")])
    archive.tidy()
    assert len(archive.snapshot["articles"].versions()) == 1
    assert [record.article.id for record in archive.records()] == ["a0", "a1", "a2"]


@pytest.mark.usefixtures("at_once")
def test_nothing_is_cleaned_away_under_a_reader(archive: Archive, build: Callable[..., Record]) -> None:
    archive.add([build(f"a{n}") for n in range(3)])
    records = archive.records()
    assert next(records).article.id == "a0"
    archive.add([build("a1", title="Corrected"), build("a3")])
    archive.tidy()
    assert list(records) == [build("a1"), build("a2")]
    archive.tidy()
    assert len(archive.snapshot["articles"].versions()) == 1


def test_a_reader_that_died_holds_nothing(archive: Archive) -> None:
    with reading(archive.root):
        assert someone_reads(archive.root)
    assert not someone_reads(archive.root)
    (archive.root / READERS / "of-the-dead").write_text("")
    assert not someone_reads(archive.root)
    assert list((archive.root / READERS).iterdir()) == []


@pytest.mark.usefixtures("at_once")
def test_a_search_that_lost_its_files_looks_again(
    archive: Archive, build: Callable[..., Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([build("a1")])
    stale = read_head(archive.root)
    archive.add([build("a2"), build("a1", title="Corrected")])
    archive.tidy()
    heads = [stale]  # as if the head had been read the moment before
    monkeypatch.setattr(archive_module, "read_head", lambda root: heads.pop() if heads else read_head(root))
    assert len(archive.search("taxes").hits) == 2
    assert heads == []


def test_a_run_leaves_one_version_few_files_and_every_row_in_the_indexes(
    archive: Archive, build: Callable[..., Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "AT_THE_END", upkeep.Patience(unindexed=5, small_files=3, segments=1))
    for n in range(10):
        archive.add([build(f"a{n}")])
    (archive.root / "tables" / "articles.lance" / "data" / "of-the-dead.lance").write_bytes(b"cut short")
    archive.settle()
    statements = archive.snapshot["statements"]
    assert (len(statements.versions()), len(statements.get_fragments())) == (1, 1)
    assert archive.info().unindexed == 0
    assert not (archive.root / "tables" / "articles.lance" / "data" / "of-the-dead.lance").exists()
    assert len(list(archive.records())) == 10


def test_the_end_of_a_run_leaves_a_long_reader_what_it_reads(archive: Archive, build: Callable[..., Record]) -> None:
    archive.add([build(f"a{n}") for n in range(3)])
    records = archive.records()
    assert next(records).article.id == "a0"
    archive.add([build("a2", title="Corrected")])
    archive.settle()
    assert [record.article.title for record in records] == [None, None]


@pytest.mark.parametrize(("share", "files"), [(upkeep.SHARE, [44]), (1_000_000, [40, 4])])
def test_small_files_go_together_and_large_ones_are_left(
    archive: Archive, build: Callable[..., Record], monkeypatch: pytest.MonkeyPatch, share: int, files: list[int]
) -> None:
    monkeypatch.setattr(upkeep, "SHARE", share)
    archive.add([build(f"a{n}") for n in range(40)])
    for n in range(40, 44):
        archive.add([build(f"a{n}")])
    archive.settle()
    assert [f.count_rows() for f in archive.snapshot["statements"].get_fragments()] == files
