"""Text to the words and wordpieces that the encoder reads.

A word is a maximal run of letters and digits, or one punctuation mark (BERT's pre-tokenizer). Roles are tagged on
words; each word is represented by its first wordpiece. The vocabulary is uncased, so a word's case, whether it opens
a paragraph and whether it stands in quotation marks go in beside it as a small categorical feature.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.quotes import quoted_spans
from onrecord.paragraphs import paragraphs
from onrecord.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
NO_FEATURE = 16
INSIDE = 17
"""Added to the feature of every word of a content that is read for statements inside it."""
FEATURES = 33
"""Values of the word feature: case (4) x opens a paragraph (2) x in quotation marks (2), one for CLS and SEP, and
the first sixteen again for words read as another's words."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""The tokenizer takes none; a replacement character of the same width keeps every offset."""
_BLOCK = 20_000
"""Code points given to the tokenizer at once: bounds memory on book-length texts."""

Ints = NDArray[np.int64]


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


@cache
def tokenizer() -> "Tokenizer":
    """The shipped wordpiece vocabulary, loaded once."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str((files("onrecord.annotate") / "model" / "tokenizer.json").read_text("utf-8"))


def word_blocks(text: str, inside: bool = False) -> Iterator[Words]:
    """The words of `text` block by block; a block is some whole paragraphs, or one paragraph's part when it is huge.

    `inside` says that the text is a content, read for statements inside it.
    """
    for block in _blocks(paragraphs(text)):
        words = _encode(text, block, INSIDE if inside else 0)
        if len(words):
            yield words


def _blocks(spans: list[Span]) -> Iterator[list[Span]]:
    block: list[Span] = []
    size = 0
    for start, end in spans:
        if block and size + end - start > _BLOCK:
            yield block
            block, size = [], 0
        block.append((start, end))
        size += end - start
    if block:
        yield block


def _encode(text: str, spans: list[Span], added: int) -> Words:
    tokenized = (_tokenized(text, portion, spans[0]) for portion in _portions(text, spans))
    starts, ends, openings, firsts, pieces = zip(*tokenized, strict=True)
    start, end, opens = np.concatenate(starts), np.concatenate(ends), np.concatenate(openings)
    before = np.cumsum([0, *map(len, pieces)])
    first = np.concatenate([*(f + n for f, n in zip(firsts, before[:-1], strict=True)), before[-1:]])
    feature = _case(text, start, end) + 4 * opens + 8 * _inside(start, quoted_spans(text, spans)) + added
    return Words(start, end, feature, opens, first, np.concatenate(pieces))


def _portions(text: str, spans: list[Span]) -> list[list[Span]]:
    """What the tokenizer is given at once: all of a block, or one part of a huge paragraph after another."""
    return [spans] if len(spans) > 1 else [[chunk] for chunk in _chunks(text, spans[0])]


def _tokenized(text: str, portion: list[Span], opening: Span) -> tuple[Ints, Ints, NDArray[np.bool_], Ints, Ints]:
    """Of the words of a portion start, end, whether each opens a paragraph, and its first piece; then the pieces.

    A portion that does not begin as `opening` does goes on with a paragraph.
    """
    given = _LONE_SURROGATE.sub("\ufffd", "\n".join(text[begin:end] for begin, end in portion))
    encoding = tokenizer().encode(given, add_special_tokens=False)
    pieces = np.array(encoding.ids, np.int64)
    offset = np.fromiter(chain.from_iterable(encoding.offsets), np.int64, 2 * len(pieces)).reshape(-1, 2)
    word = np.array(encoding.word_ids, np.int64)
    first, last = (np.flatnonzero(np.diff(word, **beside)) for beside in ({"prepend": -1}, {"append": -1}))
    spans = np.array(portion, np.int64)
    begins = np.cumsum([0, *(spans[:-1, 1] - spans[:-1, 0] + 1)])
    paragraph = np.searchsorted(begins, offset[first, 0], side="right") - 1
    moved = (spans[:, 0] - begins)[paragraph]
    opens = (np.diff(paragraph, prepend=-1) > 0) & (portion[0][0] == opening[0])
    return offset[first, 0] + moved, offset[last, 1] + moved, opens, first, pieces


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
    own = feature % INSIDE
    inside: NDArray[np.bool_] = (own >= 8) & (own != NO_FEATURE)
    return inside


def _inside(start: Ints, spans: list[Span]) -> Ints:
    """(n,) 1 where the word begins within one of the sorted, disjoint spans."""
    if not spans:
        return np.zeros(len(start), np.int64)
    edges = np.array(spans, np.int64)
    at = np.searchsorted(edges[:, 0], start, side="right") - 1
    inside: Ints = ((at >= 0) & (start < edges[at, 1])).astype(np.int64)
    return inside
