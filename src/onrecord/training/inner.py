"""Contents annotated for the statements inside them: what the pass for nested statements learns from.

`inner.jsonl` beside this file holds our own annotation of contents from PolNeAR's training articles and from other
news: a line a content, {"id", "span", "inner": [{"source", "cue", "content"}]}, all of it offsets into the article of
that id. The texts themselves are read from where the user has them.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.annotate.quotes import unquoted
from onrecord.training.corpus import load

ANNOTATED = Path(__file__).with_name("inner.jsonl")


def inner_rows(
    articles: Iterable[Mapping[str, Any]], held_out: bool, annotated: Path = ANNOTATED
) -> Iterator[dict[str, Any]]:
    """Each annotated content whose article is at hand, as a text of its own without its quotation marks.

    Those of one article in six are held out of training, to fit the nested pass's confidence on.
    """
    texts = {row["id"]: row["text"] for row in articles}
    for row in load(annotated):
        if row["id"] not in texts or (zlib.crc32(row["id"].encode()) % 6 == 0) is not held_out:
            continue
        text = texts[row["id"]]
        start, end = unquoted(text, *row["span"])
        moved = [_moved(a, start, end) for a in row["inner"]]
        yield {"id": f"{row['id']}:{start}", "text": text[start:end], "inside": True, "attributions": moved}


def _moved(attribution: Mapping[str, Sequence[Sequence[int]]], start: int, end: int) -> dict[str, list[list[int]]]:
    """Its spans in the content's own offsets, clipped to it."""
    return {
        part: [[max(a, start) - start, min(b, end) - start] for a, b in spans if a < end and b > start]
        for part, spans in attribution.items()
    }
