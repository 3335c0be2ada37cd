"""Pages to articles: main text, and what the page says of itself."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NoArticle
from onrecord.read.html import read_html

FIXTURES = Path(__file__).parent / "fixtures"
PARAGRAPHS = [
    "VESSA, May 17 - Dock workers voted on Monday to extend their strike for another week, after the talks broke down.",
    "“We have offered everything we can offer,” the director of the port authority told reporters. “It is their turn.”",
    "The union said that the offer was an insult, and that nobody would go back to work before the shifts were paid.",
]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Strike</title>{head}</head><body>{body}</body></html>"


def article(head: str = "") -> str:
    return page("<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</article>", head)


def test_news_page_with_json_ld() -> None:
    draft = read_html((FIXTURES / "jsonld_news.html").read_text("utf-8"), "jsonld_news.html")
    assert draft.fields == {
        "url": "https://www.northerncourier.example/world/harbour-strike-second-week?utm_source=feed",
        "outlet": "The Northern Courier",
        "title": "Harbour strike enters second week as talks stall & tempers fray",
        "byline": ("Ada Lindqvist", "Tomas van den Berg"),
        "language": "en",
        "published": "2021-05-17T06:45:00+02:00",
    }
    assert "“We have offered everything we can offer,” the authority’s director, Marit Halvorsen, told" in draft.text
    assert not any(outside in draft.text for outside in ("Ferry timetable", "All rights reserved", "Sport"))


def test_old_page_with_meta_tags() -> None:
    draft = read_html((FIXTURES / "plain_page.html").read_text("utf-8"), "plain_page.html")
    assert draft.fields == {
        "url": None,
        "outlet": "Gazette of the Islands",
        "title": "Minister denies rift over fishing rights",
        "byline": ("Pedro Almar",),
        "language": None,
        "published": "2003-09-14",
    }
    assert draft.text.splitlines()[-1].startswith("The opposition called for a debate")
    assert "The café owners of the harbour" in draft.text
    assert "front page" not in draft.text


def test_paragraphs_are_lines() -> None:
    assert read_html(article(), "a.html").text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td><a href='/'>Home</a><br><a href='/world'>World</a></td><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>{}</td></tr></table></td></tr></table>",
    ],
)
@pytest.mark.parametrize("between", ["<p>", "<br><br>"])
def test_page_laid_out_in_tables_loses_no_sentence(body: str, between: str) -> None:
    text = read_html(page(body.format(between.join(PARAGRAPHS * 3))), "a.html").text
    assert [line.strip() for line in text.splitlines()][-9:] == PARAGRAPHS * 3


def test_table_of_figures_is_no_text() -> None:
    figures = "<table><tr><th>Party</th><th>Seats</th></tr><tr><td>Blue</td><td>12</td></tr></table>"
    assert read_html(article().replace("</article>", figures + "</article>"), "a.html").text == "\n".join(PARAGRAPHS)


def test_part_of_a_page() -> None:
    assert read_html(f"<!-- clipped --><p>{PARAGRAPHS[0]}</p>", "a.html").text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://c.example/a">', "https://c.example/a"),
        (
            '<link rel="canonical" href="/a"><meta property="og:url" content="https://c.example/b">',
            "https://c.example/a",
        ),
        ('<meta property="og:url" content="https://c.example/b">', "https://c.example/b"),
        ('<link rel="canonical" href="/a">', None),
        ('<link rel="canonical" href="">', None),
    ],
)
def test_canonical_address(head: str, url: str | None) -> None:
    assert read_html(article(head), "a.html").fields["url"] == url


def test_address_noted_by_the_browser_that_saved_the_page() -> None:
    html = "<!DOCTYPE html>\n<!-- saved from url=(0021)https://c.example/a -->\n" + article()
    assert read_html(html, "a.html").fields["url"] == "https://c.example/a"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2021-05-17T06:45:00Z">', "2021-05-17T06:45:00Z"),
        ('<meta name="pubdate" content="Mon, 17 May 2021 06:45:00 GMT">', "2021-05-17T06:45:00+00:00"),
        ('<meta name="date" content="soon"><meta name="dc.date" content="2021-05-17">', "2021-05-17"),
        ("", None),
    ],
)
def test_date_of_publication(head: str, published: str | None) -> None:
    assert read_html(article(head), "a.html").fields["published"] == published


def test_year_of_a_copyright_is_no_date_of_publication() -> None:
    html = article().replace("</body>", "<footer>Copyright 2014-2019 Courier</footer></body>")
    assert read_html(html, "a.html").fields["published"] is None


@pytest.mark.parametrize("lang", ["ru", "ru-RU", "RU_ru"])
def test_language_without_region(lang: str) -> None:
    assert read_html(article().replace("<html>", f'<html lang="{lang}">'), "a.html").fields["language"] == "ru"


def test_broken_json_ld_leaves_the_meta_tags() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle",</script><meta property="og:site_name" content="C">'
    )
    assert read_html(article(head), "a.html").fields["outlet"] == "C"


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ((FIXTURES / "navigation.html").read_text("utf-8"), "holds no article, only links and labels"),
        (page(""), "holds no text"),
        ("<!-- nothing -->", "is not HTML that can be parsed"),
        (page("<nav>Home News Sport Weather Contact About us Privacy Terms of use</nav>"), "holds no"),
        (
            page("<script>var text = 'The minister said on Monday that the talks would go on.';</script>"),
            "holds no text",
        ),
    ],
)
def test_page_without_an_article(html: str, why: str) -> None:
    with pytest.raises(NoArticle) as caught:
        read_html(html, "a.html")
    assert str(caught.value).startswith(f"a.html: {why}")


def test_failure_of_the_extractor_is_told_and_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AttributeError("'NoneType' object\nhas no attribute 'tail'")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    with pytest.raises(NoArticle, match=r"extraction of its text failed \(AttributeError: .* has no attribute"):
        read_html(article(), "a.html")


def test_nothing_is_printed_beside_the_error(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("trafilatura").propagate = False
    with pytest.raises(NoArticle):
        read_html(page(""), "a.html")
    logging.getLogger("trafilatura").propagate = True
    assert capfd.readouterr() == ("", "")


@given(st.text())
def test_any_page_is_an_article_or_none(body: str) -> None:
    failure = None
    try:
        assert read_html(page(body), "a.html").text.strip()
    except NoArticle as error:
        failure = error.__cause__
    assert failure is None
