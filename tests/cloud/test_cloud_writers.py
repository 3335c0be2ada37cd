"""Several writers on object storage: in turn, dead amid their work, or asleep beyond their lease."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from news_records import told

from onrecord.errors import ArchiveBusy, StorageError
from onrecord.store import lease
from onrecord.store.adding import add
from onrecord.store.archive import Archive
from onrecord.store.place import Address, read_head, storage
from onrecord.store.tables import open_table
from onrecord.store.vocabulary import Known
from onrecord.store.writing import Transaction, locked, writing

WRITER = """
import sys
sys.path.insert(0, sys.argv[3])
from news_records import told
from onrecord.store import lease
from onrecord.store.archive import Archive
from onrecord.store.place import Address

lease.LASTS = 2.0
archive = Archive.open(Address(sys.argv[1]))
for batch in range(int(sys.argv[4])):
    archive.add([told(f"{sys.argv[2]}-{batch}-{n}", f"Taxes will fall by {batch}") for n in range(5)])
    print(batch, flush=True)
"""


def writer(news: Address, name: str, batches: int) -> "subprocess.Popen[str]":
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", WRITER, str(news), name, here, str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "LANCE_LOG": "error"})


@pytest.fixture
def archive(news: Address) -> Archive:
    return Archive.make(news)


def test_a_killed_writer_leaves_whole_batches(archive: Archive, news: Address) -> None:
    acknowledged = 0
    for round_ in range(3):
        killed = writer(news, str(round_), 1000)
        assert killed.stdout is not None
        for _ in range(round_ + 1):
            assert killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        acknowledged += round_ + 1 + len(killed.stdout.read().split())
        killed.wait()
        articles = archive.snapshot.count("articles")
        assert articles % 5 == 0
        assert acknowledged <= articles // 5 <= acknowledged + round_ + 1
        assert list(archive.faults()) == []
    before = archive.snapshot.count("articles")
    archive.add([told("after")])  # once the lease of the dead has run out
    assert archive.snapshot.count("articles") == before + 1
    assert list(archive.faults()) == []


def test_two_writers_and_a_reader_at_once(archive: Archive, news: Address) -> None:
    writers = [writer(news, name, 4) for name in ("a", "b")]
    seen = [0]
    while any(one.poll() is None for one in writers):
        seen.append(archive.facets("taxes").total)
    assert [one.returncode for one in writers] == [0, 0]
    assert seen == sorted(seen)
    assert all(count % 5 == 0 for count in seen)
    assert archive.snapshot.count("articles") == 40
    assert list(archive.faults()) == []


def begun(archive: Archive) -> Transaction:
    """A writer that is put to sleep at once, and whose lease has run out when it wakes up."""
    return Transaction(archive.root, read_head(archive.root), None)


def test_a_writer_that_slept_while_another_committed_is_refused(archive: Archive) -> None:
    asleep = begun(archive)
    archive.add([told("a1")])
    with pytest.raises(StorageError, match="run it again"):
        add(asleep, [told("b1")], Known())
    assert [record.article.id for record in archive.records()] == ["a1"]
    assert list(archive.faults()) == []


def test_a_writer_that_wrote_and_slept_cannot_replace_the_head_of_another(archive: Archive) -> None:
    asleep = begun(archive)
    asleep.append("words", open_table(archive.root, "words").schema.empty_table().from_pylist([{"word": "b"}]))
    archive.add([told("a1")])
    with pytest.raises(StorageError, match="run it again"):
        asleep.commit()
    assert archive.sql("SELECT count(*) AS n FROM articles").table["n"].to_pylist() == [1]
    assert list(archive.faults()) == []


@pytest.mark.parametrize("what", ["rows added", "rows added, files put together"])
def test_rows_of_a_writer_that_woke_up_do_not_get_on_record_with_anothers(archive: Archive, what: str) -> None:
    archive.add([told(f"a{n}") for n in range(3)])
    asleep = begun(archive)
    with writing(archive.root) as awake:
        if what == "rows added, files put together":
            awake.newest("articles").optimize.compact_files()
        asleep.append("articles", asleep.before.rows("articles"))
        with pytest.raises(StorageError, match="another writer changed it"):
            add(awake, [told("b1")], Known()) if what == "rows added" else awake.changed("articles")
    archive.add([told("c1")])
    assert [record.article.id for record in archive.records()] == ["a0", "a1", "a2", "c1"]
    assert list(archive.faults()) == []


def test_a_writer_that_woke_up_cleans_nothing_away_that_is_on_record(archive: Archive) -> None:
    from datetime import timedelta

    from onrecord.store.schema import TABLES
    from onrecord.store.tables import clean_up

    archive.add([told("a1")])
    asleep = begun(archive)
    archive.add([told("a2")])
    with writing(archive.root) as awake:
        add(awake, [told("a3")], Known())
        for name in TABLES:
            clean_up(archive.root, name, asleep.head.tables[name], timedelta(0))
    assert list(archive.faults()) == []
    assert len(list(archive.records())) == 3


def test_a_lease_is_renewed_and_given_back(news: Address, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LASTS", 1.0)
    with locked(news), pytest.raises(ArchiveBusy, match=r"process .* has been writing"), locked(news, patience=2.5):
        pass
    with locked(news, patience=0):
        pass


def test_an_answer_that_got_lost_is_found_out(news: Address, archive: Archive) -> None:
    bucket = storage(news)
    tag = bucket.swap("lock", b"mine", bucket.look("lock").tag)  # type: ignore[union-attr]
    assert bucket.swap("lock", b"mine", {"e_tag": '"of-before"'}) == tag  # type: ignore[union-attr]
    with pytest.raises(StorageError):
        bucket.swap("lock", b"others'", {"e_tag": '"of-before"'})  # type: ignore[union-attr]
