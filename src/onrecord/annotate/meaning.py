"""What a content means, as a few bits: contents of near meaning differ in few of them.

The vector of a text is the sum of the vectors that its wordpieces have before the encoder reads them, the rare ones
weighing more; it is turned by a fixed rotation, and of each number the sign is kept. There is no network to run, so it
costs next to nothing, and it is the same whatever the other weights were trained to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.parallel import OneBlasThread
from onrecord.annotate.words import Ints, pieces_in, pieces_of
from onrecord.errors import ModelError
from onrecord.records import ELLIPSIS, MEANING_BITS, Record, Spans

VERSION = "m1"
"""Part of a record's `model`: another one wherever the same text would get other bits, so that archives are reread."""
TABLE, RARITY = "pieces.bin", "rarity.bin"
WIDTH = 384
"""Numbers in a wordpiece's vector."""
_PARTS = 32
"""In which the vectors' lengths are taken: as numbers with a fraction all vectors take 47 MB."""
_SEED = 9
"""Of the rotation. Another one would make the meanings of two archives strangers."""

Floats = NDArray[np.float32]
Rarity = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """What is known of the wordpieces of the vocabulary."""

    vectors: Rarity
    """(vocabulary, WIDTH), rounded, as the networks have them"""
    middle: Floats
    """(WIDTH,) their mean"""
    weights: Floats
    """(vocabulary,) what each counts beside others: its rarity over its vector's length, `middle` taken off"""
    rotation: Floats
    """(WIDTH, MEANING_BITS), some columns of an orthogonal one"""


def with_meanings(record: Record) -> Record:
    """The record with `meaning` filled in each statement. Raises ModelError when the model's files are missing."""
    if not record.statements:
        return record
    found = _bits(_vectors_in(record.article.text, tuple(s.content for s in record.statements)))
    statements = (replace(s, meaning=bits) for s, bits in zip(record.statements, found, strict=True))
    return replace(record, statements=tuple(statements))


def meanings(texts: Sequence[str]) -> list[str | None]:
    """MEANING_BITS bits as hexadecimal digits for each text; None for one without words.

    Raises ModelError when the model's files are missing or do not fit together.
    """
    return _bits(_vectors([pieces_of(text) for text in texts]))


def vectors_of(texts: Sequence[str]) -> Floats:
    """(texts, WIDTH) the vector of each text, of unit length; zeros for one without words.

    Raises ModelError when the model's files are missing or do not fit together.
    """
    return unit(_vectors([pieces_of(text) for text in texts]))


def vectors_in(text: str, places: Sequence[Spans]) -> Floats:
    """(places, WIDTH) the same of places in a text, the spans of each taken together."""
    return unit(_vectors_in(text, tuple(places)))


def unit(vectors: Floats) -> Floats:
    """(n, WIDTH) the same vectors at length 1; zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


@lru_cache(maxsize=4)
def _vectors_in(text: str, places: tuple[Spans, ...]) -> Floats:
    """(places, WIDTH); kept a while, since contents are asked for their meaning and then for their topics."""
    return _vectors([pieces_in(text, spans, ELLIPSIS) for spans in places])


def _bits(vectors: Floats) -> list[str | None]:
    """The signs of vectors (n, WIDTH) once turned; None for one of zeros."""
    with OneBlasThread():
        bits = np.packbits(vectors @ _pieces().rotation > 0, axis=1)
    return [row.tobytes().hex() if vector.any() else None for row, vector in zip(bits, vectors, strict=True)]


def _vectors(texts: Sequence[Ints]) -> Floats:
    """(texts, WIDTH) of texts that are wordpieces (p,) already."""
    known = _pieces()
    return np.stack([_vector(known, pieces) for pieces in texts]) if texts else np.empty((0, WIDTH), np.float32)


def _vector(known: _Pieces, pieces: Ints) -> Floats:
    """(WIDTH,) the sum over the wordpieces (p,) of their unit vectors, by rarity."""
    vectors = known.vectors[pieces] - known.middle
    total: Floats = (known.weights[pieces] @ vectors).astype(np.float32)
    return total


@cache
def _pieces() -> _Pieces:
    with as_file(files("onrecord.annotate") / "model") as folder:
        try:
            vectors = np.asarray(np.memmap(folder / TABLE, np.uint8, "r")).reshape(-1, WIDTH)
            rarity = np.fromfile(folder / RARITY, np.uint8)  # 0: every paragraph of news has it, 255: none has
        except (OSError, ValueError) as error:
            raise ModelError(f"the model's files are incomplete ({error}); reinstall onrecord") from error
    if len(vectors) != len(rarity):
        raise ModelError(f"{RARITY} has {len(rarity)} wordpieces, {TABLE} {len(vectors)}; reinstall onrecord")
    middle = vectors.mean(0, dtype=np.float32)
    parts = np.array_split(vectors, _PARTS)
    lengths = np.concatenate([np.linalg.norm(part - middle, axis=1) for part in parts])
    return _Pieces(vectors, middle, rarity / lengths, _rotation())


def _rotation() -> Floats:
    """(WIDTH, MEANING_BITS) columns of an orthogonal matrix. RandomState's stream is promised to stay the same."""
    q, r = np.linalg.qr(np.random.RandomState(_SEED).standard_normal((WIDTH, WIDTH)))
    turned: Floats = (q * np.sign(np.diag(r)))[:, :MEANING_BITS].astype(np.float32)
    return turned
