"""The archive's commands as a person runs them."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.model

SAMPLES = str(files("onrecord.samples"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("cli") / "archive")
    done = run("add", SAMPLES, "--archive", place)
    assert (done.returncode, done.stderr) == (0, "")
    summary, pace = done.stdout.splitlines()
    assert summary == "30 added, 0 unchanged, 1 new versions, 0 read again, 0 failed"
    assert "words/s" in pace
    return place


def test_adding_again_changes_nothing_and_failures_are_counted(filled: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("add", SAMPLES, str(tmp_path), "--archive", filled)
    assert done.returncode == 1
    assert done.stdout == "0 added, 31 unchanged, 0 new versions, 0 read again, 1 failed\n"
    assert done.stderr.count("\n") == 1
    assert "empty.txt" in done.stderr


def test_search_writes_json_csv_parquet_and_a_table(filled: str, tmp_path: Path) -> None:
    asked = ("search", "pipeline", "--quote", "indirect", "--archive", filled)
    hits = json.loads(run(*asked, "--format", "json").stdout)["hits"]
    assert hits
    assert all("pipeline" in hit["content"].lower() and hit["quote"] == "indirect" for hit in hits)
    assert len(run(*asked, "--format", "csv").stdout.splitlines()) == len(hits) + 1
    path = tmp_path / "hits.parquet"
    assert run(*asked, "--format", "parquet", "-o", str(path)).returncode == 0
    assert pq.read_table(path)["key"].to_pylist() == [hit["key"] for hit in hits]
    assert hits[0]["key"] in run(*asked).stdout
    nothing = run("search", "zzzzz", "--archive", filled, "--format", "csv")
    assert nothing.stdout.startswith("key,article")


def test_pages_follow_their_cursor(filled: str) -> None:
    first = json.loads(run("search", "--limit", "5", "--archive", filled, "--format", "json").stdout)
    second = run("search", "--limit", "5", "--cursor", first["cursor"], "--archive", filled, "--format", "json").stdout
    keys = [hit["key"] for page in (first, json.loads(second)) for hit in page["hits"]]
    assert len(set(keys)) == 10


def test_facets_and_sql_agree(filled: str) -> None:
    facets = json.loads(run("search", "--facets", "--format", "json", "--archive", filled).stdout)
    (counted,) = json.loads(
        run("sql", "SELECT count(*) AS n FROM statements", "-f", "json", "--archive", filled).stdout
    )
    assert facets["total"] == counted["n"] == sum(facets["quote"].values())


def test_care(filled: str, tmp_path: Path) -> None:
    assert run("verify", "--archive", filled).stdout == "whole\n"
    assert run("compact", "--archive", filled).returncode == 0
    assert json.loads(run("info", "--json", "--archive", filled).stdout)["counts"]["articles"] == 30
    assert "30 articles" in run("info", "--archive", filled).stdout
    assert run("export", str(tmp_path / "out"), "--archive", filled).returncode == 0
    assert "30 articles" in run("import", str(tmp_path / "out"), "--archive", str(tmp_path / "copy")).stdout
    assert run("verify", "--archive", str(tmp_path / "copy")).stdout == "whole\n"


@pytest.mark.parametrize(
    "arguments", [("search", "x"), ("sql", "SELECT 1"), ("info",), ("verify",), ("export", "out"), ("compact",)]
)
def test_no_archive_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--archive", str(tmp_path / "none"))
    assert done.returncode == 1
    assert done.stderr == f"error: {tmp_path / 'none'}: no archive there; `onrecord add` makes one\n"


def test_reading_needs_no_package_of_the_archive() -> None:
    script = """
import sys
for name in ("lance", "duckdb", "pyarrow", "filelock", "platformdirs"):
    sys.modules[name] = None
import onrecord.cli
from typer.testing import CliRunner
done = CliRunner().invoke(onrecord.cli.app, ["read", sys.argv[1]])
sys.exit(done.exit_code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, f"{SAMPLES}/wire-strait.txt"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_more_like_a_statement_and_no_such_statement(filled: str) -> None:
    (first,) = json.loads(run("search", "--limit", "1", "--archive", filled, "--format", "json").stdout)["hits"]
    like = json.loads(run("like", first["key"], "--limit", "5", "--archive", filled, "--format", "json").stdout)["hits"]
    assert len({hit["key"] for hit in like} - {first["key"]}) == 5
    done = run("like", "nowhere@1#s1", "--archive", filled)
    assert done.returncode != 0
    assert "no such statement" in done.stderr
