"""Where an archive is, and what is said when it is not one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import ArchiveError, DamagedArchive, NewerArchive, NotAnArchive
from onrecord.records import Record
from onrecord.store.adding import Added
from onrecord.store.archive import Archive
from onrecord.store.place import FORMAT, HEAD, find_archive, read_head

Build = Callable[..., Record]


def test_the_folder_given_comes_first_then_the_environment_then_ones_own() -> None:
    named = {"ONRECORD_ARCHIVE": "/named"}
    assert find_archive(Path("/given"), named) == Path("/given")
    assert find_archive(None, named) == Path("/named")
    assert find_archive(None, {}).parts[-2:] == ("onrecord", "archive")


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="no archive there; `onrecord add` makes one"):
        Archive.open(tmp_path / "nowhere")
    with pytest.raises(NotAnArchive, match="no archive there yet"):
        Archive.open(tmp_path)


@pytest.mark.parametrize("opened", [Archive.open, Archive.make, Archive.open_or_make])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, opened: Callable[[Path], Archive]) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(NotAnArchive, match="another folder") as caught:
        opened(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for opened in (Archive.open, Archive.open_or_make):
        with pytest.raises(NotAnArchive):
            opened(tmp_path / "file")


def test_a_newer_archive_is_refused_and_not_touched(archive: Archive) -> None:
    path = archive.root / HEAD
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": FORMAT + 1, "made_by": "onrecord 99"}))
    before = path.read_text()
    with pytest.raises(NewerArchive, match=r"onrecord 99.*upgrade"):
        Archive.open(archive.root)
    with pytest.raises(NewerArchive):
        archive.add([])
    assert path.read_text() == before


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1}', '{"format": "x"}', '"format"'])
def test_a_head_that_is_damaged_is_one_line(archive: Archive, text: str) -> None:
    (archive.root / HEAD).write_text(text)
    with pytest.raises(DamagedArchive, match="backup") as caught:
        Archive.open(archive.root)
    assert "\n" not in str(caught.value)


def test_a_table_that_is_gone_is_one_line(archive: Archive, build: Build) -> None:
    archive.add([build()])
    for path in (archive.root / "tables" / "statements.lance" / "_versions").iterdir():
        path.unlink()
    with pytest.raises(ArchiveError) as caught:
        Archive.open(archive.root).search("taxes")
    assert "\n" not in str(caught.value)


def test_a_making_that_was_cut_short_is_made_again(archive: Archive, build: Build) -> None:
    (archive.root / HEAD).unlink()
    again = Archive.open_or_make(archive.root)
    assert again.add([build()]) == Added(added=1)
    assert list(again.faults()) == []


def test_the_head_says_who_made_it(archive: Archive) -> None:
    head = read_head(archive.root)
    assert head.format == FORMAT
    assert head.made_by.startswith("onrecord ")
