"""The drawing of a trail in a real browser: an interview, its wire copy, a report that dropped "never"."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from explorer_browser import NEEDED, Open, assert_fits_and_is_open_to_all, listening
from playwright.sync_api import expect

from onrecord.records import Record
from onrecord.store.archive import Archive
from reports import record

pytestmark = NEEDED
TRAIL = "/trail/a@1%23s1"
WHOLE = "“We will never open the northern harbour to foreign frigates, whatever they promise us,”"
TURNED = "“we will open the northern harbour to foreign frigates, whatever they promise us”"
TOLD = "that the northern harbour would never be opened to foreign frigates, whatever was promised"


def came(told: Record, **how: object) -> Record:
    """The same with how its statements came."""
    return replace(told, statements=tuple(replace(s, **how) for s in told.statements))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = Archive.make(tmp_path_factory.mktemp("trail") / "news.archive")
    archive.add(
        [
            came(record("a", WHOLE, outlet="Harbour Post"), venue="interview", through=("Radio Avel",)),
            came(record("b", WHOLE, outlet="Lir Gazette", day="2021-03-05", agency="Coral"), through=("Radio Avel",)),
            record("c", TURNED, outlet="The Courier of the Islands and Northern Waters", day="2021-03-05"),
            record("d", TOLD, outlet="Evening <b>Star</b>", day="2021-03-08"),
        ]
    )
    with listening(archive) as address:
        yield address


def test_the_way_leads_from_the_speaker_to_each_report(opened: Open) -> None:
    page = opened(TRAIL)
    way = page.get_by_role("group", name="The way of the utterance, from Mara Laven to 4 articles")
    expect(way.locator("g text")).to_contain_text(["Mara Laven", "interview", "Radio Avel"])
    expect(way.locator("a .outlet")).to_have_text(
        ["Harbour Post", "Lir Gazette", "The Courier of … Waters", "Evening <b>Star</b>"]
    )
    expect(way.locator(".day")).to_have_text(["Mar 4, 2021", "Mar 5, 2021", "Mar 8, 2021"])
    expect(way.locator(".copied")).to_have_count(1)
    way.locator("a", has_text="Evening").click()
    expect(page.locator(".card.on .source")).to_contain_text("Mara Laven")


def test_what_may_turn_the_sense_is_flagged(opened: Open) -> None:
    page = opened(TRAIL)
    changed = page.locator(".way a.changed")
    expect(changed).to_have_count(1)
    expect(changed.locator(".flag")).to_have_text("⚑ negation gone")
    expect(changed.locator(".ring")).to_be_visible()
    expect(page.locator(".hit .change")).to_contain_text(["“never” → nothing"])


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_is_open_to_all(opened: Open, scheme: str, width: int) -> None:
    page = opened(TRAIL, width=width, color_scheme=scheme)
    shown = page.locator("main > section > .way text:visible:not(.words)")
    assert shown.count() > 10
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for one in shown.all() if (box := one.bounding_box()))
    expect(page.locator(".way .words").first).to_be_visible(visible=width > 1000)
    assert_fits_and_is_open_to_all(page, width)


def test_the_keyboard_reaches_every_report(opened: Open) -> None:
    page = opened(TRAIL)
    page.locator(".way a").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".way a").nth(1)).to_be_focused()
