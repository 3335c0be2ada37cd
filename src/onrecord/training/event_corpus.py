"""Sentences with marked actors to what the event network learns from."""

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.event_words import Asked, asked
from onrecord.annotate.events import STATUSES, TYPES
from onrecord.records import Scene, Spans
from onrecord.training.corpus import IGNORED

OWN = Path(__file__).with_name("event_sentences.jsonl")
BORDERS = tuple(Path(__file__).with_name(f"event_borders{part}.jsonl") for part in ("", "_more"))
ANNOTATED = Path(__file__).with_name("event_pairs.jsonl")
ALTERNATIVES = {"YIELD": ("CONCEDE", "RETREAT"), "COERCE": ("COERCE", "EMBARGO")}
"""What PLV calls by one name and we by two."""


Pieces = Sequence[Sequence[int]]


MUTUAL = frozenset(("CONSULT", "AGREE", "SUPPORT", "COOPERATE", "NONE"))
"""What is often done by both: of the others, nothing is done the other way round in the same words."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one pair of a scene."""

    pair: tuple[int, int]
    types: tuple[int, ...]
    """Indexes into TYPES, of which one is right."""
    status: int = IGNORED
    trigger: tuple[tuple[int, int], ...] | None = None
    """Word ranges; None when not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A scene's words with its marks, what is told in it, and what is felt."""

    asked: Asked
    told: tuple[Told, ...] = ()
    felt: tuple[tuple[int, int], ...] = ()
    """Participants with the attitude shown to them: 0 against, 1 neither, 2 for."""


def from_plv(rows: Iterable[Mapping[str, Any]]) -> Iterator[Lesson]:
    """Rows of PLV: one pair a sentence, its root, no status, no trigger; and nothing the other way round."""
    for row in rows:
        told = [Told((0, 1), _types(row["root"])), *_nothing_back(row["root"])]
        one = _lesson(row["sentence"], [row["source_spans"], row["target_spans"]], told)
        if one:
            yield one


def from_nothing(rows: Iterable[Mapping[str, Any]]) -> Iterator[Lesson]:
    """Sentences that hold no event (penta 0), where both actors are marked."""
    for row in rows:
        if row.get("penta") == 0 and row.get("source_spans") and row.get("target_spans"):
            text = row["ner_text"]
            one = _lesson(text, [row["source_spans"], row["target_spans"]], [Told((0, 1), ())])
            if one:
                yield one


_TAG = re.compile(r"<(/?)([art])>")


def from_own(rows: Iterable[Mapping[str, Any]]) -> Iterator[Lesson]:
    """Sentences of our own with <a>, <r> and <t> around actor, recipient and trigger; nothing the other way, unless
    another row has the same sentence so marked.
    """
    known = [(row, *_untagged(row["text"])) for row in rows]
    back = {(text, marks["r"], marks["a"]) for _, text, marks in known}
    for row, text, marks in known:
        trigger = [marks["t"]] if "t" in marks else None
        status = STATUSES.index(row.get("status", "asserted")) if row["type"] != "NONE" else IGNORED
        told = [Told((0, 1), _types(row["type"]), status)]
        if (text, marks["a"], marks["r"]) not in back:
            told += _nothing_back(row["type"])
        one = _lesson(text, [[marks["a"]], [marks["r"]]], told, trigger)
        if one:
            yield one


def _untagged(tagged: str) -> tuple[str, dict[str, tuple[int, int]]]:
    text, end = "", 0
    marks: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    for tag in _TAG.finditer(tagged):
        text += tagged[end : tag.start()]
        end = tag.end()
        if tag[1]:
            marks[tag[2]] = (opened[tag[2]], len(text))
        else:
            opened[tag[2]] = len(text)
    return text + tagged[end:], marks


def held_out(article: str) -> bool:
    """One article in six is kept from training, to fit confidence and threshold on."""
    return zlib.crc32(article.encode()) % 6 == 0


def from_annotated(
    rows: Iterable[Mapping[str, Any]], articles: Mapping[str, str], coded: bool = False
) -> Iterator[Lesson]:
    """Scenes of news that we annotated, those whose article is at hand; every pair without an event is told so.

    With `coded` only pairs of which both have a code, and not the same: those that records are asked about.
    """
    for row in rows:
        if row["id"] not in articles:
            continue
        text = articles[row["id"]]
        participants = tuple((str(k), _spans(s)) for k, s in enumerate(row["participants"]))
        lead = tuple(row["lead"]) if row["lead"] else None
        codes = row["codes"]
        pairs = tuple((i, j) for i, j in row["pairs"] if not coded or (codes[i] and codes[j] and codes[i] != codes[j]))
        given = asked(text, Scene(tuple(row["sentence"]), lead, participants, pairs))
        if given is None:
            continue
        told = {pair: Told(pair, _types("NONE")) for pair in given.pairs}
        for event in row["events"]:
            pair = tuple(event["pair"])
            if pair in told:
                types = _types(event["type"])
                if told[pair].types != _types("NONE"):
                    types = (*told[pair].types, *types)
                trigger = tuple(given.ranges(event["trigger"]))
                told[pair] = Told(pair, types, STATUSES.index(event["status"]), trigger or None)
        yield Lesson(given, tuple(told.values()))


def _lesson(
    text: str, participants: Sequence[Pieces], told: Sequence[Told], trigger: Pieces | None = None
) -> Lesson | None:
    spans = tuple((str(k), _spans(s)) for k, s in enumerate(participants))
    given = asked(text, Scene((0, len(text)), None, spans, tuple(t.pair for t in told)))
    if given is None:
        return None
    ranges = tuple(given.ranges(trigger)) if trigger else None
    return Lesson(given, (replace(told[0], trigger=ranges), *told[1:]))


def _nothing_back(name: str) -> list[Told]:
    """That the second does nothing to the first, where that follows from what the first does to it."""
    return [] if name in MUTUAL else [Told((1, 0), ())]


def _spans(spans: Sequence[Sequence[int]]) -> Spans:
    return tuple((a, b) for a, b in spans)


def _types(name: str) -> tuple[int, ...]:
    """Indexes of the types that a name stands for; none for NONE."""
    if name == "NONE":
        return ()
    return tuple(TYPES.index(n) for n in ALTERNATIVES.get(name, (name,)))


@dataclass(frozen=True, slots=True, eq=False)
class PairBatch:
    """b scenes padded to l pieces, n words and k participants, with q pairs."""

    pieces: Tensor
    features: Tensor
    marks: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    """(b, n) bool, True where there is a word."""
    pool: Tensor
    """(b, k, n)"""
    at: Tensor
    """(q,) the scene of each pair"""
    actor: Tensor
    """(q,)"""
    recipient: Tensor
    """(q,)"""
    types: Tensor
    """(q, 17) bool, those of which one is right; none where there is no event."""
    status: Tensor
    """(q,), IGNORED where not known."""
    trigger: Tensor
    """(q, n) bool, nothing where not known."""
    felt_at: Tensor
    """(t,) the scene of each target of an attitude"""
    target: Tensor
    """(t,) which participant of it"""
    attitude: Tensor
    """(t,)"""


def collate(group: Sequence[Lesson]) -> PairBatch:
    """Pad and stack."""
    b = len(group)
    longest, n = max(len(g.asked.pieces) for g in group), max(len(g.asked.first) for g in group)
    k = max(len(g.asked.members) for g in group)
    pieces, features, marks = (np.zeros((b, longest), np.int64) for _ in range(3))
    features += 16
    mask, first, words = np.zeros((b, longest), bool), np.zeros((b, n), np.int64), np.zeros((b, n), bool)
    pool = np.zeros((b, k, n), np.float32)
    told = [(i, t) for i, g in enumerate(group) for t in g.told]
    felt = [(i, *f) for i, g in enumerate(group) for f in g.felt]
    types, trigger = np.zeros((len(told), len(TYPES)), bool), np.zeros((len(told), n), bool)
    for i, lesson in enumerate(group):
        one = lesson.asked
        size = len(one.pieces)
        pieces[i, :size], features[i, :size], marks[i, :size], mask[i, :size] = (
            one.pieces,
            one.features,
            one.marks(),
            True,
        )
        first[i, : len(one.first)], words[i, : len(one.first)] = one.first, True
        pool[i, : len(one.members), : len(one.first)] = one.pool()
    for q, (_, t) in enumerate(told):
        types[q, list(t.types)] = True
        for begin, end in t.trigger or ():
            trigger[q, begin:end] = True
    t_ = torch.from_numpy

    def ints(values: Iterable[int]) -> Tensor:
        return torch.tensor(list(values), dtype=torch.long)

    return PairBatch(
        t_(pieces), t_(features), t_(marks), t_(mask), t_(first), t_(words), t_(pool),
        ints(i for i, _ in told), ints(t.pair[0] for _, t in told), ints(t.pair[1] for _, t in told),
        t_(types), ints(t.status for _, t in told), t_(trigger),
        ints(i for i, _, _ in felt), ints(k for _, k, _ in felt), ints(y for _, _, y in felt),
    )  # fmt: skip


def batches(lessons: Sequence[Lesson], rng: random.Random, tokens: int) -> list[list[Lesson]]:
    """Groups of scenes of like length with at most `tokens` wordpieces when padded, in random order."""
    order = sorted(lessons, key=lambda g: (len(g.asked.pieces) // 8, rng.random()))
    out: list[list[Lesson]] = []
    for one in order:
        if out and (len(out[-1]) + 1) * max(len(x.asked.pieces) for x in [one, *out[-1]]) <= tokens:
            out[-1].append(one)
        else:
            out.append([one])
    rng.shuffle(out)
    return out
