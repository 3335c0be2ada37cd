"""Text to the words and wordpieces that the encoder reads.

A word is a maximal run of letters and digits, or one punctuation mark (BERT's pre-tokenizer). Roles are tagged on
words; each word is represented by its first wordpiece. The vocabulary is uncased, so a word's case, whether it opens
a paragraph and whether it stands in quotation marks go in beside it as a small categorical feature.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.quotes import quoted_spans
from onrecord.paragraphs import paragraphs
from onrecord.records import Span, Spans

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
NO_FEATURE = 16
INSIDE = 17
"""Added to the feature of every word of a content that is read for statements inside it."""
FEATURES = 33
"""Values of the word feature: case (4) x opens a paragraph (2) x in quotation marks (2), one for CLS and SEP, and
the first sixteen again for words read as another's words."""
_IN_QUOTES = np.array([8 <= value % INSIDE < NO_FEATURE for value in range(FEATURES)])
"""(FEATURES,) whether a word of each feature stands in quotation marks."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""The tokenizer takes none; a replacement character of the same width keeps every offset."""
_BLOCK = 20_000
"""Code points given to the tokenizer at once: bounds memory on book-length texts."""
_KEPT = 64
"""Blocks kept for what is cut out of them: those of the articles that are being read."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A stretch of text as the tokenizer has it; arrays over its n words, offsets in code points."""

    start: Ints
    """(n,)"""
    end: Ints
    """(n,)"""
    case: Ints
    """(n,) 0 lower or punctuation, 1 capitalised, 2 all capitals, 3 starts with a digit"""
    first: Ints
    """(n + 1,) index of each word's first wordpiece; the last is the number of pieces"""
    pieces: Ints
    """(p,) vocabulary ids"""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A stretch of text as words; arrays over its n words, offsets in code points of the whole text."""

    start: Ints
    """(n,)"""
    end: Ints
    """(n,)"""
    feature: Ints
    """(n,) in 0..15, INSIDE more in words read as another's words"""
    opens: NDArray[np.bool_]
    """(n,) the word opens a paragraph"""
    first: Ints
    """(n + 1,) index of each word's first wordpiece; the last is the number of pieces"""
    pieces: Ints
    """(p,) vocabulary ids"""

    def __len__(self) -> int:
        return len(self.start)

    def sizes(self, begin: int, end: int) -> Ints:
        """(end - begin,) how many wordpieces each of the words [begin, end) has."""
        return self.first[begin + 1 : end + 1] - self.first[begin:end]


@cache
def tokenizer() -> "Tokenizer":
    """The shipped wordpiece vocabulary, loaded once."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str((files("onrecord.annotate") / "model" / "tokenizer.json").read_text("utf-8"))


def pieces_of(text: str) -> Ints:
    """(p,) vocabulary ids of a text's wordpieces."""
    parts = (text[begin:end] for begin, end in _chunks(text, (0, len(text))))
    encodings = (tokenizer().encode(_LONE_SURROGATE.sub("\ufffd", part), add_special_tokens=False) for part in parts)
    return np.array(list(chain.from_iterable(encoding.ids for encoding in encodings)), np.int64)


def word_blocks(text: str, inside: bool = False) -> Iterator[Words]:
    """The words of `text` block by block; a block is some whole paragraphs, or one paragraph's part when it is huge.

    `inside` says that the text is a content, read for statements inside it.
    """
    for block in _blocks(text):
        tokens = _tokens(text, block)
        if len(tokens.start):
            yield _words(text, block, tokens, inside)


def tokens_of(text: str, spans: Spans, joint: str = "") -> Tokens:
    """The words of `joint.join(text[start:end] for start, end in spans)`, offsets into that.

    They are cut out of those of the whole text, which stay at hand while it is read; so spans begin and end at words.
    """
    return _joined(_parts(text, spans, joint))


def pieces_in(text: str, spans: Spans, joint: str = "") -> Ints:
    """(p,) the wordpieces of `tokens_of`."""
    return _all(part.pieces for part, _ in _parts(text, spans, joint))


def _parts(text: str, spans: Spans, joint: str) -> list[tuple[Tokens, int]]:
    """What `joint` joins, and it between, with how far each part's offsets are to be moved."""
    parts: list[tuple[Tokens, int]] = []
    length = 0
    for start, end in spans:
        if parts:
            parts.append((_tokens(joint, ((0, len(joint)),)), length))
            length += len(joint)
        near = [block for block in _blocks(text) if block[0][0] < end and start < block[-1][1]]
        parts += [(_cut(_tokens(text, block), start, end), length - start) for block in near]
        length += end - start
    return parts


def words_from(text: str, tokens: Tokens, inside: bool = False) -> Words:
    """A text whose tokens are known, as words; the text is another's words where it is `inside` a content."""
    return _words(text, paragraphs(text), tokens, inside)


@lru_cache(maxsize=_KEPT)
def _blocks(text: str) -> tuple[Spans, ...]:
    blocks: list[Spans] = []
    block: list[Span] = []
    size = 0
    for start, end in paragraphs(text):
        if block and size + end - start > _BLOCK:
            blocks.append(tuple(block))
            block, size = [], 0
        block.append((start, end))
        size += end - start
    return (*blocks, tuple(block)) if block else ()


@lru_cache(maxsize=_KEPT)
def _tokens(text: str, block: Spans) -> Tokens:
    return _joined([(_tokenized(text, portion), 0) for portion in _portions(text, block)])


def _cut(tokens: Tokens, start: int, end: int) -> Tokens:
    """The words that begin in a span."""
    low, high = (int(tokens.start.searchsorted(place)) for place in (start, end))
    first = tokens.first[low : high + 1]
    pieces = tokens.pieces[first[0] : first[-1]]
    return Tokens(tokens.start[low:high], tokens.end[low:high], tokens.case[low:high], first - first[0], pieces)


def _joined(parts: Sequence[tuple[Tokens, int]]) -> Tokens:
    """Tokens one after another, each part's offsets moved by so much."""
    if len(parts) == 1:
        ((only, by),) = parts
        return only if by == 0 else Tokens(only.start + by, only.end + by, only.case, only.first, only.pieces)
    before = np.cumsum([0, *(len(part.pieces) for part, _ in parts)])
    return Tokens(
        _all(part.start + by for part, by in parts),
        _all(part.end + by for part, by in parts),
        _all(part.case for part, _ in parts),
        np.append(_all(part.first[:-1] + n for (part, _), n in zip(parts, before, strict=False)), before[-1]),
        _all(part.pieces for part, _ in parts),
    )


def _all(arrays: Iterable[Ints]) -> Ints:
    return np.concatenate([*arrays] or [np.zeros(0, np.int64)])


def _words(text: str, spans: Sequence[Span], tokens: Tokens, inside: bool) -> Words:
    start = tokens.start
    paragraph = np.searchsorted([begin for begin, _ in spans], start, side="right")
    opens = np.ones(len(start), np.bool_)
    np.not_equal(paragraph[1:], paragraph[:-1], out=opens[1:])
    feature = tokens.case + 4 * opens + 8 * _inside(start, quoted_spans(text, spans)) + (INSIDE if inside else 0)
    return Words(start, tokens.end, feature, opens, tokens.first, tokens.pieces)


def _portions(text: str, block: Spans) -> list[Spans]:
    """What the tokenizer is given at once: all of a block, or one part of a huge paragraph after another."""
    return [block] if len(block) > 1 else [(chunk,) for chunk in _chunks(text, block[0])]


def _tokenized(text: str, portion: Spans) -> Tokens:
    given = _LONE_SURROGATE.sub("\ufffd", "\n".join(text[begin:end] for begin, end in portion))
    encoding = tokenizer().encode(given, add_special_tokens=False)
    pieces = np.array(encoding.ids, np.int64)
    offset = np.fromiter(chain.from_iterable(encoding.offsets), np.int64, 2 * len(pieces)).reshape(-1, 2)
    word = np.array(encoding.word_ids, np.int64)
    edge = np.ones(len(word) + 1, np.bool_)
    np.not_equal(word[1:], word[:-1], out=edge[1:-1])
    first, last = np.flatnonzero(edge[:-1]), np.flatnonzero(edge[1:])
    spans = np.array(portion, np.int64)
    begins = np.cumsum([0, *(spans[:-1, 1] - spans[:-1, 0] + 1)])
    moved = (spans[:, 0] - begins)[np.searchsorted(begins, offset[first, 0], side="right") - 1]
    start, end = offset[first, 0] + moved, offset[last, 1] + moved
    return Tokens(start, end, _case(text, start, end), np.append(first, len(pieces)), pieces)


def _chunks(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph whole, or in parts cut at spaces when it is longer than a block."""
    start, end = paragraph
    while end - start > _BLOCK:
        cut = text.rfind(" ", start + 1, start + _BLOCK)
        cut = cut if cut > 0 else start + _BLOCK
        yield start, cut
        start = cut
    yield start, end


def _case(text: str, start: Ints, end: Ints) -> Ints:
    """(n,) 0 lower or punctuation, 1 capitalised, 2 all capitals, 3 starts with a digit."""
    out = np.zeros(len(start), np.int64)
    for i, (a, b) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        letter = text[a]
        if letter.isupper():
            out[i] = 2 if b - a > 1 and text[a:b].isupper() else 1
        elif letter.isdigit():
            out[i] = 3
    return out


def in_quotes(feature: Ints) -> NDArray[np.bool_]:
    """(n,) from the words' features whether each stands in quotation marks."""
    inside: NDArray[np.bool_] = _IN_QUOTES[feature]
    return inside


def _inside(start: Ints, spans: list[Span]) -> Ints:
    """(n,) 1 where the word begins within one of the sorted, disjoint spans."""
    if not spans:
        return np.zeros(len(start), np.int64)
    edges = np.array(spans, np.int64)
    at = np.searchsorted(edges[:, 0], start, side="right") - 1
    inside: Ints = ((at >= 0) & (start < edges[at, 1])).astype(np.int64)
    return inside
