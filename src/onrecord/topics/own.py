"""The words that tell a user's topic, from a few sentences about it.

A word tells it when it is rare in the news at large and stands in more than one of the sentences; of one or two
sentences, when it is rare. Names and numbers of one sentence alone tell that sentence, not the topic.
"""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.trails.words import RAREST, is_number, rarity, stem_of

RARE = 6.0
"""Negative natural logarithm of the share of news sentences with a word from which on it tells a topic."""
MOST = 20
"""Terms that one topic gets from its examples."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def distinguishing(examples: Sequence[str]) -> tuple[str, ...]:
    """The words of the examples that tell their topic, in small letters, the most telling first."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for example in examples:
        words = {stem_of(m[0]): m[0].casefold() for m in _WORD.finditer(example)}
        spelt = {**words, **spelt}
        counts.update(words.keys())
    needed = 2 if len(examples) > 2 else 1
    weights = {
        stem: count * min(rarity(stem), RAREST - 1)
        for stem, count in counts.items()
        if count >= needed and rarity(stem) >= RARE and not is_number(stem)
    }
    return tuple(spelt[stem] for stem in sorted(weights, key=lambda s: (-weights[s], s))[:MOST])
