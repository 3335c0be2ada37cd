"""Adding: the same again changes nothing, corrections keep what was, and no batch is ever half there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import ArchiveBusy, StorageError
from onrecord.records import Record
from onrecord.store import adding, writing
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.faults import guarded

Build = Callable[..., Record]


def corrected(record: Record, title: str) -> Record:
    return replace(record, article=replace(record.article, title=title))


def test_the_same_article_again_changes_nothing(archive: Archive, build: Build) -> None:
    assert archive.add([build()]) == Added(added=1)
    before = archive.snapshot.head
    assert archive.add([build()]) == Added(unchanged=1)
    assert archive.snapshot.head == before


def test_the_same_article_twice_in_a_batch_is_there_once(archive: Archive, build: Build) -> None:
    assert archive.add([build(), build()]) == Added(added=1, unchanged=1)
    assert list(archive.records()) == [build()]


def test_a_corrected_article_is_a_new_version_and_the_old_one_is_kept(archive: Archive, build: Build) -> None:
    first, second = build(), corrected(build(), "Corrected")
    archive.add([first])
    assert archive.add([second]) == Added(corrected=1)
    assert archive.versions("a1") == [1, 2]
    assert (archive.record("a1"), archive.record("a1", 1), archive.record("a1", 2)) == (second, first, second)
    assert archive.sql("SELECT version, previous FROM articles").table.to_pylist() == [{"version": 2, "previous": 1}]
    assert len(archive.search("taxes").hits) == 1


def test_both_versions_of_an_article_added_again_change_nothing(archive: Archive, build: Build) -> None:
    both = [build(), corrected(build(), "Corrected")]
    assert archive.add(both) == Added(added=1, corrected=1)
    assert archive.add(both) == Added(unchanged=2)
    assert archive.record("a1", 1) == both[0]


def test_another_model_replaces_what_the_old_one_found(archive: Archive, build: Build) -> None:
    archive.add([build()])
    again = replace(build(), model="m2", statements=())
    assert archive.add([again]) == Added(reread=1)
    assert list(archive.records()) == [again]
    assert archive.search("taxes").hits == ()


def test_missing_names_what_has_to_be_read(archive: Archive, build: Build) -> None:
    old, new, other = build("a1"), build("a2"), corrected(build("a1"), "Corrected")
    archive.add([old])
    articles = [old.article, new.article, other.article]
    assert archive.missing(articles, "m1") == [new.article, other.article]
    assert archive.missing(articles, "m2") == articles


def test_statements_have_keys_of_their_own_across_the_archive(archive: Archive, build: Build) -> None:
    archive.add([build("a"), build("a@1#s"), corrected(build("a"), "Corrected")])
    assert sorted(hit.key for hit in archive.search("taxes").hits) == ["a%401%23s@1#s1", "a@2#s1"]


@pytest.mark.parametrize("broken_at", ["statements", "entities", "articles", "words", "head"])
def test_a_batch_that_fails_midway_never_was(
    archive: Archive, build: Build, broken_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add([build("a1")])
    append = writing.Transaction.append

    def failing(self: writing.Transaction, name: str, rows: object) -> None:
        append(self, name, rows)  # type: ignore[arg-type]
        if name == broken_at:
            raise StorageError(self.root, "the disk is full")

    def full(*_: object) -> None:
        raise StorageError(archive.root, "the disk is full")

    with monkeypatch.context() as patch:
        if broken_at == "head":
            patch.setattr(writing, "write_head", full)
        else:
            patch.setattr(writing.Transaction, "append", failing)
        with pytest.raises(StorageError):
            archive.add([build("a2", "Rents will rise"), corrected(build("a1"), "Corrected")])
    for reader in (archive, Archive.open(archive.root)):
        assert list(reader.records()) == [build("a1")]
        assert reader.search("rents").hits == ()
    assert archive.add([build("a2", "Rents will rise")]) == Added(added=1)
    assert list(archive.records()) == [build("a1"), build("a2", "Rents will rise")]
    assert list(archive.faults()) == []


def test_a_reader_keeps_what_it_began_with(archive: Archive, build: Build) -> None:
    archive.add([build("a1")])
    before = archive.snapshot
    archive.add([build("a2")])
    assert before.count("articles") == 1
    assert archive.snapshot.count("articles") == 2


def test_writers_take_turns(archive: Archive, build: Build) -> None:
    with (
        writing.locked(archive.root),
        pytest.raises(ArchiveBusy, match="another process"),
        writing.writing(archive.root, patience=0.2),
    ):
        pass
    assert archive.add([build()]) == Added(added=1)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(28, "No space left on device"), "the disk is full"),
        (OSError("LanceError(IO): ... No space left on device (os error 28), rust/x.rs:1:2"), "the disk is full"),
        (PermissionError(13, "Permission denied"), "permissions"),
        (OSError("LanceError(IO): broken\nin many lines"), "broken"),
    ],
)
def test_what_the_system_complains_of_is_one_line(error: OSError, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught, guarded("news.archive"):
        raise error
    assert str(caught.value).startswith("news.archive: ")
    assert "\n" not in str(caught.value)
    assert "rust/" not in str(caught.value)


def test_outcomes_follow_hash_and_model() -> None:
    state = adding.State(2, 1, "new", "m1", None, frozenset({"old"}))
    assert adding.State().outcome("any", "m1") == "added"
    assert [state.outcome(*asked) for asked in (("new", "m1"), ("new", "m2"), ("old", "m2"), ("newer", "m1"))] == [
        "unchanged",
        "reread",
        "unchanged",
        "corrected",
    ]


def test_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=str(tmp_path)), guarded(tmp_path):
        raise OSError(30, "Read-only file system")
