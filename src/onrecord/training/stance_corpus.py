"""Sentences with an attitude towards somebody in them, to what the event network learns from beside events."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.annotate.event_words import asked
from onrecord.records import Scene
from onrecord.training.event_corpus import Lesson


def from_newsmtsc(rows: Iterable[Mapping[str, Any]]) -> Iterator[Lesson]:
    """Rows of NewsMTSC (Hamborg and Donnay, EACL 2021): a sentence, spans of its targets and the polarity to each, from
    -1 to 1.
    """
    for row in rows:
        targets = row["targets"]
        spans = tuple((str(k), ((t["start"], t["end"]),)) for k, t in enumerate(targets))
        given = asked(row["sentence"], Scene((0, len(row["sentence"])), None, spans, (), tuple(range(len(spans)))))
        if given is not None:
            yield Lesson(given, felt=tuple((k, targets[k]["polarity"] + 1) for k in given.targets))


def fold_of(row: Mapping[str, Any], folds: int) -> int:
    """Which part of a cross-validation a row is in: sentences of one article are in the same."""
    return zlib.crc32("_".join(row["id"].split("_")[:3]).encode()) % folds


def kept_out(row: Mapping[str, Any]) -> bool:
    """One article in ten is kept from training, to fit confidence on."""
    return fold_of(row, 10) == 0
