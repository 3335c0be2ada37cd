"""Gold that stands in a file line by line, one JSON object each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError

Row = dict[str, Any]


def load_lines(path: str | Path, check: Callable[[Row], Row], wanted: str) -> list[Row]:
    """The rows of a file as `check` gives them back; it raises KeyError or TypeError for what is not `wanted`.

    Raises GoldError naming the line and what is wrong with it, and for a file without a row.
    """
    rows: list[Row] = []
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                rows.append(check(json.loads(line)))
            except (json.JSONDecodeError, TypeError, KeyError) as error:
                raise GoldError(f"{path}:{number}: not a row with {wanted} ({error})") from error
    if not rows:
        raise GoldError(f"{path}: holds no row")
    return rows
