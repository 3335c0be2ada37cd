"""Kills `onrecord add` at random instants, again and again, and checks that nothing that was on the record is lost.

    python evals/kill_adds.py --kills 50

Articles of our own making, a third of them corrected in a second file, are added with two processes. Each round the
command is killed with SIGKILL at a random instant, or (every other round) one of its reading processes is; half of the
kills wait for a batch that is being written. After every kill:

1. `verify` finds no fault, before any writer has looked at what the killed one left
2. whatever a reader saw on the record at any time before the kill is there
3. every record is, to the last field, what a run that was left alone made of that article: nothing in part, nothing
   twice, no version that nobody gave
4. no process of the command is left after 5 seconds
5. a command that lost a reading process says so in one line of standard error and ends with exit code 1

The next round goes on in the same archive. When all is in, the command has said that it left alone what was there and
added the rest, and a new archive is begun. Prints a line of figures; exit code 1 when anything was wrong. Linux only.
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

os.environ.setdefault("LANCE_LOG", "error")

import lance

from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.jsonform import record_from_dict
from onrecord.store.place import HEAD
from onrecord.store.tables import path_of

PEOPLE = ("Ada Brandt", "Milos Verran", "Ines Corvado", "Tomas Lindqvar", "Oyelle Dassin", "Peter Halloran-Voss")
POSTS = ("Foreign Minister", "Harbour Master", "Central Bank Governor", "Union leader", "Mayor", "Prosecutor")
PLACES = ("VELIGRAD", "PORT SARNO", "KESTRA", "LOWER ILM")
CLAIMS = (
    "the strait will stay open to every ship", "grain exports will double within two years",
    "no talks are planned before the election", "the ceasefire along the river is holding",
    "wages in the docks must rise", "the pipeline was shut for repairs and nothing else",
)  # fmt: skip
GONE = 5.0
"""Seconds that a killed command's processes have to end."""
LONGEST = 120.0
"""Seconds after which a command that does not end by itself is taken to hang."""


def made(draw: random.Random, number: int) -> dict[str, str]:
    """An article of some fifty to a hundred words."""
    name, post, claim = draw.choice(PEOPLE), draw.choice(POSTS), draw.choice(CLAIMS)
    text = [
        f"{draw.choice(PLACES)}, November {draw.randint(1, 30)}. /KORVA/. {claim.capitalize()}, {post} {name} said."
    ]
    for _ in range(draw.randint(1, 3)):
        text.append(f"“We think that {draw.choice(CLAIMS)},” {name.split()[-1]} told reporters in case {number}.")
        text.append(f"According to {draw.choice(PEOPLE)}, who asked for {draw.randint(2, 99)} more ships, it is late.")
    return {"id": f"a{number}", "text": "\n\n".join(text), "published": f"2024-11-{draw.randint(1, 30):02}"}


def corrected(row: dict[str, str]) -> dict[str, str]:
    return {**row, "text": row["text"] + "\n\nCorrects the number of ships, the agency said."}


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def command(root: Path, paths: list[Path]) -> list[str]:
    return [
        sys.executable, "-m", "onrecord.cli", "add", *map(str, paths), "--archive", str(root), "--processes", "2",
    ]  # fmt: skip


class Started:
    """A command in a session of its own, so that all of its processes can be found though their parent is gone."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self.out, self.err = (folder / "out").open("w+"), (folder / "err").open("w+")
        self.main = subprocess.Popen(arguments, stdout=self.out, stderr=self.err, start_new_session=True)

    def living(self) -> list[int]:
        """Its processes, the main one too, that have not ended."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, _, session = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
            except (OSError, ValueError):  # it ended while we looked
                continue
            if int(session) == self.main.pid and state not in "ZX":
                found.append(int(stat.parent.name))
        return found

    def readers(self) -> list[int]:
        """The processes that read articles."""
        return [pid for pid in self.living() if b"spawn_main" in _command_line(pid)]

    def left(self, seconds: float) -> list[int]:
        """The processes that are there still after so long, or none as soon as there are none."""
        end = time.monotonic() + seconds
        while (living := self.living()) and time.monotonic() < end:
            time.sleep(0.05)
        return living

    def said(self) -> tuple[list[str], list[str]]:
        """The lines of standard output and of standard error so far."""
        for stream in (self.out, self.err):
            stream.seek(0)
        return self.out.read().splitlines(), self.err.read().splitlines()

    def close(self) -> None:
        if self.living():
            os.killpg(self.main.pid, signal.SIGKILL)
        self.main.wait()
        self.out.close()
        self.err.close()


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@dataclass
class Report:
    """What was found, over all rounds."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: int = 0

    def check(self, right: bool, what: str) -> None:
        if not right:
            self.wrong += 1
            print(f"WRONG: {what}", flush=True)


Key = tuple[str, int]
"""An article's id, and which of its texts: 0 as first given, 1 corrected."""


class Kills:
    """The rounds, one archive after another."""

    def __init__(self, folder: Path, articles: int, seed: int) -> None:
        self.folder, self.draw, self.report = folder, random.Random(seed), Report()
        rows = [made(self.draw, number) for number in range(articles)]
        self.paths = [
            write(folder / "news.jsonl", rows),
            write(folder / "corrections.jsonl", [corrected(row) for row in rows[::3]]),
        ]
        self.given = articles + len(rows[::3])
        self.expected, self.whole_run = self._left_alone()
        self.number = 0
        self._begin()

    def _left_alone(self) -> tuple[dict[Key, Record], float]:
        """The records that a run makes that nobody kills, and the seconds it takes."""
        root, began = self.folder / "whole", time.monotonic()
        started = Started(command(root, self.paths), self.folder)
        code, (_, errors) = started.main.wait(), started.said()
        took = time.monotonic() - began
        self.report.check(code == 0 and not errors, f"the run left alone: exit code {code}, {errors}")
        self.report.check(not started.left(GONE), "the run left alone left processes")
        started.close()
        return versions(Archive.open(root)), took

    def _begin(self) -> None:
        """A new archive."""
        self.number += 1
        self.root = self.folder / f"archive{self.number}"
        self.seen: set[Key] = set()
        """What was on the record at some time."""

    @property
    def killed(self) -> int:
        """Kills so far."""
        return self.report.counts["kills of the command"] + self.report.counts["kills of a reading process"]

    def round(self, number: int) -> None:
        """Start, kill, check."""
        label = f"round {number}"
        reader, writing = number % 2 == 1, self.draw.random() < 0.5
        before = len(self.seen)
        started = Started(command(self.root, self.paths), self.folder)
        try:
            self._watch(started, self.draw.uniform(0, self.whole_run), writing)
            if started.main.poll() is not None:
                self._ended(started, before, label)
                return
            if reader:
                self._kill_reader(started, label)
            else:
                started.main.kill()
                started.main.wait()
                self.report.counts["kills of the command"] += 1
            left = started.left(GONE)
            self.report.check(not left, f"{label}: processes {left} are there {GONE:.0f} s after the kill")
        finally:
            started.close()
        self.check(label)

    def _watch(self, started: Started, delay: float, writing: bool) -> None:
        """Read along until the instant has come, or when a batch is to be caught, until one is being written."""
        end = time.monotonic() + delay
        while time.monotonic() < end and started.main.poll() is None:
            self._look()
            time.sleep(0.05)
        if not writing:
            return
        end = time.monotonic() + self.whole_run
        while started.main.poll() is None and time.monotonic() < end:
            if (self.root / HEAD).exists() and beyond(self.root):
                return
            time.sleep(0.002)

    def _look(self) -> None:
        if (self.root / HEAD).exists():
            archive = Archive.open(self.root)
            if archive.snapshot.count("articles") + archive.snapshot.count("past") > len(self.seen):
                self.seen |= keys(archive)

    def _kill_reader(self, started: Started, label: str) -> None:
        readers = started.readers()
        if not readers:  # not started yet, or done
            started.main.kill()
            started.main.wait()
            self.report.counts["kills of the command"] += 1
            return
        os.kill(self.draw.choice(readers), signal.SIGKILL)
        self.report.counts["kills of a reading process"] += 1
        try:
            code = started.main.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.report.check(False, f"{label}: the command hangs after one of its processes was killed")
            return
        _, errors = started.said()
        if code == 0 and not errors:  # it had nothing more to do
            self.report.check(len(self.seen | keys(Archive.open(self.root))) == self.given, f"{label}: exit code 0")
            return
        one_line = len(errors) == 1 and errors[0].startswith("error: a reading process was killed")
        self.report.check(code == 1 and one_line, f"{label}: exit code {code}, standard error {errors}")

    def _ended(self, started: Started, before: int, label: str) -> None:
        """The command was through before the kill: has it gone on from where it had stopped?"""
        out, errors = started.said()
        self.report.check(started.main.returncode == 0 and not errors, f"{label}: {errors}")
        told = re.match(r"(\d+) added, (\d+) unchanged, (\d+) new versions, 0 read again, 0 failed", out[0])
        self.report.check(told is not None, f"{label}: said {out}")
        if told:
            added, unchanged, new = map(int, told.groups())
            self.report.check(unchanged >= before, f"{label}: {before} were there, {unchanged} unchanged")
            self.report.check(added + unchanged + new == self.given, f"{label}: {out[0]} of {self.given}")
        self.check(label)
        self.report.check(len(self.seen) == self.given, f"{label}: {len(self.seen)} of {self.given} are there")
        self.report.counts["archives filled"] += 1
        self._begin()

    def check(self, label: str) -> None:
        """Everything that must hold of the archive, whatever happened to its writer."""
        if not (self.root / HEAD).exists():
            self.report.check(not self.seen, f"{label}: the archive is gone")
            self.report.counts["kills before there was an archive"] += 1
            return
        self.report.counts["kills amid the writing of a batch"] += beyond(self.root)
        archive = Archive.open(self.root)
        for fault in archive.faults():
            self.report.check(False, f"{label}: verify: {fault}")
        there = versions(archive)
        lost = self.seen - set(there)
        self.report.check(not lost, f"{label}: {len(lost)} lost of {len(self.seen)}: {sorted(lost)[:5]}")
        rows = archive.snapshot.count("articles") + archive.snapshot.count("past")
        self.report.check(rows == len(there), f"{label}: {rows} versions, {len(there)} different ones")
        for key, record in there.items():
            self.report.check(record == self.expected.get(key), f"{label}: {key} is not what a whole run makes of it")
        self.seen |= set(there)
        self.report.counts["versions checked"] += len(there)


def beyond(root: Path) -> bool:
    """Has a writer written more than the head names?"""
    try:
        head: dict[str, int] = json.loads((root / HEAD).read_text("utf-8"))["tables"]
        return any(lance.dataset(path_of(root, name)).version > version for name, version in head.items())
    except (OSError, ValueError):  # amid being made or cleaned
        return False


def versions(archive: Archive) -> dict[Key, Record]:
    """Every version that is kept, current and past."""
    past = archive.snapshot.rows("past", None, ["record"])["record"].to_pylist()
    old = (record_from_dict(json.loads(record)) for record in past)
    return {_key(record): record for record in chain(archive.records(), old)}


def _key(record: Record) -> Key:
    return record.article.id, int("\n\nCorrects " in record.article.text)


def keys(archive: Archive) -> set[Key]:
    now = archive.snapshot
    found = set()
    for article, text in zip(*now.rows("articles", None, ["id", "text"]).to_pydict().values(), strict=True):
        found.add((article, int("\n\nCorrects " in text)))
    for article, record in zip(*now.rows("past", None, ["article", "record"]).to_pydict().values(), strict=True):
        found.add((article, int("\\n\\nCorrects " in record)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, help="else a new one each time; it is printed")
    given = parser.parse_args()
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kills = Kills(Path(folder), given.articles, seed)
        print(f"a whole run of {kills.given} articles takes {kills.whole_run:.1f} s", flush=True)
        number = 0
        while kills.killed < given.kills:  # a command that is through before its instant was not killed
            kills.round(number)
            number += 1
    counts = ", ".join(f"{count:,} {what}" for what, count in sorted(kills.report.counts.items()))
    print(
        f"{kills.killed} kills in {number} rounds, {time.monotonic() - began:.0f} s: {counts}; "
        f"{kills.report.wrong} wrong"
    )
    sys.exit(1 if kills.report.wrong else 0)


if __name__ == "__main__":
    main()
