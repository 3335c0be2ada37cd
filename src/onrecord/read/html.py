"""HTML pages to articles, through trafilatura.

1. parse the page
2. what it says of itself: JSON-LD first, then its meta tags, then trafilatura's reading of its layout
3. its main text
4. is that an article, or a page of links?
"""

import re
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import NoArticle
from onrecord.read.dates import iso_date
from onrecord.read.fields import ArticleFields, Draft
from onrecord.read.jsonld import PageFacts, page_facts

_DATE_NAMES = (
    *("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date"),
    *("pubdate", "publishdate", "publish_date", "date"),
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")

_TABLE_PARTS = ("tbody", "thead", "tfoot", "tr", "td", "th")
_BLOCKS = (".//p", ".//div", ".//h1", ".//h2", ".//table")
_LONGEST_FIGURE = 200

# A line of prose, against menus, captions and credits; and how much of it the shortest news item has.
_SENTENCE_END = re.compile(r"[.!?…。！？؟।]")
_SHORTEST_LINE = 25
_SHORTEST_ARTICLE = 60


def read_html(html: str, where: str) -> Draft:
    """The article of a page: its main text, one line a paragraph, as trafilatura extracts it, and what the page says
    of it (title, byline, published, outlet, canonical URL, language).

    Raises NoArticle when there is no text, or no more than links and labels, and also, saying so, when trafilatura
    fails on the page.
    """
    try:
        tree = _parse(html)
        if tree is None:
            raise NoArticle(where, "is not HTML that can be parsed")
        facts = page_facts(script.text_content() for script in tree.iterfind(".//script[@type='application/ld+json']"))
        fields = _fields(tree, facts, html)
        links = {_one_line(link.text_content()) for link in tree.iter("a")}
        is_article = facts.is_article or _meta(tree).get("og:type", "").lower() == "article"
        text = _main_text(tree, where)
    except NoArticle:
        raise
    except Exception as error:
        # Other people's pages find the extractor's bugs. One page must not stop a batch, nor its loss go unnoticed.
        why = f"the extraction of its text failed ({type(error).__name__}: {_one_line(str(error))})"
        raise NoArticle(where, why) from error
    if not _is_prose(text, links, is_article):
        raise NoArticle(where, "holds no article, only links and labels")
    return Draft(text, fields)


def _parse(html: str) -> Any:
    """The page as an lxml tree, None when there is nothing to parse."""
    from trafilatura import load_html

    # It refuses what does not show by its first characters that it is HTML, as parts of pages and pages saved with a
    # comment on top do not. The extra line counts for nothing: offsets count into the text extracted.
    opens_as_html = re.match(r"\s*<(!doctype html|html)", html, re.IGNORECASE)
    return load_html(html if opens_as_html else f"<!DOCTYPE html>\n{html}")


def _main_text(tree: Any, where: str) -> str:
    from trafilatura import bare_extraction, html2txt

    _unwrap_layout_tables(tree)
    document = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    text = document.text if document else None
    if text and text.strip():
        return str(text)
    # trafilatura gives None for a page without text and for any TypeError or ValueError of its own: tell them apart
    size = len(html2txt(tree))
    if size > _SHORTEST_ARTICLE:
        raise NoArticle(where, f"no article could be found in its {size} characters of text")
    raise NoArticle(where, "holds no text")


def _unwrap_layout_tables(tree: Any) -> None:
    """Makes plain blocks of the tables in which old pages arrange their columns. Tables of figures are left out of the
    text; with them, these would go too, or come as one line between bars."""
    for table in list(tree.iter("table")):
        parts = [part for part in table.iter(*_TABLE_PARTS) if next(part.iterancestors("table"), None) is table]
        if _holds_prose(parts):
            for part in [table, *parts]:
                part.tag = "div"


def _holds_prose(parts: list[Any]) -> bool:
    """Whether a table's rows and cells hold blocks of text, or cells longer than any figure or label."""
    blocks = any(part.find(path) is not None for part in parts for path in _BLOCKS)
    return blocks or any(len(part.text_content()) > _LONGEST_FIGURE for part in parts if part.tag == "td")


def _is_prose(text: str, links: set[str], is_article: bool) -> bool:
    """Whether a text has sentences beside the words of links. The page's own word that it is an article counts for
    scripts without marks at the end of a sentence, and for news in one line."""
    lines = [line for line in map(_one_line, text.splitlines()) if line not in links]
    if is_article:
        return bool("".join(lines))
    prose = [line for line in lines if len(line) >= _SHORTEST_LINE and _SENTENCE_END.search(line)]
    return sum(map(len, prose)) >= _SHORTEST_ARTICLE


def _fields(tree: Any, facts: PageFacts, html: str) -> ArticleFields:
    from trafilatura import extract_metadata

    # extensive=False: the extensive search takes any date in the page, a copyright's year too, for the article's
    guessed = extract_metadata(tree, extensive=False)
    meta = _meta(tree)
    return ArticleFields(
        url=_url(tree, facts, meta, html),
        outlet=facts.outlet or meta.get("og:site_name") or guessed.sitename,
        title=facts.headline or guessed.title,
        byline=facts.authors or tuple(filter(None, (guessed.author or "").split("; "))),
        language=_language(tree, facts, meta),
        published=facts.published or _date(tree, meta) or guessed.date,
    )


def _meta(tree: Any) -> dict[str, str]:
    """The meta tags by property, name or itemprop in lower case; the first of each that is not blank."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
        content = _one_line(tag.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _date(tree: Any, meta: dict[str, str]) -> str | None:
    """The date and time that the page's tags give, the first that is one; pages give several."""
    tagged = [meta[name] for name in _DATE_NAMES if name in meta]
    timed = [tag.get("datetime") for tag in tree.xpath(".//time[@datetime][@pubdate or @itemprop='datePublished']")]
    for candidate in tagged + timed:
        try:
            return iso_date(candidate)
        except ValueError:
            continue
    return None


def _url(tree: Any, facts: PageFacts, meta: dict[str, str], html: str) -> str | None:
    """The canonical address; failing that, the one a browser noted when it saved the page."""
    base = meta.get("og:url") or facts.url or ""
    links = [link.get("href") for link in tree.xpath(".//link[@rel='canonical'][@href]")]
    saved = _SAVED_FROM.search(html[:4096])
    candidates = [urljoin(base, link.strip()) for link in links] + [facts.url, meta.get("og:url"), saved and saved[1]]
    return next((url for url in candidates if url and re.match(r"https?://[^/]", url)), None)


def _language(tree: Any, facts: PageFacts, meta: dict[str, str]) -> str | None:
    """The language's two or three letters, without region and script."""
    candidates = [
        tree.get("lang"),
        tree.get("xml:lang"),
        facts.language,
        meta.get("content-language"),
        meta.get("og:locale"),
    ]
    found = next((match for value in candidates if value and (match := _LANGUAGE.match(value.strip()))), None)
    return found[0].lower() if found else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
