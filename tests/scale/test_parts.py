"""Records as plain Parquet: whole parts, each once."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.errors import OnrecordError
from onrecord.records import Article, Entity, Record, Statement
from onrecord.scale.parts import Parts, Written
from onrecord.store.jsonform import content_hash, exact_json

TEXT = "Taxes will fall, Ada Brandt said."


def record(id_: str, text: str = TEXT) -> Record:
    statement = Statement("s1", ((17, 27),), ((28, 32),), ((0, 15),), "indirect", "e1", None, 0.75)
    return Record(Article(id_, text), (Entity("e1", "Ada Brandt", "person", True),), (statement,), model="m1")


def test_a_part_holds_records_for_other_programs_and_exactly(tmp_path: Path) -> None:
    given = [record("a1"), record("a2", TEXT + " \ud800")]
    assert Parts(str(tmp_path / "out")).write(given) == Written(2, 2, 13)
    (path,) = (tmp_path / "out").iterdir()
    rows = pq.read_table(path).to_pylist()
    assert rows[0]["statements"][0]["speaker"] == "Ada Brandt"
    assert rows[0]["statements"][0]["content"] == "Taxes will fall"
    assert rows[1]["text"] == TEXT + " \ufffd"
    assert [row["record"] for row in rows] == [exact_json(one) for one in given]


def test_the_same_written_again_is_there_once(tmp_path: Path) -> None:
    parts = Parts(str(tmp_path))
    for _ in range(2):
        parts.write([record("a1"), record("a2")])
    parts.write([record("a3")])
    parts.write([])
    hash_ = content_hash(Article("", TEXT))
    assert len(list(tmp_path.iterdir())) == 2
    assert sorted(id_ for id_, _ in parts.standing("m1")) == ["a1", "a2", "a3"]
    assert {h for _, h in parts.standing("m1")} == {content_hash(Article(i, TEXT)) for i in ("a1", "a2", "a3")} - {
        hash_
    }
    assert list(parts.standing("another model")) == []


def test_a_draft_that_a_killed_process_left_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / ".part-0123.parquet").write_bytes(b"PAR1")
    assert list(Parts(str(tmp_path)).standing("m1")) == []


def test_what_cannot_be_written_or_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "part-0123.parquet").write_text("no Parquet")
    with pytest.raises(OnrecordError, match="cannot be written"):
        Parts(str(tmp_path / "file")).write([record("a1")])
    with pytest.raises(OnrecordError, match="cannot be read") as error:
        list(Parts(str(tmp_path)).standing("m1"))
    assert "\n" not in str(error.value)
