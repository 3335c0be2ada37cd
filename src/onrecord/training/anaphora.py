"""Pronouns with what they mean, from every source that tells: what the antecedent head learns from.

- GUM: chains that people annotated, with the heads of their mentions.
- GAP: a pronoun and two names, one of which it may mean.
- Articles with chains that a machine found (CoreNLP): only he and she, only chains with a short name.
- Any news: a later mention of somebody by name is put as a pronoun, so the text itself knows the answer (after
  Kocijan et al., "WikiCREM", EMNLP 2019).
"""

import csv
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.annotate.antecedents import asked
from onrecord.annotate.words import Words, word_blocks
from onrecord.records import Span
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.names import Name, find_names
from onrecord.resolve.words import split_words
from onrecord.training.corpus import Example, word_ranges

SHORT = 6
"""Words in a machine's mention above which its head cannot be told."""
_PREPOSITIONS = lex.spelled("to of for with by from against about on at after before behind between like than over")


@dataclass(frozen=True, slots=True)
class Clue:
    """One pronoun in characters: spans it means, and spans it may mean but that do not count.

    With `none` it means nothing that is named. With `wrong` only these spans are known, as what it does not mean.
    """

    at: Span
    right: tuple[Span, ...] = ()
    open: tuple[Span, ...] = ()
    wrong: tuple[Span, ...] = ()
    none: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pointer:
    """A clue in words of its example; `right` is empty when the pronoun means nothing in view."""

    at: int
    right: frozenset[int]
    open: frozenset[int]
    wrong: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Anaphora(Example):
    """A text's words with its clues."""

    pointers: tuple[Pointer, ...]


def anaphora(text: str, clues: Sequence[Clue]) -> Iterator[Anaphora]:
    """A text's blocks with the clues that lie in them; without any a block is left out."""
    for words in word_blocks(text):
        known = asked(words, 0, len(words))
        found = [p for c in clues if (p := _pointer(words, c)) is not None and known[p.at]]
        if found:
            yield Anaphora(words, np.zeros(len(words), np.int64), [], tuple(found))


def _pointer(words: Words, clue: Clue) -> Pointer | None:
    at = word_ranges(words, [clue.at])
    if not at:
        return None

    def inside(spans: Sequence[Span]) -> frozenset[int]:
        return frozenset(k for begin, end in word_ranges(words, spans) for k in range(begin, end))

    right, wrong = inside(clue.right), inside(clue.wrong)
    if not right and not clue.none and not wrong:
        return None
    return Pointer(at[0][0], right, inside(clue.open) - right, wrong - right)


def from_gap(
    path: Path, renamed: int = 0, seed: int = 0, left_out: tuple[int, int] | None = None
) -> Iterator[Anaphora]:
    """GAP's rows, without the k-th of n parts when (k, n) is to be `left_out`. A name's whole words stand for it
    wherever they come; parts of it may be somebody else.

    Each row comes `renamed` times more with the two candidates under names of other rows, for pronouns of the same
    gender, where there are two: who is meant must follow from the text, not from having met the name.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    if left_out:
        rows = [row for k, row in enumerate(rows) if k % left_out[1] != left_out[0]]
    rng = random.Random(seed)
    names: dict[str | None, list[str]] = {}
    for row in rows:
        gender = lex.PRONOUN_GENDER.get(row["Pronoun"].casefold())
        names.setdefault(gender, []).extend(row[x] for x in "AB" if row[f"{x}-coref"].upper() == "TRUE")
    for row in rows:
        yield from _of_gap(row)
        others = names[lex.PRONOUN_GENDER.get(row["Pronoun"].casefold())]
        for _ in range(renamed if len(others) > 1 else 0):
            yield from _of_gap(_renamed(row, rng.sample(others, 2)))


def _of_gap(row: Mapping[str, str]) -> Iterator[Anaphora]:
    text, at = row["Text"], int(row["Pronoun-offset"])
    names = {x: _occurrences(text, row[x]) for x in "AB"}
    parts = {x: _occurrences(text, *row[x].split()) for x in "AB"}
    span = (at, at + len(row["Pronoun"]))
    true = [x for x in "AB" if row[f"{x}-coref"].upper() == "TRUE"]
    if true:
        other = "B" if true[0] == "A" else "A"
        loose = tuple(s for s in parts[true[0]] if not _within(s, names[other]))
        clue = Clue(span, names[true[0]], loose)
    else:
        clue = Clue(span, wrong=(*names["A"], *names["B"]))
    yield from anaphora(text, [clue])


def _renamed(row: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """The row with each word of its two names put as a word of another name, first as first and last as last."""
    new: dict[str, str] = {}
    for name, other in zip((row["A"], row["B"]), names, strict=True):
        words, others = name.split(), other.split()
        for k, word in enumerate(words):
            place = others[-1] if k == len(words) - 1 else others[0]
            new.setdefault(word, place)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, new), key=len, reverse=True))})(?!\w)")
    text = pattern.sub(lambda m: new[m[0]], row["Text"])
    at = len(pattern.sub(lambda m: new[m[0]], row["Text"][: int(row["Pronoun-offset"])]))
    renamed = {x: pattern.sub(lambda m: new[m[0]], row[x]) for x in "AB"}
    return {**row, **renamed, "Text": text, "Pronoun-offset": str(at)}


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in others)


def _occurrences(text: str, *names: str) -> tuple[Span, ...]:
    return tuple(m.span() for n in names if len(n) > 1 for m in re.finditer(rf"(?<!\w){re.escape(n)}(?!\w)", text))


def from_silver(
    rows: Iterable[Mapping[str, Any]], chains: Mapping[str, Sequence[Sequence[Span]]]
) -> Iterator[Anaphora]:
    """Articles with the chains that a machine found in them."""
    for row in rows:
        text, clues = row["text"], []
        for chain in chains.get(row["id"], ()):
            spans = [(a, b) for a, b in chain]
            said = [text[a:b].casefold() for a, b in spans]
            nominal = [s for s, w in zip(spans, said, strict=True) if w not in lex.PRONOUNS and w.count(" ") < SHORT]
            if not any(text[a].isupper() for a, _ in nominal):
                continue
            clues += [Clue(s, tuple(nominal)) for s, w in zip(spans, said, strict=True) if w in lex.PRONOUN_GENDER]
        yield from anaphora(text, clues)


def from_news(texts: Iterable[str], seed: int, share: float = 0.7) -> Iterator[Anaphora]:
    """News in which a `share` of the later mentions of people by name are put as pronouns."""
    rng = random.Random(seed)
    for text in texts:
        yield from anaphora(*with_pronouns(text, rng, share))


def with_pronouns(text: str, rng: random.Random, share: float) -> tuple[str, list[Clue]]:
    """The text with later mentions put as pronouns, and what each of those means, in the new text's offsets."""
    words = split_words(text)
    cast = Cast(words, find_names(words))
    chosen: dict[Span, tuple[Member, str]] = {}
    for begin, (member, name) in cast.by_word.items():
        if begin != name.begin or member.kind != "person" or member.gender is None or rng.random() > share:
            continue
        if _named_before(cast, member, name):
            chosen[_extent(cast, name)] = member, _pronoun(cast, member, name)
    return _rewritten(text, cast, chosen)


def _named_before(cast: Cast, member: Member, name: Name) -> bool:
    """Was the same one named in this sentence or one of the two before, and not last of all in this one's clause?"""
    words = cast.words
    return any(
        place < name.begin and words.sentence[name.begin] - words.sentence[place] <= 2 for place, _ in member.places
    )


def _extent(cast: Cast, name: Name) -> Span:
    """A name with the title before it and the 's behind."""
    words = cast.words
    last = name.end if name.possessive else name.end - 1
    return words.starts[min(name.begin, name.role_begin)], words.ends[last]


def _pronoun(cast: Cast, member: Member, name: Name) -> str:
    words, begin = cast.words, min(name.begin, name.role_begin)
    before = words.lower[begin - 1] if begin else ""
    female = member.gender == "f"
    if name.possessive:
        word = "her" if female else "his"
    elif before in _PREPOSITIONS or before.endswith(("ed", "ing")):
        word = "her" if female else "him"
    else:
        word = "she" if female else "he"
    return word.capitalize() if words.opens_sentence(begin) else word


def _rewritten(text: str, cast: Cast, chosen: Mapping[Span, tuple[Member, str]]) -> tuple[str, list[Clue]]:
    out: list[str] = []
    moved: list[tuple[int, int]] = []  # old offset from which on the new one differs by so much
    clues: list[tuple[Member, Span]] = []
    at = size = 0
    for (start, end), (member, pronoun) in sorted(chosen.items()):
        if start < at:
            continue
        out += [text[at:start], pronoun]
        size += start - at
        clues.append((member, (size, size + len(pronoun))))
        size += len(pronoun)
        at = end
        moved.append((end, size - end))
    out.append(text[at:])
    kept = {id(m): _kept(m, chosen, moved) for m, _ in clues}
    return "".join(out), [Clue(span, kept[id(m)]) for m, span in clues if kept[id(m)]]


def _kept(
    member: Member, chosen: Mapping[Span, tuple[Member, str]], moved: Sequence[tuple[int, int]]
) -> tuple[Span, ...]:
    """A member's remaining mentions by name, where they stand in the rewritten text."""
    gone = list(chosen)
    spans = [s for s, how in member.mentions.items() if how == "name" and not _within(s, gone)]
    shifts = [next((by for old, by in reversed(moved) if old <= a), 0) for a, _ in spans]
    return tuple((a + by, b + by) for (a, b), by in zip(spans, shifts, strict=True))
