"""`trails` and `eval trails` as a person runs them, on records made by hand."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from onrecord.cli import app
from onrecord.export.jsonl import write_jsonl
from onrecord.records import Record
from reports import record

WHOLE = "“We will not open the northern harbour to foreign frigates,”"
TOLD = "the northern harbour would open to foreign frigates"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def made() -> list[Record]:
    return [record("a", WHOLE, outlet="Courier"), record("b", TOLD, outlet="Herald", day="2021-03-05")]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        write_jsonl(made(), stream)
    return path


def test_a_line_is_a_trail(records: Path) -> None:
    done = run("trails", records, "--format", "jsonl")
    assert done.exit_code == 0, done.output
    (trail,) = map(json.loads, done.stdout.splitlines())
    assert [(m["article"], m["statement"], m["form"]) for m in trail["members"]] == [
        ("a", "s1", "verbatim"),
        ("b", "s1", "paraphrase"),
    ]
    assert (trail["speaker"], trail["first"]) == ("Mara Laven", {"article": "a", "statement": "s1"})
    assert (trail["articles"], trail["reports"]) == (2, 2)
    assert trail["members"][1]["changes"] == [{"kind": "negation gone", "was": "not", "now": ""}]
    assert json.loads(run("trails", records, "--format", "json").stdout) == [trail]


def test_the_table_shows_who_has_it_in_which_form(records: Path) -> None:
    done = run("trails", records)
    shown = " ".join(done.stdout.split())
    assert "Mara Laven · 2 articles, 2 independent reports" in shown
    assert "2021-03-05 · Herald · paraphrase" in shown
    assert "negation gone: “not” → nothing" in shown


def test_an_archive_gives_the_same_trails(records: Path, tmp_path: Path) -> None:
    pytest.importorskip("lance")
    from onrecord.store.archive import Archive

    Archive.make(tmp_path / "news.archive").add(made())
    done = run("trails", "--archive", tmp_path / "news.archive", "--format", "json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(run("trails", records, "--format", "json").stdout)
    later = run("trails", "--archive", tmp_path / "news.archive", "--since", "2021-03-05", "--format", "jsonl")
    assert later.stdout == ""


def test_the_trail_of_one_statement(records: Path, tmp_path: Path) -> None:
    (found,) = json.loads(run("trail", "b#s1", records, "--format", "json").stdout)
    assert [found] == json.loads(run("trails", records, "--format", "json").stdout)
    assert run("trail", "b#s9", records).exit_code == 2
    pytest.importorskip("lance")
    from onrecord.store.archive import Archive

    Archive.make(tmp_path / "news.archive").add(made())
    assert "2 independent reports" in run("trail", "b@1#s1", "--archive", tmp_path / "news.archive").stdout


def test_what_cannot_be_read_is_one_line_and_exit_code_1(tmp_path: Path, records: Path) -> None:
    done = run("trails", tmp_path / "none.jsonl", records, "--format", "jsonl")
    assert done.exit_code == 1
    assert "none.jsonl: no such file of records" in done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert run("trails").exit_code == 2
    assert run("trails", "--archive", tmp_path, "--since", "yesterday").exit_code == 2


def test_eval_trails_reads_records_or_trails(records: Path, tmp_path: Path) -> None:
    gold, groups, predicted = tmp_path / "gold.jsonl", tmp_path / "groups.json", tmp_path / "trails.jsonl"
    gold.write_text(records.read_text("utf-8"), "utf-8")
    both = [{"article": "a", "statement": "s1"}, {"article": "b", "statement": "s1"}]
    groups.write_text(json.dumps([{"trails": [{"members": both}]}]))
    done = run("eval", "trails", gold, groups, records, "--json")
    assert json.loads(done.stdout)["pairs"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    predicted.write_text(json.dumps({"members": both[:1]}) + "\n")
    assert "R 0.000" in run("eval", "trails", gold, groups, records, "--predicted", predicted).stdout
    predicted.write_text("{}\n")
    assert isinstance(run("eval", "trails", gold, groups, records, "--predicted", predicted).exception, Exception)
