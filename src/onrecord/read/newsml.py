"""NewsML-G2 items to articles: a newsItem, or all that are in a newsMessage. Their text is NITF, XHTML or plain."""

import re
from typing import Any

from onrecord.errors import Damaged, InputError, NoArticle
from onrecord.read.dates import iso_date
from onrecord.read.fields import ArticleFields, Draft, Finds
from onrecord.read.jsonld import split_names
from onrecord.read.markup import body_or_complain, local_name, text_of_html, text_of_tree

_NS = {"n": "http://iptc.org/std/nar/2006-10-01/"}
_DATES = ("n:itemMeta/n:firstCreated", "n:contentMeta/n:contentCreated", "n:itemMeta/n:versionCreated")
_WITHDRAWN = re.compile(r"(^|[:/])(canceled|withheld)$")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_newsml(root: Any, where: str) -> Finds:
    """The articles of a parsed NewsML-G2 document.

    In a newsMessage, packages and concepts beside the news items are passed over, for they only point to those; items
    without a text come as NoArticle in their place. Raises NoArticle when there is no news item at all.
    """
    if local_name(root) == "newsItem":
        yield _article(root, where)
        return
    items = root.findall("n:itemSet/n:newsItem", _NS)
    if not items:
        raise NoArticle(where, f"is a {local_name(root)} that holds no news item")
    for number, item in enumerate(items, 1):
        try:
            yield _article(item, f"{where}, item {number}")
        except InputError as error:
            yield error


def _article(item: Any, where: str) -> Draft:
    status = item.find("n:itemMeta/n:pubStatus", _NS)
    withdrawn = _WITHDRAWN.search(status.get("qcode") or status.get("uri") or "") if status is not None else None
    if withdrawn:
        raise NoArticle(where, f"is a news item that its publisher has {withdrawn[2]}")
    text = body_or_complain(_body(item, where), where, f"a news item{_of_class(item)}")
    guid = item.get("guid")
    link = item.find("n:itemMeta/n:link[@rel='irel:publishedAs']", _NS)
    candidates = [link.get("href") if link is not None else None, guid]
    return Draft(
        text,
        ArticleFields(
            id=guid,
            url=next((url for url in candidates if url and re.match(r"https?://", url)), None),
            outlet=_outlet(item),
            title=_words(item, "n:contentMeta/n:headline") or _words(item, "n:itemMeta/n:title"),
            byline=_byline(item),
            language=_language(item),
            published=_published(item, where),
        ),
    )


def _body(item: Any, where: str) -> str:
    """The first content with a text; an item may carry its text in several forms."""
    for content in item.findall("n:contentSet/*", _NS):
        kind = (content.get("contenttype") or "").lower()
        if local_name(content) == "inlineXML":
            # the article of a NITF document is its content, of an XHTML page its body
            text = text_of_tree(_first(content, "body.content", "body"))
        elif local_name(content) == "inlineData" and not content.get("encoding"):
            data = "".join(content.itertext())
            text = text_of_html(data) if "html" in kind else data
        else:
            continue
        if text.strip():
            return text
    return ""


def _first(content: Any, *names: str) -> Any:
    for name in names:
        found = next((element for element in content.iter("{*}" + name)), None)
        if found is not None:
            return found
    return content


def _outlet(item: Any) -> str | None:
    for path in ("n:contentMeta/n:infoSource", "n:itemMeta/n:provider", "n:rightsInfo/n:copyrightHolder"):
        element = item.find(path, _NS)
        if element is not None:
            name = _words(element, "n:name") or element.get("literal") or element.get("qcode", "").rpartition(":")[2]
            if name:
                return str(name)
    return None


def _byline(item: Any) -> tuple[str, ...]:
    by = _words(item, "n:contentMeta/n:by")
    names = [by] if by else [_words(creator, "n:name") for creator in item.findall("n:contentMeta/n:creator", _NS)]
    return tuple(single for name in names if name for single in split_names(name))


def _language(item: Any) -> str | None:
    element = item.find("n:contentMeta/n:language", _NS)
    given = (element.get("tag") if element is not None else None) or item.get(_LANG) or ""
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", given)
    return match[0].lower() if match else None


def _published(item: Any, where: str) -> str | None:
    for path in _DATES:
        date = _words(item, path)
        try:
            if date:
                return iso_date(date)
        except ValueError as error:
            raise Damaged(where, f"{path.rpartition(':')[2]} is not a date ({date and date[:40]!r})") from error
    return None


def _of_class(item: Any) -> str:
    element = item.find("n:itemMeta/n:itemClass", _NS)
    return f" of class {element.get('qcode')}" if element is not None and element.get("qcode") else ""


def _words(element: Any, path: str) -> str | None:
    found = element.find(path, _NS)
    return (" ".join("".join(found.itertext()).split()) or None) if found is not None else None
