"""The words of a content that answered a query, and the piece of it around them."""

from collections.abc import Sequence

from onrecord.records import Span
from onrecord.store.query import Term
from onrecord.store.words import WORD, fold, stem

_AROUND = 240
"""Characters that a snippet may have."""


def marks(content: str, terms: Sequence[Term]) -> tuple[Span, ...]:
    """Spans of a content that the terms matched, in order, none in another."""
    words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(content)]
    stems = [stem(word) for _, _, word in words]
    covered: set[int] = set()
    found: list[Span] = []
    for term in terms:
        wanted = [stem(word) for word in term.words]
        for at in range(len(words) - len(wanted) + 1):
            if not covered & set(range(at, at + len(wanted))) and _matches(term, wanted, words, stems, at):
                covered |= set(range(at, at + len(wanted)))
                found.append((words[at][0], words[at + len(wanted) - 1][1]))
    return tuple(sorted(found))


def snippet(content: str, spans: Sequence[Span], width: int = _AROUND) -> tuple[str, tuple[Span, ...]]:
    """At most about `width` characters of a content around its first mark, cut between words, and the marks in it."""
    if len(content) <= width:
        return content, tuple(spans)
    first = spans[0][0] if spans else 0
    start = _word_start(content, max(0, min(first - width // 3, len(content) - width)))
    end = content.rfind(" ", start, start + width) if start + width < len(content) else len(content)
    end = end if end > first else min(start + width, len(content))
    before, after = ("… " if start else ""), (" …" if end < len(content) else "")
    shift = len(before) - start
    inside = tuple((s + shift, e + shift) for s, e in spans if s >= start and e <= end)
    return before + content[start:end] + after, inside


def _matches(term: Term, wanted: list[str], words: list[tuple[int, int, str]], stems: list[str], at: int) -> bool:
    size = len(wanted)
    if not term.prefix:
        found = stems[at : at + size]
        # "F-16s" answers F-16, see words.exact_tokens
        return found == wanted or bool(term.exact and found[:-1] == wanted[:-1] and found[-1] == wanted[-1] + "s")
    return stems[at : at + size - 1] == wanted[:-1] and words[at + size - 1][2].startswith(term.words[-1])


def _word_start(content: str, at: int) -> int:
    return at if at == 0 else content.find(" ", at - 1) + 1 or at
