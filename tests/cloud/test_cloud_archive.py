"""An archive on object storage: what it does in a folder, it does there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from news_records import told

from onrecord.errors import NotAnArchive
from onrecord.store import archive as archive_module
from onrecord.store import mirror
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters
from onrecord.store.notes import Decision
from onrecord.store.place import Address, find_archive, place, read_head, storage
from onrecord.store.readers import reading, someone_reads
from onrecord.store.writing import locked


@pytest.fixture
def archive(news: Address) -> Archive:
    return Archive.open_or_make(news)


def test_an_address_is_told_from_a_folder() -> None:
    assert place("news/archive") == Path("news/archive")
    assert place("s3://bucket/wires/") == Address("s3://bucket/wires")
    assert find_archive(None, {"ONRECORD_ARCHIVE": "gs://bucket/wires"}) == Address("gs://bucket/wires")
    for other in ("ftp://host/x", "s3:///x"):
        with pytest.raises(NotAnArchive, match="name a folder or an address"):
            place(other)


def test_what_is_added_is_found_counted_and_given_back(archive: Archive) -> None:
    assert archive.add([told("a1"), told("a2", "Rents will rise")]) == Added(added=2)
    assert archive.add([told("a1"), told("a2", "Rents may rise")]) == Added(unchanged=1, corrected=1)
    assert archive.missing([told("a1").article, told("a3").article], "m1") == [told("a3").article]
    assert [hit.key for hit in archive.search("rents rise", Filters(speaker="Brandt")).hits] == ["a2@2#s1"]
    assert archive.facets(None).speaker == (("Ada Brandt", 2),)
    assert archive.sql("SELECT count(*) AS n FROM statements").table.to_pylist() == [{"n": 2}]
    assert list(archive.records()) == [told("a1"), told("a2", "Rents may rise")]
    assert archive.record("a2", 1) == told("a2", "Rents will rise")
    assert list(archive.faults()) == []


def test_it_can_be_tidied_exported_and_imported(archive: Archive, news: Address, tmp_path: Path) -> None:
    for n in range(4):
        archive.add([told(f"a{n}")])
    archive.decide(Decision("actor", "x", "y", "same", "Jo Harl"))
    archive.tidy()
    found = archive.info()
    assert (found.path, found.counts["articles"], found.unindexed) == (news.url, 4, 0)
    assert found.size > 10_000
    assert archive.export(tmp_path / "out")["articles"] == 4
    again = Archive.make(Address(f"{news.url}-again"))
    assert again.import_from(tmp_path / "out") == 4
    assert list(again.records()) == list(archive.records())
    assert [d.by for d in again.decisions()] == ["Jo Harl"]
    assert list(again.faults()) == []


def test_a_prefix_of_something_else_is_left_alone(news: Address) -> None:
    storage(news).put("letter.txt", b"Dear all")  # type: ignore[union-attr]
    for opened in (Archive.open, Archive.make, Archive.open_or_make):
        with pytest.raises(NotAnArchive, match="another"):
            opened(news)


def test_nothing_there(news: Address) -> None:
    with pytest.raises(NotAnArchive, match="`onrecord add` makes one"):
        Archive.open(news)


def test_a_reader_follows_a_writer(archive: Archive, news: Address) -> None:
    reader = Archive.open(news)
    for n in range(3):
        archive.add([told(f"a{n}")])
        assert reader.facets("taxes").total == n + 1
    archive.tidy()
    assert reader.facets("taxes").total == 3


def test_a_search_that_lost_its_files_looks_again(
    archive: Archive, news: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([told("a1")])
    stale = read_head(news)
    archive.add([told("a2"), told("a1", "Rents will rise")])
    archive.tidy()
    heads = [stale]  # as if the head had been read the moment before
    monkeypatch.setattr(archive_module, "read_head", lambda root: heads.pop() if heads else read_head(root))
    assert [hit.key for hit in Archive.open(news).search("taxes").hits] == ["a2@1#s1"]
    assert heads == []


def test_a_copy_is_read_and_not_the_bucket(archive: Archive, news: Address, tmp_path: Path) -> None:
    archive.add([told("a1")])
    assert archive.search("taxes").hits
    bucket = storage(news)
    for name in [name for name, _, _ in bucket.objects("tables/statements.lance/data/")]:  # type: ignore[union-attr]
        bucket.delete(name)  # type: ignore[union-attr]
    assert len(Archive.open(news).search("taxes").hits) == 1
    assert any((tmp_path / "cache").rglob("statements.lance"))


def test_a_copy_is_brought_up_to_date_and_what_is_old_goes(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names() -> set[str]:
        return {path.name for path in (tmp_path / "cache").rglob("statements.lance/data/*")}

    archive.add([told("a1")])
    assert len(archive.search("taxes").hits) == 1
    first = names()
    archive.add([told("a2")])
    assert len(archive.search("taxes").hits) == 2
    assert names() > first
    monkeypatch.setattr(mirror, "_KEPT", -60.0)
    archive.tidy()
    assert len(archive.search("taxes").hits) == 2
    assert not names() & first


@pytest.mark.parametrize(("name", "value"), [("ONRECORD_CACHE", "off"), ("ONRECORD_CACHE_GB", "0.000001")])
def test_what_is_not_to_be_copied_is_read_where_it_lies(
    archive: Archive, tmp_path: Path, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    archive.add([told("a1")])
    assert [hit.key for hit in archive.search("taxes").hits] == ["a1@1#s1"]
    assert not any((tmp_path / "cache").rglob("statements.lance/data/*"))


def test_another_archive_at_the_same_address_is_not_read_from_the_first_ones_copy(
    archive: Archive, news: Address
) -> None:
    archive.add([told("a1")])
    assert archive.search("taxes").hits
    bucket = storage(news)
    head = json.loads(bucket.read()[0])
    for name, _, _ in list(bucket.objects("")):  # type: ignore[union-attr]
        bucket.delete(name)  # type: ignore[union-attr]
    other = Archive.make(news)
    made, tag = bucket.read()
    bucket.replace(json.dumps({**json.loads(made), "made": f"{head['made']} and later"}), tag)  # type: ignore[arg-type]
    other.add([told("b1", "Rents will rise")])
    assert [hit.key for hit in Archive.open(news).search(None).hits] == ["b1@1#s1"]


def test_who_reads_for_long_is_seen_and_the_dead_are_forgotten(
    archive: Archive, news: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    with locked(news):
        assert not someone_reads(news)
        with reading(news):
            assert someone_reads(news)
        assert not someone_reads(news)
    storage(news).put("readers/of-the-dead")  # type: ignore[union-attr]
    monkeypatch.setattr("onrecord.store.bucket.READER_LASTS", -60.0)
    with locked(news):
        assert not someone_reads(news)
    assert not list(storage(news).objects("readers/"))  # type: ignore[union-attr]


def test_the_end_of_a_run_leaves_a_long_reader_what_it_reads(archive: Archive) -> None:
    archive.add([told(f"a{n}") for n in range(3)])
    records: Iterator[object] = archive.records()
    next(records)
    archive.add([told("a2", "Rents will rise")])
    archive.settle()
    assert len(list(records)) == 2
