"""JSON-LD: what a news page tells search engines about its article (schema.org)."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from onrecord.read.dates import iso_date

Node = dict[str, Any]

_ARTICLE = re.compile(r"(schema\.org/)?(\w*Article|BlogPosting|LiveBlogPosting|Report)$")
_LINK_KEYS = ("url", "@id")
# "Jane Doe, PhD" is one name, "Jane Doe, John Roe" are two
_SUFFIX = r"(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|M\.?P|Esq)\b"
_BETWEEN_NAMES = re.compile(rf"\s*;\s*|\s*,?\s+(?:and|&)\s+|\s*,\s+(?!{_SUFFIX})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What JSON-LD says of the page's article; `is_article` is False when it speaks of none."""

    is_article: bool = False
    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def page_facts(scripts: Iterable[str]) -> PageFacts:
    """The facts in a page's `application/ld+json` scripts, taken from the first article they describe.

    A script that is not JSON says nothing, as browsers and search engines have it: the page's other words stand.
    """
    nodes = [node for script in scripts for node in _nodes(_parse(script))]
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return PageFacts()
    # content systems write a graph in which the author and publisher are only named by their "@id"
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    owners = [article.get(key) for key in ("publisher", "sourceOrganization", "isPartOf")]
    return PageFacts(
        is_article=True,
        headline=plain(article.get("headline")) or plain(article.get("name")),
        authors=_authors(article.get("author") or article.get("creator"), by_id),
        published=_published(article.get("datePublished")),
        outlet=next((name for owner in owners for name in _names(owner, by_id)), None),
        url=_address(article),
        language=_language(article.get("inLanguage")),
    )


def split_names(byline: str) -> list[str]:
    """The single names in "By Jane Doe, John Roe and Mary Major"."""
    names = _BETWEEN_NAMES.split(re.sub(r"^\s*by\s+", "", byline, flags=re.IGNORECASE))
    return [name.strip() for name in names if name.strip() and not re.match(r"https?://|@", name.strip())]


def plain(value: Any) -> str | None:
    """A string without markup, entities and line breaks; None for anything that is no string or holds nothing."""
    if not isinstance(value, str):
        return None
    text = unescape(re.sub(r"<[^<>]*>", "", value))
    return " ".join(text.split()) or None


def _parse(script: str) -> Any:
    # pages wrap the JSON in comments or CDATA and leave line breaks in its strings
    bare = re.sub(r"^\s*(//)?\s*(<!\[CDATA\[|<!--)|(//)?\s*(\]\]>|-->)\s*$", "", script)
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None  # told in page_facts: a broken script is as good as none


def _nodes(value: Any) -> Iterator[Node]:
    """The nodes of a script: itself, those of a list or a graph, the page's main one."""
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _nodes(value.get(key))


def _is_article(node: Node) -> bool:
    types = node.get("@type")
    return any(
        isinstance(name, str) and _ARTICLE.search(name) for name in (types if isinstance(types, list) else [types])
    )


def _names(value: Any, by_id: dict[str, Node]) -> Iterator[str]:
    """The names of a person or organization, of a list of them, or of one that stands elsewhere in the graph."""
    if isinstance(value, list):
        for item in value:
            yield from _names(item, by_id)
    elif isinstance(value, dict):
        identity = value.get("@id")
        node = by_id.get(identity, value) if isinstance(identity, str) and "name" not in value else value
        name = node.get("name")
        if isinstance(name, list):
            yield from _names(name, by_id)
        elif found := plain(name) or plain(f"{node.get('givenName') or ''} {node.get('familyName') or ''}"):
            yield found
    elif found := plain(value):
        yield found


def _authors(value: Any, by_id: dict[str, Node]) -> tuple[str, ...]:
    names = [name for given in _names(value, by_id) for name in split_names(given)]
    return tuple(dict.fromkeys(names))


def _published(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return iso_date(value)
    except ValueError:
        return None  # one of several places where a page gives its date: the next one is asked


def _address(article: Node) -> str | None:
    page = article.get("mainEntityOfPage")
    linked = [page.get(key) for key in _LINK_KEYS] if isinstance(page, dict) else [page]
    candidates = [article.get("url"), *linked]
    return next((url for url in candidates if isinstance(url, str) and re.match(r"https?://", url)), None)


def _language(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("alternateName")
    return value if isinstance(value, str) else None
