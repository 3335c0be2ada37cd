"""More like this: the statements of an archive that are near in meaning to one of them, or to any text.

>>> from onrecord.alike import like
>>> like(archive, "a1f3…@2#s5", Filters(since="2020"))
>>> like(archive, "there will be no talks under pressure", words="Vienna")
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from onrecord.annotate.meaning import meanings
from onrecord.errors import BadQuery
from onrecord.records import MEANING_BITS, Record, Statement
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters
from onrecord.store.like import Sought
from onrecord.store.search import Hit, split_key
from onrecord.store.words import WORD
from onrecord.trails.words import COMMON, rarity, stem_of

_LOOKED_FOR = 16
"""Words that candidates are found by."""
_OF_BITS = 0.25
"""What the angle between meanings weighs beside that between words; measured on pairs from the wires."""


def like(
    archive: Archive, what: str, filters: Filters | None = None, *, words: str | None = None, limit: int = 20
) -> tuple[Hit, ...]:
    """The statements most like `what`, a statement's key or a text, the closest first; `score` is 1 for the same words.

    Filters and words (a query, see store/query.py) hold them to those that answer. The statement itself is left out.
    Raises BadQuery for a key that no statement has and a text without words; ArchiveError where the archive has no
    meanings yet.
    """
    key, content, meaning = _given(archive, what)
    meaning = meaning or meanings([content])[0]
    if meaning is None:
        raise BadQuery(f"{what[:80]!r} has no word to go by")
    sought = Sought(meaning, telling(content), closeness(content))
    return tuple(hit for hit in archive.like(sought, words, filters, limit=limit + 1) if hit.key != key)[:limit]


def _given(archive: Archive, what: str) -> tuple[str | None, str, str | None]:
    """Key, content and meaning of what is given; a text has only itself."""
    article, version, id_ = split_key(what)
    if not article:
        return None, what, None
    record = archive.record(article, version)
    if record is None or (statement := _statement(record, id_)) is None:
        raise BadQuery(f"{what[:100]}: there is no such statement; keys look like ARTICLE@VERSION#STATEMENT")
    return what, record.text_of(statement.content), statement.meaning


def _statement(record: Record, id_: str) -> Statement | None:
    return next((s for s in record.statements if s.id == id_), None)


def telling(content: str) -> tuple[str, ...]:
    """The rarest words of a content, one of each stem."""
    forms = {stem_of(word): word.lower() for word in WORD.findall(content)}
    rare = sorted((stem for stem in forms if rarity(stem) > COMMON), key=rarity, reverse=True)
    return tuple(forms[stem] for stem in rare[:_LOOKED_FOR])


def closeness(content: str) -> Callable[[Sequence[str], Sequence[int]], list[float]]:
    """How like a content each of some others is, at most 1: the angle between their words, and that of their bits.

    A word weighs by how rare it is, in news and among these contents: what most of them have tells none from another.
    """
    own = _stems(content)

    def of(others: Sequence[str], differing: Sequence[int]) -> list[float]:
        theirs = [_stems(other) for other in others]
        among = Counter(stem for stems in theirs for stem in stems)
        weight = {
            stem: min(rarity(stem), math.log((1 + len(theirs)) / max(among[stem], 1))) ** 2 for stem in own | set(among)
        }

        def length(stems: set[str]) -> float:
            return math.sqrt(sum(weight[stem] for stem in stems)) or 1.0

        whole = length(own)
        shared = (sum(weight[stem] for stem in own & stems) / (whole * length(stems)) for stems in theirs)
        bits = (math.cos(math.pi * n / MEANING_BITS) for n in differing)
        return [(word + _OF_BITS * bit) / (1 + _OF_BITS) for word, bit in zip(shared, bits, strict=True)]

    return of


def _stems(content: str) -> set[str]:
    return {stem_of(word) for word in WORD.findall(content)}
