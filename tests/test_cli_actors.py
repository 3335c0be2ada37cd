"""`actors`, `same` and `different` as a person runs them, on records made by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli import app
from onrecord.errors import OnrecordError
from onrecord.export.jsonl import write_jsonl
from onrecord.records import Article, Entity, Record


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    names = (("a", "Ilse Varen"), ("b", "Ilse Varen"), ("c", "Jo Harl"))
    made = [
        Record(Article(n, name, published="2019-05-03"), (Entity("e1", name, "person", True, role="pilot"),), ())
        for n, name in names
    ]
    with path.open("w", encoding="utf-8") as stream:
        write_jsonl(made, stream)
    return path


def test_the_table_shows_each_actor_once(records: Path) -> None:
    done = run("actors", records)
    assert done.exit_code == 0
    assert done.stdout.split()[:5] == ["id", "name", "kind", "code", "articles"]
    assert done.stdout.count("person") == 2


def test_json_lines_hold_aliases_roles_and_members(records: Path) -> None:
    done = run("actors", records, "--format", "jsonl")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["name"], first["articles"], first["aliases"]) == ("Ilse Varen", 2, [["Ilse Varen", 2]])
    assert first["roles"] == [{"role": "pilot", "first": "2019-05-03", "last": "2019-05-03", "articles": 2}]
    assert first["members"] == [["a", "e1"], ["b", "e1"]]
    assert second["name"] == "Jo Harl"
    assert json.loads(run("actors", records, "--format", "json").stdout) == [first, second]


def test_decisions_are_stored_and_followed(records: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    ada, *_ = (json.loads(line) for line in run("actors", records, "-f", "jsonl").stdout.splitlines())
    done = run("same", ada["id"], "c:e1", "--decisions", file, "--by", "Jo", "--records", records)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("stored ")
    (actor,) = (json.loads(x) for x in run("actors", records, "--decisions", file, "-f", "jsonl").stdout.splitlines())
    assert actor["articles"] == 3
    assert run("different", "a:e1", "b:e1", "--decisions", file, "--by", "Jo", "--note", "sisters").exit_code == 0
    found = run("actors", records, "--decisions", file, "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["articles"] for line in found] == [2, 1]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["same", "Varen", "a:e1"], "'Varen': is neither an actor's id nor ARTICLE:ENTITY"),
        (["same", "a:e1", "a:e1"], "a:e1: is on both sides"),
        (["different", "a:e1", "z:e9", "--records", "RECORDS"], "z:e9: is not in "),
    ],
)
def test_a_decision_that_cannot_be_is_refused(records: Path, tmp_path: Path, arguments: list[str], why: str) -> None:
    given = [str(records) if a == "RECORDS" else a for a in arguments]
    done = run(*given, "--decisions", tmp_path / "d.jsonl", "--by", "Jo")
    assert isinstance(done.exception, OnrecordError)
    assert str(done.exception).startswith(why)
    assert not (tmp_path / "d.jsonl").exists()


def test_bad_lines_are_told_and_counted_and_the_rest_goes_on(records: Path, tmp_path: Path) -> None:
    records.write_text(records.read_text("utf-8") + '{"id": "x"}\n', "utf-8")
    done = run("actors", records, tmp_path / "missing.jsonl", "-f", "jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert "records.jsonl:4: text is missing" in done.stderr
    assert "missing.jsonl: no such file of records" in done.stderr
    assert done.stderr.endswith("2 could not be read\n")


def test_a_decision_that_finds_nobody_is_a_warning(records: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    run("same", "a:e1", "z:e9", "--decisions", file, "--by", "Jo")
    done = run("actors", records, "--decisions", file)
    assert done.exit_code == 0
    assert "z:e9 is in none of the articles given" in done.stderr
