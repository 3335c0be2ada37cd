"""The first minute: `onrecord demo` from an empty directory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.model


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # a data folder of this test's own, and a main archive that the environment names
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "ONRECORD_ARCHIVE": str(folder / "main")}
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which `demo` was run, and what it wrote."""
    folder = tmp_path_factory.mktemp("first minute")
    done = run(folder, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout


def test_it_fills_an_archive_of_its_own(filled: tuple[Path, str]) -> None:
    folder, written = filled
    assert sorted(os.listdir(folder)) == ["data"]
    assert os.listdir(folder / "data" / "onrecord") == ["demo"]
    assert written.startswith(f"{folder / 'data' / 'onrecord' / 'demo'}: 24 stories")


def test_what_it_names_next_can_be_typed(filled: tuple[Path, str]) -> None:
    folder, written = filled
    commands = [line.removeprefix("next:").strip() for line in written.splitlines()[1:]]
    assert len(commands) == 3
    assert commands[0].startswith("onrecord serve --archive ")  # which goes on until it is stopped
    for command in commands[1:]:
        typed = f'"{sys.executable}" -m onrecord.cli {command.removeprefix("onrecord ")}'
        done = subprocess.run(typed, shell=True, capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stderr
        assert "Penwarden" in done.stdout or "Larraguibel" in done.stdout


def test_once_more_adds_nothing(filled: tuple[Path, str]) -> None:
    folder, written = filled
    place = str(folder / "data" / "onrecord" / "demo")
    assert run(folder, "demo").stdout == written
    assert run(folder, "verify", "--archive", place).stdout == "whole\n"
    counted = run(folder, "sql", "SELECT count(*) FROM past", "--format", "csv", "--archive", place).stdout
    assert counted.splitlines()[1] == "1"


def test_invented_stories_do_not_go_among_real_ones(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("The road is closed, the mayor said.")
    assert run(tmp_path, "add", "own.txt").returncode == 0
    done = run(tmp_path, "demo", "--archive", str(tmp_path / "main"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path / 'main'}: holds articles of your own")
    assert done.stderr.count("\n") == 1
