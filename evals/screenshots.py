"""Pictures of the explorer's pages for the README, from the packaged affair.

    python evals/screenshots.py [docs/screenshots]

Fills an archive with `onrecord demo`, serves it as `onrecord serve` does, and takes pictures with chromium, as WebP.
"""

import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from serving import ONRECORD, served

_WIDTH, _HEIGHT = 1280, 800
_LARGEST = 150_000
"""Bytes that a picture may have."""


@dataclass(frozen=True)
class Shot:
    """A page, what is done on it before the picture is taken, and by day or by night."""

    name: str
    path: str
    hover: str | None = None
    scheme: str = "light"


SHOTS = (
    Shot("briefing", "/"),
    Shot("record", "/record?q=beacons+OR+satellite"),
    Shot("reader", "/read/affair-09-interview", hover=".text .mention:text-is('him')"),
    Shot("pair", "/pair/Chile/New%20Zealand"),
    Shot("dossier-dark", "/actor/Harriet%20Penwarden", scheme="dark"),
)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, _demo(Path(made) / "demo") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        for shot in SHOTS:
            picture = taken(browser, address, shot)
            if len(picture) > _LARGEST:
                raise SystemExit(f"{shot.name}: {len(picture):,} bytes are too many")
            (folder / f"{shot.name}.webp").write_bytes(picture)
            print(f"{folder / shot.name}.webp: {len(picture) // 1_000} kB")
        browser.close()


def _demo(place: Path) -> contextlib.AbstractContextManager[str]:
    """The demo's archive, served: its address."""
    subprocess.run([*ONRECORD, "demo", "--no-open", "--archive", place], check=True, stdout=subprocess.DEVNULL)
    return served(place)


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """A picture, as WebP."""
    context = browser.new_context(
        viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme=shot.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + shot.path, wait_until="networkidle")
    if shot.hover:
        hover(page, shot.hover)
    stream = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(stream, "WEBP", quality=82, method=6)
    context.close()
    return stream.getvalue()


def hover(page: Page, selector: str) -> None:
    mark = page.locator(selector).first
    mark.hover()
    page.locator(".tip").wait_for()


if __name__ == "__main__":
    main()
