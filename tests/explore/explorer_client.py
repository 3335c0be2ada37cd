"""The explorer over an archive without a server, for its tests."""

from starlette.testclient import TestClient

from onrecord.explore.app import application
from onrecord.explore.explorer import Explorer
from onrecord.explore.settings import Settings
from onrecord.store.archive import Archive

TOKEN = "a-token-for-the-tests"


def serving(archive: Archive, **settings: object) -> TestClient:
    """A client of an explorer; it knows no token."""
    explorer = Explorer.of(archive, Settings(TOKEN, person="Jo Harl", **settings))  # type: ignore[arg-type]
    return TestClient(application(explorer), base_url="http://127.0.0.1:8765", raise_server_exceptions=False)
