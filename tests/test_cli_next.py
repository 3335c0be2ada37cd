"""Every command names the next useful one, where a person is looking and nowhere else."""

import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from onrecord import cli_next
from onrecord.cli import app
from onrecord.export.jsonl import write_jsonl
from reports import record
from web_server import Reply, Server

TEXT = "Taxes will fall, Ada Brandt said."
ATTRIBUTION = {"source": [[18, 28]], "cue": [[29, 33]], "content": [[0, 16]]}
FEED = b'<rss version="2.0"><channel><title>C</title></channel></rss>'


def commands(group: Any) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((name, *rest) for rest in commands(command))
        else:
            yield (name,)


COMMANDS = set(commands(typer.main.get_command(app)))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def named(done: Result) -> list[str]:
    """The words of the command that the last line names."""
    assert done.exit_code == 0, done.output
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("next: "))
    assert done.stderr.rstrip().endswith(line)
    words = shlex.split(line.removeprefix("next: "))
    assert words[0] == "onrecord"
    assert tuple(words[1:2]) in COMMANDS or tuple(words[1:3]) in COMMANDS, line
    return words[1:]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_next, "is_watched", lambda: True)
    monkeypatch.delenv(cli_next.SILENCE, raising=False)


@pytest.fixture
def calls(tmp_path: Path, server: Server) -> dict[tuple[str, ...], list[str]]:
    """Every command with arguments that make it work, in an order in which they do."""
    server.pages["/feed"] = Reply(FEED, headers={"Content-Type": "application/rss+xml"})
    story, gold, speakers, gap = (tmp_path / n for n in ("story.txt", "gold.jsonl", "speakers.jsonl", "gap.tsv"))
    feeds, records, decisions = tmp_path / "feeds.toml", tmp_path / "records.jsonl", tmp_path / "decisions.jsonl"
    story.write_text(TEXT)
    row = {"id": "g", "text": TEXT, "attributions": [ATTRIBUTION], "entities": [], "statements": [], "events": []}
    gold.write_text(json.dumps(row | {"dateline": None}) + "\n")
    named_row = {"attribution": 0, "name": "Ada Brandt", "mention": "name", "names": []}
    speakers.write_text(json.dumps({"id": "g", "speakers": [named_row]}) + "\n")
    gap_row = ("t", "Ada met Bo when she came.", "she", "16", "Ada", "0", "TRUE", "Bo", "8", "FALSE", "u")
    columns = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL")
    topics = tmp_path / "topics.jsonl"
    topics.write_text(json.dumps({"article": "g", "content": [[0, 16]], "topics": ["medtop:20000620"]}) + "\n")
    told, quoted = tmp_path / "told.jsonl", {"id": "s1", "quote": "indirect", "speaker": None, "parent": None}
    told.write_text(json.dumps(row | {"statements": [ATTRIBUTION | quoted | {"confidence": 0.9}]}) + "\n")
    turns = tmp_path / "turns.jsonl"
    turns.write_text(json.dumps({"pair": [["g", [[0, 16]]], ["g", [[0, 16]]]], "reversal": False}) + "\n")
    pairs, groups = tmp_path / "pairs.jsonl", tmp_path / "groups.json"
    marked = {
        "sentence": "Norland sued Sudria.",
        "source_spans": [[0, 7]],
        "target_spans": [[13, 19]],
        "root": "ACCUSE",
    }
    pairs.write_text(json.dumps(marked | {"root": "ACCUSE"}) + "\n")
    felt = tmp_path / "felt.jsonl"
    target = {"start": 13, "end": 19, "polarity": -1}
    felt.write_text(json.dumps({"sentence": "Norland sued Sudria.", "targets": [target]}) + "\n")
    groups.write_text(json.dumps([{"trails": [{"members": [{"article": "g", "statement": "s1"}]}]}]))
    gap.write_text("\t".join(columns) + "\n" + "\t".join(gap_row) + "\n")
    feeds.write_text(f'[[feeds]]\nurl = "{server.url}/feed"\n')
    archive = ["--archive", str(tmp_path / "archive")]
    told = tmp_path / "told.jsonl"
    with told.open("w", encoding="utf-8") as stream:
        write_jsonl([record("a", "“We close the harbour”")], stream)
    users = ["--users", str(tmp_path / "users")]
    decided = ["a:e1", "b:e1", "--decisions", str(decisions), "--by", "me"]
    return {
        ("read",): [str(story), "--format", "jsonl", "--output", str(records)],
        ("watch",): [str(feeds), "--once"],
        ("actors",): [str(records)],
        ("same",): decided,
        ("different",): decided,
        ("add",): [str(story), "--processes", "1", *archive],
        ("reread",): ["--processes", "1", *archive],
        ("search",): archive,
        ("like",): ["taxes", *archive],
        ("sql",): ["SELECT 1", *archive],
        ("info",): archive,
        ("verify",): archive,
        ("compact",): archive,
        ("export",): [str(tmp_path / "out"), *archive],
        ("import",): [str(tmp_path / "out"), "--archive", str(tmp_path / "copy")],
        ("events",): ["--output", str(tmp_path / "events.jsonl"), *archive],
        ("dyad",): ["RUS", "EU", *archive],
        ("trails",): archive,
        ("trail",): ["a#s1", str(told)],
        ("position",): ["Ada Brandt", "--on", "taxes", *archive],
        ("users", "add"): ["ada", *users],
        ("users", "list"): users,
        ("users", "remove"): ["ada", *users],
        ("eval", "trails"): [str(gold), str(groups), str(records)],
        ("eval", "positions"): [str(turns), str(records)],
        ("eval", "stances"): [str(felt)],
        ("eval", "topics"): [str(topics), str(gold)],
        ("eval", "events"): [str(pairs)],
        ("eval", "attribution"): [str(gold)],
        ("eval", "record"): [str(gold)],
        ("eval", "speakers"): [str(gold), str(speakers)],
        ("eval", "gap"): [str(gap)],
        ("eval", "links"): [str(gold)],
        ("eval", "datelines"): [str(gold)],
        ("eval", "calibration"): [str(gold)],
        ("bench",): [str(gold), "--rounds", "1"],
    }


@pytest.mark.model
@pytest.mark.usefixtures("watched")
def test_every_command_names_one_that_there_is(calls: dict[tuple[str, ...], list[str]]) -> None:
    # of demo, see test_cli_demo.py; serve goes on until it is stopped, and mcp speaks to a program
    assert set(calls) | {("demo",), ("serve",), ("mcp",)} == COMMANDS
    for command, arguments in calls.items():
        words = named(run(*command, *arguments))
        if command in {("add",), ("reread",), ("search",), ("sql",), ("info",), ("verify",), ("compact",)}:
            assert words[-2:] == calls["search",], "the archive that was given is given again"


@pytest.mark.model
@pytest.mark.usefixtures("watched")
def test_the_searches_that_are_named_can_be_made(calls: dict[tuple[str, ...], list[str]]) -> None:
    archive = calls["search",]
    run("add", *calls["add",])
    counts = named(run("search", "taxes", "--min-confidence", "0.1", *archive))
    assert counts == ["search", "taxes", "--min-confidence", "0.1", "--facets", *archive]
    narrower = named(run(*counts))
    assert narrower == ["search", "taxes", "--speaker", "Ada Brandt", "--min-confidence", "0.1", *archive]
    assert "Brandt" in run(*narrower).stdout
    assert named(run("search", "zzzzz", *archive)) == ["search", "--facets", *archive]


@pytest.mark.model
@pytest.mark.usefixtures("watched")
def test_nothing_is_added_to_data(calls: dict[tuple[str, ...], list[str]]) -> None:
    archive = calls["search",]
    run("add", *calls["add",])
    for arguments in (("search",), ("search", "--facets"), ("sql", "SELECT 1")):
        assert run(*arguments, "--format", "json", *archive).stderr == ""
    assert run("info", "--json", *archive).stderr == ""
    assert run("read", calls["add",][0], "--format", "json").stderr == ""
    assert run("eval", "attribution", *calls["eval", "attribution"], "--json").stderr == ""


@pytest.mark.usefixtures("watched")
def test_who_knows_the_way_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(cli_next.SILENCE, "off")
    cli_next.say_next("search")
    assert capsys.readouterr().err == ""


def test_names_with_blanks_are_quoted_and_many_are_one_word() -> None:
    assert cli_next.written("add", "my news", archive=Path("my archive")) == (
        "onrecord add 'my news' --archive 'my archive'"
    )
    assert list(cli_next.few(["a", "b", "c"])) == ["a", "b", "c"]
    assert list(cli_next.few(["a", "b", "c", "d"])) == ["PATHS"]


@pytest.mark.parametrize("piped", [False, True])
def test_it_takes_a_terminal(piped: bool) -> None:
    ours, theirs = pty.openpty()
    script = "from onrecord.cli_next import say_next; say_next('info')"
    subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.DEVNULL if piped else theirs, stderr=theirs, check=True
    )
    os.write(theirs, b"end\n")
    assert ("next: onrecord info" in os.read(ours, 1000).decode()) is not piped
