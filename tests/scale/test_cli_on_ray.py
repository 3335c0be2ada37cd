"""`onrecord add --engine ray` as a person runs it."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord import cli_scale
from onrecord.adding import Progress
from onrecord.cli import app
from onrecord.cli_scale import summary
from onrecord.store.adding import Added


def test_without_ray_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_scale, "find_spec", lambda name: None)
    done = CliRunner().invoke(app, ["add", "x.txt", "--engine", "ray", "--archive", str(tmp_path / "a")])
    assert done.exit_code == 1
    assert str(done.exception) == "--engine ray needs Ray: pip install 'onrecord[ray]'"
    assert not (tmp_path / "a").exists()


def test_what_is_of_ray_goes_with_ray() -> None:
    done = CliRunner().invoke(app, ["add", "x.txt", "--parquet", "out"])
    assert done.exit_code == 1
    assert str(done.exception) == "--address, --gpus, --parquet and --core-hour are for --engine ray"


def test_the_summary_counts_failures_by_kind_and_the_price() -> None:
    done = Progress(Added(added=1000, unchanged=20), Counter(BadLine=2, SetAside=1), statements=4321)
    done.words, done.seconds = 72_000, 36.0
    assert summary(done, 2, 0.05).splitlines() == [
        "4,321 statements; 20 copies skipped; failures: 2 BadLine, 1 SetAside",
        "1,000 words/s a core on 2; a million articles: 20.0 core hours, 1.00 at 0.05 an hour",
    ]
    assert summary(Progress(), 2, None) == "0 statements; 0 copies skipped; failures: none"


@pytest.mark.model
def test_parquet_of_a_folder_from_one_command(tmp_path: Path) -> None:
    given = tmp_path / "a.jsonl"
    given.write_text(json.dumps({"text": "Taxes will fall, Ada Brandt said."}) + "\n")
    command = ["add", str(given), "--engine", "ray", "--processes", "1", "--parquet", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-m", "onrecord.cli", *command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "1 processes read\n")
    assert done.stdout.startswith("1 statements; 0 copies skipped; failures: none\n")
    assert "1 added, 0 unchanged" in done.stdout
    assert len(list((tmp_path / "out").glob("part-*.parquet"))) == 1
