"""The words of statements in the form in which they are compared: stems, how rare each is, how alike two are.

`data/words.npz` (made by `training/trail_words.py`) holds for the stems of a general English vocabulary how rare they
are in news and a vector each; a stem that it lacks is as rare as can be, and like nothing but itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from sys import intern

import numpy as np
import numpy.typing as npt
import Stemmer

from onrecord.records import Span, Spans

TABLE = Path(__file__).with_name("data") / "words.npz"
RAREST = 11.0
"""Rarity, as the negative natural logarithm of the share of news sentences with the word, of what the table lacks."""
COMMON = 3.0
"""Words less rare than this (the, said, president) say nothing of which utterance it is."""

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
_END = re.compile(r"[.!?;\n…]")
_COMMA = re.compile(r"[,:—–-]")
_OPEN, _CLOSE, _EITHER = "“«„‟", "”»", "\"'‘’"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}{_EITHER}]")
_BRITISH = re.compile(r"(?<=\w{4})is(?=(?:e|es|ed|ing|ation|ations)\Z)")
_WHOLE = {"US": "usa", "UK": "ukingdom", "IT": "it"}
_STATES = {"u.s.": "usa", "u.k.": "ukingdom", "u.n.": "un", "u.s.a.": "usa", "d.c.": "dc", "e.u.": "eu"}
_UNITS, _TENS = "two three four five six seven eight nine ten eleven twelve", "twenty thirty forty fifty sixty seventy"
_NUMERALS = {word: str(n * step) for line, step in ((_UNITS, 1), (_TENS, 10)) for n, word in enumerate(line.split(), 2)}
_stemmer = Stemmer.Stemmer("english", 0)  # keeps nothing itself: `stem_of` does


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement."""

    span: Span
    stem: str
    quoted: bool
    """Whether it stands in quotation marks."""
    form: str
    """As it is spelt."""
    opens: bool
    """Whether a sentence, or a piece of the content, begins with it."""
    parts: bool
    """The same of a part between commas."""


def words(text: str, spans: Spans) -> list[Word]:
    """The words under spans of a text, in order."""
    found = []
    for start, end in spans:
        flags = quoted_flags(text, start, end)
        before: int | None = None
        for m in _WORD.finditer(text, start, end):
            first, after = m.span()
            between = text[before:first] if before is not None else ""
            opens = before is None or (between != " " and _END.search(between) is not None)
            parts = opens or (between != " " and _COMMA.search(between) is not None)
            found.append(Word((first, after), stem_of(m[0]), bool(flags[first - start]), intern(m[0]), opens, parts))
            before = after
    return found


def quoted_flags(text: str, start: int, end: int) -> bytearray:
    """One flag a character of text[start:end]: whether it stands in quotation marks, the marks included.

    A content may begin or end inside a quotation: a closing mark without an opening one quotes what is before it.
    """
    flags = bytearray(end - start)
    opened: int | None = None
    for m in _MARK.finditer(text, start, end):
        at, mark = m.start(), m[0]
        if mark in _OPEN or (mark in _EITHER and opened is None and _opens(text, at)):
            opened = at
        elif mark in _CLOSE or (mark in _EITHER and opened is not None and _closes(text, at, text[opened])):
            first = start if opened is None else opened
            flags[first - start : at + 1 - start] = b"\x01" * (at + 1 - first)
            opened = None
    if opened is not None:
        flags[opened - start :] = b"\x01" * (end - opened)
    return flags


def _opens(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return text[at] != "’" and not before.isalnum() and text[at + 1 : at + 2].strip() != ""


def _closes(text: str, at: int, opener: str) -> bool:
    if text[at] == '"':
        return opener == '"'
    if opener in "'‘":
        return text[at] in "'’" and not text[at + 1 : at + 2].isalnum()
    return False


@lru_cache(maxsize=1 << 18)
def stem_of(word: str) -> str:
    """A word's stem: case, endings and British spelling taken away, small numbers as digits, "U.S." as one word."""
    if word in _WHOLE:
        return _WHOLE[word]
    lower = word.casefold().replace("’", "'")
    if lower[0].isdigit():
        return lower.replace(",", "")
    lower = _STATES.get(lower, lower).replace(".", "").removesuffix("'s")
    return _NUMERALS.get(lower) or str(_stemmer.stemWord(_BRITISH.sub("iz", lower)))


@dataclass(frozen=True, slots=True)
class Table:
    """Rarity and vector by stem. Vectors are of unit length, `width` numbers each."""

    rarity: dict[str, float]
    row: dict[str, int]
    vectors: npt.NDArray[np.float32]


@cache
def table() -> Table:
    """The table that ships with the package, read once."""
    with np.load(TABLE) as held:
        stems = str(held["stems"]).split("\n")
        vectors = held["vectors"].astype(np.float32)
        rarity = held["rarity"].astype(np.float32) / 16
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return Table(dict(zip(stems, map(float, rarity), strict=True)), {stem: n for n, stem in enumerate(stems)}, vectors)


@lru_cache(maxsize=1 << 18)
def rarity(stem: str) -> float:
    """How much it says that two statements share a stem: 0 for the commonest words, RAREST for names not in the table.

    Numbers count by how many figures they have: "5" says little, "3,700" nearly as much as a name.
    """
    if stem[0].isdigit():
        return min(3.0 + 1.5 * sum(c.isdigit() for c in stem), RAREST)
    return table().rarity.get(stem, RAREST)


def mean_vector(weights: Mapping[str, float]) -> npt.NDArray[np.float32]:
    """The weighted mean of the vectors of stems, of unit length; zeros when the table has none of them."""
    held = table()
    rows = [held.row[stem] for stem in weights if stem in held.row]
    if not rows:
        return np.zeros(held.vectors.shape[1], np.float32)
    share = np.array([weights[stem] for stem in weights if stem in held.row], np.float32)
    mean: npt.NDArray[np.float32] = share @ held.vectors[rows]
    return mean / max(float(np.linalg.norm(mean)), 1e-6)


def is_number(stem: str) -> bool:
    return stem[0].isdigit()
