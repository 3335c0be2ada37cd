"""The commands as a person runs them, on the packaged samples and on bad input."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import onrecord
from web_server import Reply, Server

pytestmark = pytest.mark.model

SAMPLES = str(files("onrecord.samples"))


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)


def test_read_writes_records_as_json_lines() -> None:
    done = run("read", SAMPLES, "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert len(records) == 31
    for record in records:
        speakers = {e["id"] for e in record["entities"]} | {None}
        assert record["statements"], record["id"]
        assert all(s["speaker"] in speakers for s in record["statements"])


def test_the_table_is_the_default() -> None:
    done = run("read", f"{SAMPLES}/wire-strait.txt")
    assert done.returncode == 0
    assert "speaker" in done.stdout


def test_the_page_holds_every_article(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("read", SAMPLES, "--format", "html", "-o", str(page)).returncode == 0
    assert page.read_text("utf-8").count("<article") >= 31


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "lines.jsonl").write_text('{"id": "x", "text": "He said no."}\nnot json\n{"id": "y"}\n')
    done = run("read", str(tmp_path), str(tmp_path / "missing.txt"), "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["x"]
    assert done.returncode == 1
    errors = done.stderr.splitlines()
    assert len(errors) == 6
    assert errors[-1] == "5 could not be read"
    for line, name in zip(
        errors, ["empty.txt", "lines.jsonl:2", "lines.jsonl:3", "picture.txt", "missing.txt"], strict=False
    ):
        assert name in line


def test_standard_input() -> None:
    done = run("read", "-", "--format", "json", stdin="The plan is dead, the minister said.")
    (record,) = json.loads(done.stdout)
    assert record["text"] == "The plan is dead, the minister said."


def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = run("read", SAMPLES, "-o", str(tmp_path / "no" / "such" / "file"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_eval_on_gold_of_ones_own(tmp_path: Path) -> None:
    text = "Taxes will fall, Ada Brandt said."
    gold = {"source": [[18, 28]], "cue": [[29, 33]], "content": [[0, 16]]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "g", "text": text, "attributions": [gold]}))
    done = run("eval", "attribution", str(path), "--json")
    assert json.loads(done.stdout)["counts"]["articles"] == 1


def test_python_reads_text_and_files(tmp_path: Path) -> None:
    text = "Taxes will fall, Ada Brandt said."
    path = tmp_path / "story.txt"
    path.write_text(text)
    assert onrecord.read(text) == onrecord.read(path) == onrecord.read(str(path))
    record = onrecord.read(text)
    assert record.to_dict()["text"] == text
    assert "Brandt" in record._repr_html_()


def test_a_file_of_many_articles_says_what_to_call() -> None:
    with pytest.raises(onrecord.InputError, match="read_all"):
        onrecord.read(f"{SAMPLES}/two-stories.jsonl")


def test_the_surface_is_what_is_exported() -> None:
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)
    assert sorted(onrecord.__all__) == onrecord.__all__


def test_table_from_standard_input_with_columns_of_other_names() -> None:
    table = "paper;body\nCourier;Taxes will fall, Ada Brandt said.\n"
    columns = ("--column", "text=body", "--column", "outlet=paper")
    done = run("read", "-", "--from", "csv", *columns, "--format", "jsonl", stdin=table)
    (record,) = (json.loads(line) for line in done.stdout.splitlines())
    assert (record["outlet"], len(record["statements"])) == ("Courier", 1)


def test_column_that_is_no_field_says_which_are() -> None:
    done = run("read", "-", "--column", "body=text")
    assert done.returncode == 2
    assert "FIELD one of" in " ".join(done.stderr.replace("│", " ").split())


def test_python_reads_an_address(server: Server) -> None:
    story = "Taxes will fall, Ada Brandt said."
    server.pages["/a.txt"] = Reply(story.encode(), headers={"Content-Type": "text/plain"})
    record = onrecord.read(f"{server.url}/a.txt")
    assert (record.article.text, record.article.url) == (story, f"{server.url}/a.txt")
    assert onrecord.read(f"{server.url}/a.txt says so.").article.url is None
