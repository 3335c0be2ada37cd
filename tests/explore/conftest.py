"""An archive made by hand, and the explorer over it without a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from affair_records import affair
from explorer_browser import CHROMIUM, Open, opening
from explorer_client import TOKEN, serving
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from onrecord.store.archive import Archive


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.make(tmp_path_factory.mktemp("explore") / "news.archive")
    archive.add(affair())
    return archive


@pytest.fixture(scope="session")
def reader(filled: Archive) -> Iterator[TestClient]:
    """Reads only, so it may serve all tests."""
    with serving(filled) as client:
        yield client


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[TestClient]:
    """Has an archive of its own, and the token."""
    archive = Archive.make(tmp_path / "own.archive")
    archive.add(affair())
    with serving(archive) as client:
        client.headers["authorization"] = f"Bearer {TOKEN}"
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the explorer at the test file's own `address`."""
    with opening(browser, address) as open_page:
        yield open_page
