"""The first minute: `onrecord demo` from an empty directory."""

import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.explore.shown import missing_files

pytestmark = pytest.mark.model
# stands for the browser: goes where it is sent, and keeps what it is shown
BROWSER = """import pathlib, sys, urllib.request
jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
shown = jar.open(sys.argv[1], timeout=30)
pathlib.Path("shown.html").write_text(shown.geturl() + shown.read().decode())
"""


def environment(folder: Path) -> dict[str, str]:
    """A data folder of this test's own, and a main archive that the environment names."""
    return {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "ONRECORD_ARCHIVE": str(folder / "main")}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment(folder), check=False)


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
    assert "http://127.0.0.1:8765" in commands[0] or "hatch_build.py" in commands[0]
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


@pytest.mark.skipif(bool(missing_files()), reason="needs the front-end libraries (python hatch_build.py)")
def test_where_a_person_is_looking_it_opens_the_briefing(filled: tuple[Path, str]) -> None:
    folder, _ = filled
    (folder / "browser.py").write_text(BROWSER)
    browser = f"{shlex.join([sys.executable, str(folder / 'browser.py')])} %s"
    own, terminal = pty.openpty()
    serving = subprocess.Popen(
        [sys.executable, "-m", "onrecord.cli", "demo"], cwd=folder, stdout=terminal, stderr=terminal,
        env=environment(folder) | {"BROWSER": browser},
    )  # fmt: skip
    try:
        for _ in range(600):
            if (folder / "shown.html").exists() or serving.poll() is not None:
                break
            time.sleep(0.1)
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=30) == 0, os.read(own, 10_000).decode()
    finally:
        serving.kill()
    shown = (folder / "shown.html").read_text()
    assert "token" not in shown.splitlines()[0]
    assert "251 statements in 24 articles" in shown
    assert "onrecord search --archive" in os.read(own, 10_000).decode()
