"""The words of one article with what resolving asks of each: sentence, paragraph, quotation marks, headline or not."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass

from onrecord.records import Span
from onrecord.resolve.lexicon import first_names, spelled

_BROKEN = r"[\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xbf\u0300-\u036f]"
"""What stands in words for an accent, apart from its letter or in the wrong encoding; and soft hyphens."""
_LINK = rf"[-&]|{_BROKEN}+|\.(?![A-Z])|(?<![a-z]{{2}})\."
"""What joins two parts of a word; not the stop in "he left.Brandt stayed"."""
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., S.E.C.
    rf"|\xad*[^\W_]+(?:(?:{_LINK})(?=\w)[^\W_]+|[’'](?!(?:s|re|ll|ve|d|m|t)\b)(?=\w)[^\W_]+)*[\u0300-\u036f]*"
    r"|[’']s\b|\n\s*\n|\n|[^\w\s\xad]"
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_ABBREVIATIONS = spelled(
    "mr mrs ms dr sen rep gov gen col lt sgt capt maj prof st jr sr rev hon sens reps no vs inc corp co "
    "ltd del jan feb mar apr jun jul aug sept sep oct nov dec messrs adm cmdr brig supt"
)
_OPENING, _CLOSING, _ENDS = "“„«", "”»", ".!?"
_SHUT = _CLOSING + "\"')’"
"""What may stand behind a stop and belong to its sentence."""
HEADLINE_SHARE = 0.65
SOFT_HYPHEN = "\xad"
"""Where a page lets a word break; no part of it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over the words and marks of a text; `starts` and `ends` are code points."""

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    paragraph: list[int]
    quoted: list[bool]
    headline: frozenset[int]
    """Paragraphs set like a headline, where a capital says nothing."""
    common: frozenset[str]
    """Words that stand in lower case somewhere: their capital at a sentence's start says nothing."""
    proper: frozenset[str]
    """Words that stand with a capital inside a sentence, headlines aside."""

    def covering(self, span: Span) -> range:
        """Indexes of the words that a span touches."""
        return range(bisect_right(self.ends, span[0]), bisect_left(self.starts, span[1]))

    def opens_sentence(self, i: int) -> bool:
        """Is no word of the same sentence before this one (marks aside)?"""
        while i > 0 and self.sentence[i - 1] == self.sentence[i]:
            i -= 1
            if self.words[i][0].isalnum():
                return False
        return True


def split_words(text: str) -> Words:
    """Split a text once; linear in its length."""
    found, glued = _unglued(text, [(m[0], m.start(), m.end()) for m in _WORD.finditer(text)])
    blank_lines = _BLANK_LINE.search(text) is not None
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    paragraph: list[int] = []
    quoted: list[bool] = []
    sentences = paragraphs = 0
    inside = ended = False
    for n, (word, start, end) in enumerate(found):
        if word[0] == "\n":
            if not blank_lines or len(word) > 1:
                paragraphs += 1
                sentences += 1
                inside = ended = False
            elif words and words[-1] == ";":  # two lines of a headline
                sentences += 1
            continue
        if (ended and word not in _SHUT) or (ended and word == '"' and not inside):
            sentences += 1
            ended = False
        elif start in glued:
            sentences += 1
        if word in _OPENING:
            inside = True
        elif word in _CLOSING:
            inside = False
        elif word == '"':
            inside = not inside
        words.append(word.replace(SOFT_HYPHEN, ""))
        starts.append(start)
        ends.append(end)
        sentence.append(sentences)
        paragraph.append(paragraphs)
        quoted.append(inside)
        if word in _ENDS:
            before = words[-2].casefold() if len(words) > 1 else ""
            after = next((w for w, _, _ in found[n + 1 : n + 3] if w not in _SHUT), "X")
            goes_on = after[0].islower() or after[0] in ",;"  # "(D-N.J.), and"
            ended = not (word == "." and (before in _ABBREVIATIONS or len(before) == 1)) and not goes_on
        elif word[-1] == "." and n + 1 < len(found):  # "the U.S. The plan"
            ended = found[n + 1][0] in _AFTER_ACRONYM
    lower = [w.casefold() for w in words]
    headline = _headlines(words, paragraph)
    told = {w for w, p in zip(words, paragraph, strict=True) if p not in headline} if headline else {*words}
    common = frozenset(w for w in told if w.islower() and w.isalpha())
    proper = frozenset(
        word
        for i, word in enumerate(words)
        if word[0].isupper()
        and i > 0
        and paragraph[i] not in headline
        and sentence[i - 1] == sentence[i]
        and (words[i - 1][0].isalnum() or (words[i - 1] == "." and i > 1 and len(words[i - 2]) == 1))
    )
    return Words(text, words, lower, starts, ends, sentence, paragraph, quoted, headline, common, proper)


_Found = tuple[str, int, int]
_GLUED = re.compile(r"([A-Z][a-z]{3,})([A-Z][A-Za-z]{2,})")


def _unglued(text: str, found: list[_Found]) -> tuple[list[_Found], frozenset[int]]:
    """Words of a page's inserts parted again, and where what follows begins anew: "TrumpDonald John TrumpGOP votes".

    Only a surname that stands alone elsewhere is parted, and only from a first name, or after a full name.
    """
    if not _GLUED.search(text):
        return found, frozenset()
    alone = {word for word, _, _ in found}
    out: list[_Found] = []
    anew: set[int] = set()
    for word, start, end in found:
        glued = _GLUED.fullmatch(word)
        if glued and glued[1] in alone:
            named = any(before in first_names() for before, _, _ in out[-2:]) and out[-1][0][0].isupper()
            if named or glued[2] in first_names():
                cut = start + len(glued[1])
                out += [(glued[1], start, cut), (glued[2], cut, end)]
                anew.update([] if glued[2] in first_names() else [cut])
                continue
        out.append((word, start, end))
    return out, frozenset(anew)


_AFTER_ACRONYM = spelled("The He She It They But In On A An And We I This That")


def _headlines(words: list[str], paragraph: list[int]) -> frozenset[int]:
    """Paragraphs of some length with a capital on most words longer than three letters; after the first two, none that
    ends with a full stop.
    """
    told = [(word, p) for word, p in zip(words, paragraph, strict=True) if len(word) > 3 and word.isalpha()]
    long = Counter([p for _, p in told])
    capital = Counter([p for word, p in told if word[0].isupper()])
    if len(long) < 2:
        return frozenset()
    last = dict(zip(paragraph, words, strict=True))
    stopped = {p for p in list(last)[2:] if last[p] == "."}
    return frozenset(
        p for p, n in long.items() if n >= 4 and capital[p] > HEADLINE_SHARE * n and n < 30 and p not in stopped
    )
