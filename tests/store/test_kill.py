"""`kill -9` while batches are added: what was acknowledged is there, the rest is not, and nothing is there in part."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from onrecord.store.archive import Archive

WRITER = """
import sys
from pathlib import Path
from onrecord.records import Article, Entity, Record, Statement
from onrecord.store.archive import Archive

archive = Archive.open(Path(sys.argv[1]))
for batch in range(1000):
    records = []
    for n in range(10):
        text = f"Ada Brandt said taxes will fall by {batch}."
        statement = Statement("s1", ((0, 10),), ((11, 15),), ((16, len(text) - 1),), "indirect", "e1", None, 0.9)
        entity = Entity("e1", "Ada Brandt", "person", True)
        records.append(Record(Article(f"{sys.argv[2]}-{batch}-{n}", text), (entity,), (statement,), model="m1"))
    archive.add(records)
    print(batch, flush=True)
"""


def test_a_killed_writer_leaves_whole_batches(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    acknowledged = 0
    for round_ in range(4):
        command = [sys.executable, "-c", WRITER, str(archive.root), str(round_)]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "LANCE_LOG": "error"})
        assert writer.stdout is not None
        for _ in range(round_ + 1):
            assert writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
        writer.wait()
        acknowledged += round_ + 1 + len(rest.split())
        articles = archive.snapshot.count("articles")
        assert articles % 10 == 0
        assert acknowledged <= articles // 10 <= acknowledged + round_ + 1
        assert archive.snapshot.count("statements") == articles
        assert list(archive.faults()) == []


def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    script = WRITER.replace("range(1000)", "range(8)")
    environment = {**os.environ, "LANCE_LOG": "error"}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(archive.root), name], stdout=subprocess.DEVNULL, env=environment
        )
        for name in ("a", "b")
    ]
    seen = [0]
    while any(writer.poll() is None for writer in writers):
        seen.append(archive.facets("taxes").total)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen == sorted(seen)
    assert all(count % 10 == 0 for count in seen)
    assert archive.snapshot.count("articles") == 160
    assert list(archive.faults()) == []
