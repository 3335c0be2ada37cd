"""Where each third-person pronoun looks back to: the network's pointers from pronouns to other words of the window.

The head is a bilinear pointer with a learned distance, and one answer more for "nothing in view": Vinyals, Fortunato
and Jaitly (2015) on the words that one encoder pass already read. What a word belongs to is another stage's question.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.decode import Floats
from onrecord.annotate.windows import Window
from onrecord.annotate.words import Ints, Words, tokenizer
from onrecord.records import Antecedent, Span

POINTER = 96
"""Width of the vectors by which pronouns and words are matched."""
LEAST = 0.01
"""Words with a smaller share of a pronoun's probability are left out."""
_ASKED = "he him his himself she her hers herself it its itself they them their theirs themselves"
_OTHERS = "i me my mine myself we us our ours ourselves you your yours yourself yourselves who whom whose which"


@cache
def _among(words: str) -> NDArray[np.bool_]:
    """(vocabulary,) which wordpieces are one of these words."""
    among = np.zeros(tokenizer().get_vocab_size(), np.bool_)
    known = [tokenizer().token_to_id(word) for word in words.split()]
    among[[i for i in known if i is not None]] = True
    return among


def _are(words: Words, begin: int, end: int, among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    are: NDArray[np.bool_] = among[words.pieces[words.first[begin:end]]] & (words.sizes(begin, end) == 1)
    return are


def asked(words: Words, begin: int, end: int) -> NDArray[np.bool_]:
    """(end - begin,) which of the words [begin, end) are pronouns whose antecedent is asked for."""
    return _are(words, begin, end, _among(_ASKED))


def barred(words: Words, begin: int, end: int) -> NDArray[np.bool_]:
    """(end - begin,) which of the words [begin, end) no pronoun points to: pronouns of any person."""
    return _are(words, begin, end, _among(f"{_ASKED} {_OTHERS}"))


def pointers(links: Floats, at: Ints, out: NDArray[np.bool_], distance: Floats) -> Floats:
    """(a, n + 1) probability that each of the pronouns at words `at` (a,) means each of n words; last, none of them.

    `links` (n, 2 * POINTER + 1) holds side by side what each word asks for, what it answers to, and how likely it asks
    for nothing in view; `out` (n,) are the words that nobody can mean; `distance` (2 * PIECES + 1,) is added by how
    many words a pronoun stands behind.
    """
    n = len(links)
    ask, answer, none = links[at, :POINTER], links[:, POINTER : 2 * POINTER], links[at, -1:]
    zero = len(distance) // 2
    logits = ask @ answer.T / np.float32(8) + distance[zero + at[:, None] - np.arange(n)[None, :]]
    logits = np.concatenate([np.where(out, np.float32(-30.0), logits), none], 1)
    share = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(share / share.sum(1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class Pointing:
    """One pronoun's pointer, in indexes of its window's words."""

    pronoun: int
    words: tuple[tuple[int, float], ...]
    none: float


def pointings(window: Window, links: Floats, distance: Floats) -> tuple[Pointing, ...]:
    """What the pronouns in a window's core point to."""
    words, begin, end = window.words, window.begin, window.end
    of_core = asked(words, window.core_begin, window.core_end)
    at = np.flatnonzero(of_core) + window.core_begin - begin
    if not len(at):
        return ()
    shares = pointers(links, at, barred(words, begin, end), distance)
    return tuple(_pointing(pronoun, row) for pronoun, row in zip(at.tolist(), shares, strict=True))


def _pointing(pronoun: int, row: Floats) -> Pointing:
    found = np.flatnonzero(row[:-1] >= LEAST).tolist()
    return Pointing(pronoun, tuple((k, round(float(row[k]), 4)) for k in found), round(float(row[-1]), 4))


def antecedent(window: Window, pointing: Pointing) -> Antecedent:
    """The same in spans of the text."""

    def span(k: int) -> Span:
        return int(window.words.start[window.begin + k]), int(window.words.end[window.begin + k])

    return Antecedent(span(pointing.pronoun), tuple((span(k), share) for k, share in pointing.words), pointing.none)
