"""An explorer to measure or to picture."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ONRECORD = (sys.executable, "-m", "onrecord.cli")
"""The command line, as words of a command."""


@contextlib.contextmanager
def served(place: Path) -> Iterator[str]:
    """An archive's explorer in a process of its own: its address."""
    command = [*ONRECORD, "serve", "--archive", place, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().partition("/enter")[0]
        finally:
            process.terminate()
