"""What tests of several formats share: reading bytes through the whole stage."""

import io
from pathlib import Path
from typing import Any

import pytest
from reading import Read

from onrecord.errors import InputError
from onrecord.read.articles import read_articles
from onrecord.read.fields import Options
from onrecord.records import Article


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes as a file of a given name, or as standard input when it is None."""

    def read(name: str | None, data: bytes, **options: Any) -> list[Article | InputError]:
        if name is None:
            return list(read_articles(["-"], stdin=io.BytesIO(data), options=Options(**options)))
        path = tmp_path / name
        path.write_bytes(data)
        return list(read_articles([path], options=Options(**options)))

    return read
