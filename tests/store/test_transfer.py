"""Out as Parquet and JSON lines, and back in: equal."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.errors import ArchiveError, InputError
from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters
from onrecord.store.jsonform import record_from_dict
from onrecord.store.notes import Decision

Build = Callable[..., Record]


@pytest.fixture
def exported(archive: Archive, build: Build, tmp_path: Path) -> Path:
    archive.add([build("a1"), build("a2", "Rents will rise", title="lone \ud800"), build("a1", title="Corrected")])
    archive.decide(Decision("actor", "Ada Brandt", "A. Brandt", "same", "me", details={"why": ["one", 2]}))
    archive.export(tmp_path / "export")
    return tmp_path / "export"


def test_an_export_comes_back_equal(archive: Archive, exported: Path, tmp_path: Path) -> None:
    copy = Archive.make(tmp_path / "copy")
    assert copy.import_from(exported) == 2
    assert list(copy.records()) == list(archive.records())
    assert [copy.record("a1", n) for n in (1, 2)] == [archive.record("a1", n) for n in (1, 2)]
    assert copy.decisions() == archive.decisions()
    for table in ("articles", "statements", "entities", "events", "past", "decisions", "runs"):
        asked = f"SELECT * FROM {table} ORDER BY ALL"
        assert copy.sql(asked).table.equals(archive.sql(asked).table), table
    assert copy.search("rents", Filters(speaker="brandt")) == archive.search("rents", Filters(speaker="brandt"))
    assert list(copy.faults()) == []


def test_other_programs_can_read_it(exported: Path) -> None:
    assert pq.read_table(exported / "statements.parquet")["speaker"].to_pylist() == ["Ada Brandt", "Ada Brandt"]
    lines = (exported / "records.jsonl").read_text().splitlines()
    values = [json.loads(line) for line in lines]
    assert sorted(value.pop("archive")["version"] for value in values) == [1, 2]
    assert {record_from_dict(value).article.id for value in values} == {"a1", "a2"}


def test_an_archive_that_holds_something_takes_no_import(archive: Archive, exported: Path) -> None:
    with pytest.raises(ArchiveError, match="not empty"):
        archive.import_from(exported)


@pytest.mark.parametrize("file", ["records.jsonl", "past.jsonl", "runs.parquet", "decisions.parquet"])
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_export_is_one_line_and_leaves_the_archive_empty(
    exported: Path, tmp_path: Path, file: str, damage: str
) -> None:
    path = exported / file
    whole = path.read_bytes()
    path.unlink()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    copy = Archive.make(tmp_path / "copy")
    with pytest.raises(InputError, match=file) as caught:
        copy.import_from(exported)
    assert "\n" not in str(caught.value)
    assert list(copy.records()) == []
    path.write_bytes(whole)
    assert copy.import_from(exported) == 2
