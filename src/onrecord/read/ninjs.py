"""ninjs, the IPTC's news in JSON, versions 1 to 3, to articles.

Version 1 has `body_text`, `body_xhtml` and the like; 2 and 3 have lists of bodies and headlines with roles; 3 writes
its names in camel case. One reader does for all, with names compared in lower case.
"""

import re
from typing import Any

from onrecord.errors import BadLine, NoArticle
from onrecord.read.dates import iso_date
from onrecord.read.fields import ArticleFields, Draft
from onrecord.read.jsonld import plain, split_names
from onrecord.read.markup import body_or_complain, text_of_html

# the whole text, best known first; `body_caption` and the like are not the article
_ROLES = ("text", "main", "plain", "body", "xhtml", "html", "html5", "richtext", "article", "")
_DATES = ("firstcreated", "contentcreated", "versioncreated")
_WITHDRAWN = {"canceled", "cancelled", "withheld"}
_MARKUP = re.compile(r"\s*<[A-Za-z!?]")


def is_ninjs(value: Any) -> bool:
    """Whether a parsed JSON object is a ninjs item and not an article in our own fields."""
    if not isinstance(value, dict) or "uri" not in value or "text" in value:
        return False
    names = {name.lower() for name in value}
    return bool(names & {"versioncreated", "bodies", "headlines", "headline", "type", "pubstatus"}) or any(
        name.startswith("body_") for name in names
    )


def draft_of_item(item: dict[str, Any], where: str) -> Draft:
    """The article of a ninjs item. Raises NoArticle for one without a text or withdrawn, BadLine for one that is not as
    the standard has it."""
    given = {name.lower(): value for name, value in item.items()}
    status = given.get("pubstatus")
    if status in _WITHDRAWN:
        raise NoArticle(where, f"is a ninjs item that its publisher has {status}")
    text = body_or_complain(_body(given, where), where, f"a ninjs item{_of_type(given)}")
    uri = plain(given.get("uri"))
    return Draft(
        text,
        ArticleFields(
            id=uri,
            url=uri if uri and re.match(r"https?://", uri) else None,
            outlet=_outlet(given),
            title=_headline(given),
            byline=tuple(split_names(plain(given.get("byline")) or plain(given.get("by")) or "")),
            language=_language(given),
            published=_published(given, where),
        ),
    )


def _body(given: dict[str, Any], where: str) -> str:
    bodies = _bodies_by_role(given, where)
    for role in (*_ROLES, *(role for role in bodies if role not in _ROLES)):
        kind, value = bodies.get(role, ("", ""))
        if value.strip():
            is_markup = "html" in kind or "xml" in kind if kind else bool(_MARKUP.match(value))
            return text_of_html(value) if is_markup else value
    return ""


def _bodies_by_role(given: dict[str, Any], where: str) -> dict[str, tuple[str, str]]:
    """Content type and text of each body."""
    bodies: dict[str, tuple[str, str]] = {}
    for name, value in given.items():
        if name.startswith("body_"):
            role = name.removeprefix("body_")
            kind = "text/plain" if role == "text" else "text/html" if "html" in role else ""
            bodies[role] = (kind, _string(value, name, where))
    for body in _objects(given.get("bodies"), "bodies", where):
        kind = _string(body.get("contenttype", ""), "contentType", where).lower()
        bodies.setdefault(
            _string(body.get("role", ""), "role", where).lower(), (kind, _string(body.get("value", ""), "value", where))
        )
    return {role: body for role, body in bodies.items() if role != "caption"}


def _headline(given: dict[str, Any]) -> str | None:
    headlines = [line for line in given.get("headlines") or () if isinstance(line, dict)]
    main = [line.get("value") for line in headlines if line.get("role") in {"main", None}]
    candidates = [
        given.get("headline"),
        given.get("headline_main"),
        *main,
        *(line.get("value") for line in headlines),
        given.get("title"),
    ]
    return next((found for value in candidates if (found := plain(value))), None)


def _outlet(given: dict[str, Any]) -> str | None:
    sources = given.get("infosources") or given.get("infosource") or ()
    names = [source.get("name") for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    return next((found for value in (*names, given.get("copyrightholder")) if (found := plain(value))), None)


def _language(given: dict[str, Any]) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", given.get("language") or "")
    return match[0].lower() if match else None


def _published(given: dict[str, Any], where: str) -> str | None:
    for name in _DATES:
        value = _string(given.get(name) or "", name, where)
        try:
            if value:
                return iso_date(value)
        except ValueError as error:
            raise BadLine(where, f"{name} is not a date ({value[:40]!r})") from error
    return None


def _of_type(given: dict[str, Any]) -> str:
    kind = plain(given.get("type"))
    return f" of type {kind}" if kind else ""


def _objects(value: Any, name: str, where: str) -> list[dict[str, Any]]:
    """A list of objects with their names in lower case."""
    objects = [] if value is None else value
    if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
        raise BadLine(where, f"{name} is not a list of objects, as ninjs has it")
    return [{key.lower(): inner for key, inner in one.items()} for one in objects]


def _string(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str):
        raise BadLine(where, f"{name} is not a string, as ninjs has it")
    return value
