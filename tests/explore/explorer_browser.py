"""What the tests in a real browser share: Debian's chromium, driven by playwright, and an explorer on a free port."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from explorer_client import TOKEN
from playwright.sync_api import Browser, Page

from onrecord.explore.app import application
from onrecord.explore.explorer import Explorer
from onrecord.explore.settings import Settings
from onrecord.explore.shown import missing_files
from onrecord.store.archive import Archive

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
NEEDED = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)"),
    pytest.mark.skipif(bool(missing_files()), reason="needs the front-end libraries (python hatch_build.py)"),
]
Open = Callable[..., Page]


@contextmanager
def listening(archive: Archive) -> Iterator[str]:
    """The address of an explorer over an archive, for as long as the block lasts."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        settings = Settings(TOKEN, port=listener.getsockname()[1], person="Jo Harl")
        server = uvicorn.Server(uvicorn.Config(application(Explorer.of(archive, settings)), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield settings.address
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def opening(browser: Browser, address: str) -> Iterator[Open]:
    """Opens pages; at the end, nothing may have gone wrong in them, and nothing been asked of another address."""
    trouble: list[str] = []
    contexts = []

    def open_page(path: str, width: int = 1280, refused: str = "\0", **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", base_url=address, **options
        )  # type: ignore[arg-type]
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        # of an answer that was refused on purpose, chromium says so itself
        page.on("console", lambda message: None if refused in message.text else trouble.append(message.text))
        page.on("request", lambda request: None if _ours(request.url, address) else trouble.append(request.url))
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def _ours(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


def assert_fits_and_is_open_to_all(page: Page, width: int) -> None:
    """Nothing stands out of the page, and axe finds nothing that keeps people out."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if not AXE.exists():
        pytest.skip("needs axe-core (npm ci)")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300]) for v in grave] == []
