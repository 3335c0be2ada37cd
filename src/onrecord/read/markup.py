"""Markup that is known to be an article's body, as feeds and wires carry it: to text, nothing left out.

Pages go through `html.py`, which looks for the article among everything else; here all there is belongs to it. XML is
parsed here too, and never follows an entity out of the file.
"""

import re
from typing import Any

from onrecord.errors import Damaged, NoArticle, NotText


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BREAKS = _names("""
address article aside blockquote block body body.content body.end body.head bq caption center dd details dialog div dl
dt fieldset figcaption figure fn footer form h1 h2 h3 h4 h5 h6 header hl1 hl2 hr inlineData inlineXML li main nav nitf
note ol p pre section summary table tbody td tfoot th thead tr ul
""")
_SILENT = _names("audio head iframe math media noscript object script style svg template title video")
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def text_of_html(markup: str) -> str:
    """The text of a piece of HTML: one line a paragraph, white space evened out as browsers do, scripts and the like
    left out. Empty when there is none."""
    from lxml import etree, html

    try:
        return text_of_tree(html.document_fromstring(f"<body>{markup}</body>"))
    except (etree.ParserError, ValueError):
        return ""  # lxml's way to say that there is nothing in it, or characters that no markup may hold


def text_of_tree(root: Any) -> str:
    """The same of a parsed element of XHTML or NITF."""
    lines = [[]]  # type: list[list[str]]
    _gather(root, lines)
    texts = ("".join(line) for line in lines)
    return "\n".join(evened for text in texts if (evened := _BLANKS.sub(" ", text).strip(" ")))


def _gather(root: Any, lines: list[list[str]]) -> None:
    """The element's words onto the lines. Without recursion: other people's markup nests without end."""
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:
        element, opening = stack.pop()
        name = local_name(element)
        if opening and name not in _SILENT and isinstance(element.tag, str):
            if name in _BREAKS or name == "br":
                lines.append([])
            lines[-1].append(element.text or "")
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))
            continue
        if not opening and name in _BREAKS:
            lines.append([])
        if element is not root:
            lines[-1].append(element.tail or "")


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_xml(data: bytes, where: str) -> Any:
    """The root of an XML document. Raises NotText when it defines entities, Damaged when it is malformed."""
    from lxml import etree

    # entities are neither resolved nor fetched; what defines some is refused, for its text would have holes
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        why = re.sub(r", line \d+, column \d+.*$", "", " ".join(str(error.msg).split()))
        raise Damaged(where, f"is malformed XML at line {line}, column {column} ({why})") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise NotText(where, "is XML that defines entities of its own: these are not followed; write them out first")
    return root


def body_or_complain(text: str, where: str, what: str) -> str:
    """The text when it holds something. Raises NoArticle, calling it `what`."""
    if not text.strip():
        raise NoArticle(where, f"is {what} without a body")
    return text
