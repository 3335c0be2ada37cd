"""The pages in a real browser: Debian's chromium, driven by playwright."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from affair_records import affair
from explorer_browser import NEEDED, Open, assert_fits_and_is_open_to_all, listening
from explorer_client import TOKEN
from playwright.sync_api import expect
from starlette.testclient import TestClient

from onrecord.store.archive import Archive

pytestmark = NEEDED
PAGES = {
    "briefing": "/",
    "record": "/record",
    "answer": "/record?q=strait&speaker=Oren+Madakh",
    "nothing": "/record?q=zzzz",
    "compare": "/compare?a=strait&b=speaker%3DVaren",
    "reader": "/read/strait",
    "actors": "/actors",
    "dossier": "/actor/Ilse%20Varen",
    "pairs": "/pairs",
    "pair": "/pair/Tovia/Marenia",
    "run": "/run",
    "token": "/enter",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An explorer over an archive of this file's own, served on a free port."""
    archive = Archive.make(tmp_path_factory.mktemp("browser") / "news.archive")
    archive.add(affair())
    with listening(archive) as address:
        yield address


def test_search_as_one_types(opened: Open, address: str) -> None:
    page = opened("/record")
    page.keyboard.press("/")
    page.keyboard.type("strait")
    expect(page.locator(".count")).to_have_text("3 statements")
    expect(page).to_have_url(f"{address}/record?q=strait")
    expect(page.locator(".hit mark").first).to_have_text("strait")


def test_a_facet_narrows_down_and_a_chip_lets_go(opened: Open) -> None:
    page = opened("/record?q=strait")
    page.locator(".facet").get_by_role("link", name="Oren Madakh").click()
    expect(page.locator(".count")).to_have_text("2 statements")
    page.get_by_role("link", name="let go of speaker: Oren Madakh").click()
    expect(page.locator(".count")).to_have_text("3 statements")


def test_brushing_the_timeline_keeps_to_its_days(opened: Open) -> None:
    page = opened("/record")
    chart = page.locator(".chart canvas").first
    box = chart.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.07, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, y, steps=8)
    page.mouse.up()
    expect(page.locator("#asking [name=since]")).not_to_have_value("")
    expect(page.locator(".chip").first).to_contain_text("since: 2020-11-0")
    assert int(page.locator(".count strong").inner_text()) < 10


def test_comparing_two_searches(opened: Open, address: str) -> None:
    page = opened("/record?q=strait")
    page.get_by_role("link", name="Compare").click()
    page.get_by_label("Second search").fill("speaker=Varen")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(f"{address}/compare?a=q%3Dstrait&b=speaker%3DVaren")
    expect(page.locator("h2[class^=swatch] small")).to_have_text(["3 statements", "4 statements"])
    expect(page.locator(".chart canvas")).to_be_visible()


@pytest.mark.parametrize(
    ("label", "start"),
    [("URL", "http://127.0.0.1:"), ("SQL", "select article, id"), ("Python", "from pathlib import Path")],
)
def test_copying_a_search(opened: Open, label: str, start: str) -> None:
    page = opened("/record?q=strait&speaker=Madakh")
    page.get_by_text("Copy as").click()
    page.get_by_role("button", name=label).click()
    expect(page.get_by_role("button", name=label)).to_contain_class("done")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(start)
    if label == "URL":
        page.goto(copied)
        expect(page.locator(".count")).to_have_text("2 statements")


def test_what_is_added_is_shown_as_it_comes_in(opened: Open) -> None:
    page = opened("/run")
    expect(page.locator(".state")).to_contain_text("Articles are coming in")
    expect(page.locator(".figures")).to_contain_text("articles9")
    expect(page.locator(".models")).to_contain_text("test-1")


def test_copying_a_search_as_a_command(opened: Open) -> None:
    page = opened("/record?q=%22northern+strait%22&speaker=Madakh")
    page.get_by_text("Copy as").click()
    page.get_by_role("button", name="CLI").click()
    expect(page.get_by_role("button", name="CLI")).to_contain_class("done")
    assert page.evaluate("navigator.clipboard.readText()") == "onrecord search --speaker Madakh '\"northern strait\"'"


def test_exporting_what_answers(opened: Open, tmp_path: Path) -> None:
    page = opened("/record?q=strait")
    page.get_by_text("Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text("utf-8").splitlines()
    assert lines[0].startswith("key,article")
    assert len(lines) == 4


def test_from_an_answer_through_the_reader_to_the_dossier(opened: Open) -> None:
    page = opened("/record?q=ships&speaker=Varen")
    page.locator(".hit .said").click()
    expect(page.locator(".card.on .source")).to_contain_text("Ilse Varen")
    page.locator(".text .mention").get_by_text("she", exact=True).hover()
    expect(page.locator(".tip")).to_contain_text("last named before as “Ilse Varen”")
    page.locator(".card.on").get_by_role("link", name="Dossier").click()
    expect(page.locator("h1")).to_have_text("Ilse Varen")
    expect(page.locator(".hit")).to_have_count(4)


def test_events_stand_under_their_triggers(opened: Open) -> None:
    page = opened("/read/strait")
    assert page.locator(".text [data-event]").evaluate_all("all => all.map(one => one.dataset.event)") == [
        "coerce (negated, claimed)",
        "accuse",
    ]
    event = page.locator(".event", has_text="COERCE")
    expect(event).to_contain_text("says The envoys")
    event.get_by_role("link", name="“the blockade”").click()
    expect(page.locator(".text .on-words")).to_have_text("the blockade")


def test_merging_two_names_and_undoing_it(opened: Open, address: str) -> None:
    page = opened(f"/enter?token={TOKEN}")
    expect(page).to_have_url(f"{address}/")  # the token is out of the address
    page.goto("/actor/Oren%20Madakh")
    page.get_by_label("Is the same as").fill("Madack")
    expect(page.locator("#candidates option")).to_contain_text(["Orren Madack"])
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".tabs [aria-current] b")).to_have_text("4")
    page.get_by_role("button", name="undo").click()
    expect(page.locator(".tabs [aria-current] b")).to_have_text("3")
    expect(page.locator(".decided")).to_contain_text("undone")


def test_without_the_token_nothing_is_merged(opened: Open) -> None:
    page = opened("/actor/Oren%20Madakh", refused="status of 401")
    page.get_by_label("Is the same as").fill("Madack")
    expect(page.locator("#candidates option")).to_contain_text(["Orren Madack"])
    with page.expect_response("**/join") as answer:
        page.get_by_role("button", name="Merge").click()
    assert answer.value.status == 401
    expect(page.locator("h1")).to_have_text("The token is needed")


def test_the_keyboard_alone(opened: Open) -> None:
    page = opened("/record?q=strait")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit.at")).to_have_attribute("data-key", page.locator(".hit").nth(1).get_attribute("data-key"))  # type: ignore[arg-type]
    page.keyboard.press("Enter")
    expect(page.locator(".card.on")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("b")
    expect(page.locator("h1")).to_have_text("Briefing")


@pytest.mark.parametrize("path", ["/read/evil", "/record?q=say", "/actor/Mallory%20%3Cb%3EBold%3C%2Fb%3E", "/"])
def test_hostile_text_is_shown_as_text(opened: Open, path: str) -> None:
    page = opened(path)
    expect(page.locator("main").get_by_text("<script>alert(1)</script>").first).to_be_attached()
    assert page.locator("main script, main img, main b:text-is('Bold')").count() == 0


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_is_open_to_all(opened: Open, name: str, scheme: str, width: int) -> None:
    page = opened(PAGES[name], width=width, color_scheme=scheme)
    assert_fits_and_is_open_to_all(page, width)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_large(reader: TestClient, name: str) -> None:
    answer = reader.get(PAGES[name], headers={"accept-encoding": "identity"})
    assert answer.status_code == 200
    assert len(answer.content) < 300_000
