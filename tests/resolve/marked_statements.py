"""Attributions written into a sentence: {source} [cue] <content>, a digit behind the opening mark for the second on.

`{Brandt} [said] <the bridge is open>, and {2Okoro} [2said] <2it is not>.`
"""

import re
from collections import defaultdict

from onrecord.records import Annotation, Article, Attribution, Span
from onrecord.resolve.speakers import resolve

_ROLES = {"{": "source", "[": "cue", "<": "content"}
_MARK = re.compile(r"(?P<open>[{\[<])(?P<number>\d?)|(?P<close>[}\]>])")


def marked(text: str, parents: dict[int, int] | None = None, **fields: object) -> tuple[Article, list[Attribution]]:
    """The article without its marks, and its attributions; `parents` says, by number, which stands in whose words."""
    plain, found = _read(text)
    numbers = sorted(found)
    attributions = [
        Attribution(
            **{role: tuple(found[n][role]) for role in _ROLES.values()},
            quote="direct" if _quoted(plain, found[n]["content"]) else "indirect",
            confidence=0.9,
            parent=numbers.index(parents[n]) if parents and n in parents else None,
        )
        for n in numbers
    ]
    return Article("a", plain, **fields), attributions


def speakers(text: str) -> list[str | None]:
    """The speakers' names in order; in brackets one who is not named."""
    article, attributions = marked(text)
    made = resolve(article, Annotation(tuple(attributions), "test"))
    found = [made.speaker_of(s) for s in made.statements]
    return [None if e is None else e.name if e.named else f"({e.name})" for e in found]


def _read(text: str) -> tuple[str, dict[int, dict[str, list[Span]]]]:
    plain, at = "", 0
    opened: list[tuple[str, int, int]] = []
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: {role: [] for role in _ROLES.values()})
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        if mark["open"]:
            opened.append((_ROLES[mark["open"]], int(mark["number"] or 1), len(plain)))
        else:
            role, number, start = opened.pop()
            found[number][role].append((start, len(plain)))
    return plain + text[at:], found


def _quoted(text: str, content: list[Span]) -> bool:
    return bool(content) and text[content[0][0]] in '"“'
