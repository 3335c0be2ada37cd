"""Articles from files into an archive, by several processes, interrupted and gone on with."""

import json
import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from onrecord.adding import BATCH, Manner, Progress, add_paths, reread
from onrecord.errors import InputError, OnrecordError
from onrecord.pipeline import model_version
from onrecord.records import Article, Record
from onrecord.store.archive import Archive

pytestmark = pytest.mark.model

STORY = "VELIGRAD, November 3. /KORVA/. The strait will stay open to every ship, Foreign Minister Ada Brandt said."
MORE = "\n\n“We have no quarrel with anybody, and we choose trade over everything,” Brandt added on Tuesday."


def lines(path: Path, count: int, start: int = 0) -> Path:
    texts = {n: f"{STORY}\n\nStory number {n} of a long day.{MORE}" for n in range(start, start + count)}
    rows = [{"id": f"a{n}", "text": text} for n, text in texts.items()]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    return path


def add(archive: Archive, *paths: Path, processes: int = 2) -> tuple[Progress, list[InputError]]:
    errors: list[InputError] = []
    done = add_paths(archive, paths, Manner(processes=processes), lambda _, failed: errors.extend(failed))
    return done, errors


def test_every_article_comes_in_once(tmp_path: Path) -> None:
    archive = Archive.open_or_make(tmp_path / "archive")
    given = lines(tmp_path / "news.jsonl", 5)
    first, _ = add(archive, given, given)
    assert (first.added.added, first.added.unchanged) == (5, 5)
    again, _ = add(archive, given)
    assert (again.added.added, again.added.unchanged, again.words) == (0, 5, 0)
    assert sorted(r.article.id for r in archive.records()) == [f"a{n}" for n in range(5)]
    assert list(archive.faults()) == []


def test_what_fails_is_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    archive = Archive.open_or_make(tmp_path / "archive")
    given = lines(tmp_path / "news.jsonl", 2)
    given.write_text(given.read_text("utf-8") + "no JSON\n", "utf-8")
    done, errors = add(archive, given, tmp_path / "missing.txt", processes=1)
    assert (done.added.added, done.failed) == (2, 2)
    assert [e.where.rsplit("/")[-1] for e in errors] == ["news.jsonl:3", "missing.txt"]


def test_an_interrupted_adding_keeps_what_is_done_and_goes_on(tmp_path: Path) -> None:
    archive = Archive.open_or_make(tmp_path / "archive")
    count = BATCH + 2
    given = lines(tmp_path / "news.jsonl", count)

    def stop(progress: Progress, _: tuple[InputError, ...]) -> None:
        if progress.added.added:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_paths(archive, [given], Manner(processes=1), stop)
    kept = sum(1 for _ in archive.records())
    assert 0 < kept < count
    done, _ = add(archive, given, processes=1)
    assert (done.added.added, done.added.unchanged) == (count - kept, kept)
    assert list(archive.faults()) == []


def test_a_killed_reading_process_ends_the_run_and_what_was_committed_stays(tmp_path: Path) -> None:
    archive = Archive.open_or_make(tmp_path / "archive")
    given = lines(tmp_path / "news.jsonl", 1500)

    def kill_one(progress: Progress, _: tuple[InputError, ...]) -> None:
        if progress.added.added:
            for process in active_children()[:1]:
                os.kill(process.pid or 0, signal.SIGKILL)

    with pytest.raises(OnrecordError, match="a reading process was killed") as error:
        add_paths(archive, [given], Manner(processes=2), kill_one)
    assert "\n" not in str(error.value)
    assert 0 < archive.snapshot.count("articles") < 1500
    assert list(archive.faults()) == []


def test_copies_under_other_addresses_are_not_read_again(tmp_path: Path) -> None:
    archive = Archive.open_or_make(tmp_path / "archive")
    text = "\n\n".join(f"Paragraph {n} of the story, which is long enough to count. {STORY}" for n in range(30))
    rows = [{"text": text, "url": f"https://outlet{n}.example/story", "outlet": f"Outlet {n}"} for n in range(6)]
    path = tmp_path / "copies.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    done, _ = add(archive, path)
    assert done.added.added == 6
    assert done.saved > 0.8


def old(id_: str, model: str | None = "an older one") -> Record:
    return Record(Article(id_, f"{STORY} Story {id_} \ud800."), (), (), model=model)


def test_what_another_model_read_is_read_again_and_nothing_else(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    archive.add([old("a1"), old("a2", model_version()), old("a3", None)])
    done = reread(archive, Manner(processes=1), lambda *_: None)
    assert (done.added.reread, done.articles, done.failed) == (2, 2, 0)
    assert [len(archive.record(id_).statements) for id_ in ("a1", "a2", "a3")] == [1, 0, 1]  # type: ignore[union-attr]
    assert archive.record("a1").article == old("a1").article  # type: ignore[union-attr]
    assert archive.versions("a1") == [2]
    assert archive.info().models == {model_version(): 3}
    assert archive.info().runs[0].command == "reread"
    assert reread(archive, Manner(processes=1), lambda *_: None).articles == 0


def test_a_rereading_that_was_interrupted_kept_the_old_records_and_goes_on(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    count = BATCH + 2
    archive.add([old(f"a{n}") for n in range(count)])

    def stop(progress: Progress, _: tuple[InputError, ...]) -> None:
        if progress.added.reread:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reread(archive, Manner(processes=1), stop)
    left = len(archive.read_by_others(model_version()))
    assert 0 < left < count
    assert len(list(archive.records())) == count
    assert reread(archive, Manner(processes=1), lambda *_: None).added.reread == left
    assert list(archive.faults()) == []


def test_a_correction_that_came_meanwhile_is_not_undone(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    archive.add([old("a1")])
    corrected = Record(Article("a1", f"{STORY} Corrected."), (), (), model=model_version())
    reread(archive, Manner(processes=1), lambda *_: archive.add([corrected]) and None)
    assert archive.record("a1") == corrected
