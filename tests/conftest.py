"""Fixtures of several rooms' tests."""

from collections.abc import Iterator

import pytest

from web_server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server
