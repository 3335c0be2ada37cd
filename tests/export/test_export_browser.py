"""The page in a real browser: Debian's chromium, driven by playwright."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from onrecord.export.html import render_page

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, record, tmp_path):
    """Opens the record's page; at the end, nothing may have gone wrong in it and nothing been asked of a network."""
    file = tmp_path / "page.html"
    file.write_text(render_page([record]), "utf-8")
    trouble, contexts = [], []

    def open_page(width=1280, height=420, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", offline=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("request", lambda request: trouble.extend([request.url] * (not request.url.startswith("file:"))))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [words for words in trouble if not words.startswith("data:")] == []


def piece(page, words):
    return page.locator(".text > *").get_by_text(words, exact=True)


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def lit(page):
    return page.locator(".text .on-words").all_text_contents()


def tab_until(page, words):
    """Press the tab key until the focus is on an element with these words."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    raise AssertionError(f"the tab key never comes to {words!r}")


def test_hovering_a_pronoun_shows_whom_it_means_and_what_named_them(opened):
    page = opened()
    piece(page, "she").hover()
    expect(page.locator(".tip")).to_be_visible()
    expect(page.locator(".tip p")).to_have_text(
        [
            "Ilse Varen",
            "person · Foreign Minister · MRN",
            "last named before as “Ilse Varen”",
            "as the speaker: check 0.55",
        ]
    )
    expect(piece(page, "Ilse Varen")).to_contain_class("on-naming")
    page.locator("h2").hover()
    expect(page.locator(".tip")).to_be_hidden()
    expect(piece(page, "Ilse Varen")).not_to_contain_class("on-naming")


def test_the_title_gives_way_to_the_tip_and_comes_back(opened):
    page = opened()
    title = piece(page, "she").get_attribute("title")
    piece(page, "she").hover()
    assert piece(page, "she").get_attribute("title") is None
    page.locator("h2").hover()
    assert piece(page, "she").get_attribute("title") == title


def test_the_tab_key_comes_to_a_pronoun(opened):
    page = opened()
    tab_until(page, "she")
    expect(page.locator(".tip")).to_contain_text("Ilse Varen")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()


def test_enter_on_a_name_leads_to_who_is_meant(opened):
    page = opened()
    tab_until(page, "Varen")
    page.keyboard.press("Enter")
    assert page.url.endswith("#wire-1/e1")
    expect(page.locator("[data-entity=e1]")).to_be_in_viewport()


def test_tabbing_through_a_ribbon_lights_the_words_of_each_link(opened):
    page = opened()
    page.locator("[id='wire-1/s1'] .who a").focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append((focused(page), "".join(lit(page))))
        expect(page.locator(".text .on-words").first).to_be_in_viewport()
    assert seen == [
        ("Ilse Varen", "Foreign Minister Ilse Varen"),
        ("Harbour Post", "Harbour Post"),
        ("CORAL", "CORAL"),
        ("interview", "interview"),
    ]
    page.keyboard.press("Tab")
    assert focused(page) == "s1"  # the outlet stands nowhere in the text: it is no link


def test_following_a_link_goes_to_its_words(opened):
    page = opened(height=300)
    link = page.locator("[id='wire-1/s2']").get_by_role("link", name="interview")
    link.scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    link.click()
    assert lit(page) == ["interview"]
    expect(piece(page, "interview")).to_be_in_viewport()
    assert "/at/" in page.url
    page.locator("h2").hover()  # a chosen link stays lit
    assert lit(page) == ["interview"]


def test_the_way_of_the_chosen_statement_stands_above_the_text(opened):
    page = opened()
    bar = page.locator(".chosen")
    expect(bar).to_have_text("Choose a statement to see how it came.")
    piece(page, "Ilse Varen").click()
    assert bar.locator("li > *:first-child").all_text_contents() == [
        "Ilse Varen",
        "Harbour Post",
        "CORAL",
        "Coral News Agency",
        "interview",
    ]
    bar.get_by_role("link", name="Harbour Post").click()
    assert lit(page) == ["Harbour Post"]


def test_on_a_narrow_page_the_card_of_a_link_stays_in_sight(opened):
    page = opened(width=400, height=700)
    page.locator("[id='wire-1/s1'] .who a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert (focused(page), lit(page)) == ("Harbour Post", ["Harbour Post"])
    expect(page.locator("[id='wire-1/s1']").get_by_role("link", name="Harbour Post")).to_be_in_viewport()
    expect(piece(page, "Harbour Post")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_permanent_link_opens_its_statement_and_its_words(opened):
    page = opened()
    url = page.url
    page.goto(f"{url}#wire-1/s5")
    expect(page.locator("[id='wire-1/s5']")).to_contain_class("on")
    start = piece(page, "Harbour Post").get_attribute("id")
    page.goto(f"{url}#{start}")
    assert lit(page) == ["Harbour Post"]


def test_without_the_script_links_and_titles_still_tell(opened):
    page = opened(height=300, java_script_enabled=False)
    expect(page.locator(".chosen")).to_be_hidden()
    assert piece(page, "she").get_attribute("title").startswith("Ilse Varen\n")
    page.locator("[id='wire-1/s2']").get_by_role("link", name="interview").click()
    expect(page.locator(".text :target")).to_have_text("interview")
    expect(page.locator(".text :target")).to_be_in_viewport()
    piece(page, "she").click()
    expect(page.locator("[data-entity=e1]")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("selector", [".text .mention", ".card .source", ".tag", ".ribbon a", ".ribbon small"])
def test_words_stand_out_from_their_ground(opened, scheme, selector):
    page = opened(color_scheme=scheme)
    assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5  # the least that WCAG 2.2 AA allows


CONTRAST = """element => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (c) => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map(linear)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  let ground = element;
  while (ground && (rgb(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
  const [a, b] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(rgb).map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
"""The contrast of an element's words with the first ground behind them, as WCAG counts it: 1 to 21."""
