"""Runs on a cluster of two processes on this machine: the records of a single machine's run, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from cluster_runs import MORE, TWO, lines, on_ray, on_this_machine, there
from ray import cloudpickle

from onrecord.adding import BATCH, Manner, add_paths
from onrecord.errors import InputError, SetAside
from onrecord.pipeline import Settings
from onrecord.read.articles import read_sources
from onrecord.read.fields import Options
from onrecord.read.sources import Source
from onrecord.records import Article
from onrecord.scale.adding import OnCluster, write_on_cluster
from onrecord.scale.parts import Parts
from onrecord.scale.reading import Work
from onrecord.store.archive import Archive
from onrecord.workers import Done, read_here

pytestmark = pytest.mark.model

WIRES = Path(__file__).parents[3] / "shared" / "data" / "reuters" / "wires.jsonl"


@pytest.fixture(scope="module", autouse=True)
def by_value(cluster: None) -> None:
    # the cluster's processes cannot import this file: what they are to run of it goes to them whole
    cloudpickle.register_pickle_by_value(sys.modules[__name__])


def test_records_are_those_of_one_machine_byte_for_byte_and_once_each(tmp_path: Path) -> None:
    first, second = lines(tmp_path / "a.jsonl", range(30)), lines(tmp_path / "b.jsonl", range(20, 50))
    corrected = lines(tmp_path / "c.jsonl", range(5), MORE + " Corrects the number of ships.")
    archive = Archive.make(tmp_path / "archive")
    done, errors = on_ray(archive, first, second, corrected)
    assert (done.added.added, done.added.unchanged, done.added.corrected, errors) == (50, 10, 5, [])
    assert there(archive) == on_this_machine(tmp_path / "local", first, second, corrected)
    assert done.statements > 100
    assert done.expected
    again, _ = on_ray(archive, first, second, corrected)
    assert (again.added.added, again.added.corrected, again.added.unchanged, again.words) == (0, 0, 65, 0)


@pytest.mark.skipif(not WIRES.exists(), reason="the Reuters stories (../shared/data) are not on this machine")
def test_five_hundred_stories_give_the_same_records(tmp_path: Path) -> None:
    given = tmp_path / "wires.jsonl"
    with WIRES.open("rb") as stream:
        given.write_bytes(b"".join(line for line, _ in zip(stream, range(500), strict=False)))
    archive = Archive.make(tmp_path / "archive")
    done, errors = on_ray(archive, given, work=Work())
    local = Archive.make(tmp_path / "local")
    add_paths(local, [given], Manner(Settings(threads=1), processes=2), lambda *_: None)
    assert (done.articles, errors) == (500, [])
    assert there(archive) == there(local)


def deadly(articles: Sequence[Article], settings: Settings, *, poison: str, deaths: str) -> Done:
    """The pipeline, but for articles that kill the process that reads them, as often as the file `deaths` has room."""
    if any(poison in article.text for article in articles) and len(Path(deaths).read_text()) > 0:
        Path(deaths).write_text(Path(deaths).read_text()[1:])
        os.kill(os.getpid(), signal.SIGKILL)
    return read_here(articles, settings)


def test_a_process_killed_amid_its_work_changes_nothing(tmp_path: Path) -> None:
    given, deaths = lines(tmp_path / "a.jsonl", range(40)), tmp_path / "deaths"
    deaths.write_text("x")
    archive = Archive.make(tmp_path / "archive")
    read = partial(deadly, poison="Story number 17 ", deaths=str(deaths))
    done, errors = on_ray(archive, given, work=Work(chunk=2_000, read=read))
    assert (done.added.added, errors, deaths.read_text()) == (40, [], "")
    assert there(archive) == on_this_machine(tmp_path / "local", given)


def test_an_article_that_kills_every_process_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    given, deaths = lines(tmp_path / "a.jsonl", range(40)), tmp_path / "deaths"
    deaths.write_text("x" * 100)
    archive = Archive.make(tmp_path / "archive")
    read = partial(deadly, poison="Story number 17 ", deaths=str(deaths))
    done, (error,) = on_ray(archive, given, work=Work(chunk=2_000, read=read))
    assert (done.added.added, done.failures, type(error)) == (39, {"SetAside": 1}, SetAside)
    assert str(error) == "a17: killed the process that read it 3 times; please report it"
    expected = on_this_machine(tmp_path / "local", given)
    assert there(archive) == {id_: record for id_, record in expected.items() if id_ != "a17"}
    assert len(deaths.read_text()) == 100 - 4, "with its neighbours once, alone three times"


def deadly_find(
    sources: Sequence[Source | InputError], *, options: Options | None, poison: str, deaths: str
) -> Iterator[Article | InputError]:
    """What sources hold, but for a line that kills the process that comes to it, as often as `deaths` has room."""
    for found in read_sources(sources, options=options):
        if isinstance(found, Article) and poison in found.text and (left := Path(deaths).read_text()):
            Path(deaths).write_text(left[1:])
            os.kill(os.getpid(), signal.SIGKILL)
        yield found


def stories(tmp_path: Path, deaths: str) -> tuple[list[Path], Work]:
    """Files of ten stories each, in the second of which the fifth story kills."""
    (tmp_path / "deaths").write_text(deaths)
    find = partial(deadly_find, poison="Story number 14 ", deaths=str(tmp_path / "deaths"))
    paths = [lines(tmp_path / f"{n}.jsonl", range(n * 10, n * 10 + 10)) for n in range(3)]
    return paths, Work(chunk=500, find=find)


def test_a_file_that_kills_a_process_once_is_read_whole(tmp_path: Path) -> None:
    paths, work = stories(tmp_path, deaths="x")
    archive = Archive.make(tmp_path / "archive")
    done, errors = on_ray(archive, *paths, work=work)
    assert (done.added.added, errors, (tmp_path / "deaths").read_text()) == (30, [], "")
    assert there(archive) == on_this_machine(tmp_path / "local", *paths)


def test_of_a_file_that_kills_every_process_the_rest_is_set_aside(tmp_path: Path) -> None:
    paths, work = stories(tmp_path, deaths="x" * 100)
    archive = Archive.make(tmp_path / "archive")
    done, (error,) = on_ray(archive, *paths, work=work)
    assert (done.added.added, done.failures, type(error)) == (24, {"SetAside": 1}, SetAside)
    why = "killed the process that read it 3 times, after 4 articles: not read further"
    assert str(error) == f"{paths[1]}: {why}"
    expected = on_this_machine(tmp_path / "local", *paths)
    unread = {f"a{n}" for n in range(14, 20)}
    assert there(archive) == {id_: record for id_, record in expected.items() if id_ not in unread}
    assert len((tmp_path / "deaths").read_text()) == 100 - 4, "once unawares, at the very place three times"


def test_bad_lines_and_what_is_for_one_machine_are_told_and_counted(tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", range(2))
    given.write_text(given.read_text("utf-8") + "no JSON\n", "utf-8")
    archive = Archive.make(tmp_path / "archive")
    done, errors = on_ray(archive, given, tmp_path / "missing.txt", "https://a.example/story")
    assert (done.added.added, done.failures) == (2, {"BadLine": 1, "MissingInput": 1, "InputError": 1})
    assert [error.where for error in errors] == [f"{given}:3", str(tmp_path / "missing.txt"), "https://a.example/story"]


def test_a_killed_driver_leaves_no_process_and_the_next_run_goes_on(tmp_path: Path) -> None:
    count = BATCH + 72
    given, root = lines(tmp_path / "a.jsonl", range(count)), tmp_path / "archive"
    command = ["add", str(given), "--archive", str(root), "--engine", "ray", "--processes", "2"]
    driver = subprocess.Popen([sys.executable, "-m", "onrecord.cli", *command], start_new_session=True)
    end = time.monotonic() + 120
    while not (committed := _articles(root)) and time.monotonic() < end:
        time.sleep(0.05)
    driver.kill()
    driver.wait()
    assert 0 < committed < count
    end = time.monotonic() + 120
    while (left := _living(driver.pid)) and time.monotonic() < end:
        time.sleep(0.2)
    assert not left
    archive = Archive.open(root)
    kept = there(archive)
    done, errors = on_ray(archive, given, work=Work())
    assert (done.added.added, done.added.unchanged, errors) == (count - len(kept), len(kept), [])
    assert sorted(there(archive)) == sorted(f"a{n}" for n in range(count))


def _articles(root: Path) -> int:
    return Archive.open(root).snapshot.count("articles") if (root / "archive.json").exists() else 0


def _living(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
        except (OSError, ValueError):  # it ended while we looked
            continue
        if int(of) == session and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def test_sources_and_parquet_on_s3(
    tmp_path: Path, bucket: Callable[[str], str], upload: Callable[[str, Path], None]
) -> None:
    first, second = lines(tmp_path / "a.jsonl", range(20)), lines(tmp_path / "b b%.jsonl", range(20, 40))
    for path in (first, second):
        upload(bucket(f"wires/2024/{quote(path.name)}"), path)
    expected = on_this_machine(tmp_path / "local", first, second)

    archive = Archive.make(tmp_path / "archive")
    done, errors = on_ray(archive, bucket("wires/2024/*.jsonl"))
    assert (done.added.added, errors) == (40, [])
    assert there(archive) == expected

    parts, errors = Parts(bucket("records")), []
    manner = OnCluster(lambda _, failed: errors.extend(failed), cluster=TWO)
    for added, unchanged in ((20, 0), (20, 20)):
        paths = [bucket("wires/2024/a.jsonl")] if not unchanged else [bucket("wires/")]
        done = write_on_cluster(parts, paths, manner)
        assert (done.added.added, done.added.unchanged, errors) == (added, unchanged, [])
    assert sorted(id_ for id_, _ in parts.standing(json.loads(expected["a0"])["model"])) == sorted(expected)
