"""The tables of an archive: their columns, and the indexes over them.

    articles     the current version of every article, one row each
    statements   theirs, with what a search filters and shows in columns of its own
    entities     theirs
    events       theirs
    past         older versions of corrected articles, whole, as JSON
    decisions    what people decided
    runs         what was added when, by which model
    names        every name a filter can ask for, numbered; facets count numbers
    words        every word of a content once; prefixes are looked up here

`articles` to `events` hold current versions only, so that no search pays for the old ones.

What follows from other columns is not stored with every row but put in when it is read: names from their numbers, the
words of a source from its spans. `SEEN` has the columns that readers see, `seen.py` puts them in. Strings are packed
with zstd, so many of them in one block that what they share is said once.
"""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from onrecord.records import MEANING_BITS

_BLOCK = 16 << 10
"""Bytes of strings that are packed together: reading one unpacks them all, in tens of microseconds."""


def _packed(kind: pa.DataType, block: int = _BLOCK) -> pa.Field:
    """A field of strings, or of lists of them, packed in blocks of so many bytes."""
    how = {
        "lance-encoding:structural-encoding": "miniblock", "lance-encoding:minichunk-size": str(block),
        "lance-encoding:compression": "zstd", "lance-encoding:compression-level": "12",
        "lance-encoding:dict-values-compression": "zstd",
    }  # fmt: skip
    if pa.types.is_list(kind):
        kind = pa.list_(_packed(kind.value_type, block).with_name("item"))
    return pa.field("", kind, metadata=how)


TEXT, NUMBER, REAL = pa.string(), pa.int32(), pa.float64()
TEXTS, NUMBERS = pa.list_(TEXT), pa.list_(NUMBER)
LABELS = pa.field("", TEXTS)
"""Not packed: what its items' field says of packing would keep Lance from asking the column's index."""
CONTENT, LONG = _packed(TEXT, 2 * _BLOCK), _packed(TEXT, 16 * _BLOCK)
SPAN = pa.struct([("start", NUMBER), ("end", NUMBER)])
SPANS = pa.list_(SPAN)
MENTIONS = pa.list_(pa.struct([("start", NUMBER), ("end", NUMBER), ("type", TEXT)]))
EVIDENCE = pa.list_(
    pa.struct([("kind", TEXT), ("value", TEXT), ("start", NUMBER), ("end", NUMBER), ("carried", pa.bool_())])
)
CONFIDENCES = pa.list_(pa.struct([("ten_thousandths", NUMBER), ("exact", REAL)]))
STANCES = pa.list_(
    pa.struct([("entity", NUMBER), ("attitude", pa.int8()), ("ten_thousandths", NUMBER), ("exact", REAL)])
)
MEANING = pa.binary(MEANING_BITS // 8)
MOMENT = pa.timestamp("us", tz="UTC")


def _schema(**columns: pa.DataType | pa.Field) -> pa.Schema:
    fields = [_packed(kind) if kind in {TEXT, TEXTS} else kind for kind in columns.values()]
    return pa.schema(
        [f.with_name(n) if isinstance(f, pa.Field) else pa.field(n, f) for n, f in zip(columns, fields, strict=True)]
    )


ARTICLES = _schema(
    id=TEXT, version=NUMBER, previous=NUMBER, hash=TEXT, model=TEXT, added=MOMENT, url=TEXT, outlet=TEXT, title=TEXT,
    byline=TEXTS, language=TEXT, published=TEXT, month=TEXT, dateline_place=TEXT, dateline_date=TEXT,
    dateline_agency=TEXT, dateline_start=NUMBER, dateline_end=NUMBER, text=LONG, exact=LONG,
)  # fmt: skip
"""`previous` is the number of the version before in `past`;
`exact` the whole record as JSON where UTF-8 cannot hold its text (lone surrogates), else null."""

STATEMENTS = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER,
    content=CONTENT, cue=TEXT, tokens=TEXT, quote=TEXT,
    speaker_number=NUMBER, speaker_code=TEXT, speaker_country=TEXT, speaker_role=TEXT, speaker_kind=TEXT,
    addressee=TEXT, about_numbers=NUMBERS, about_codes=LABELS, through=LABELS, venue=TEXT, said_on=TEXT, topics=LABELS,
    ten_thousandths=NUMBER, exact_confidence=REAL, level=NUMBER, speaker_confidence=REAL, parent=TEXT,
    outlet=TEXT, agency=TEXT, language=TEXT, published=TEXT, month=TEXT, day=NUMBER, title=TEXT, url=TEXT,
    speaker_id=TEXT, addressee_id=TEXT, about_ids=TEXTS,
    source_spans=SPANS, cue_spans=SPANS, content_spans=SPANS, provenance=EVIDENCE,
    outlet_number=NUMBER, quote_number=NUMBER, month_number=NUMBER, topics_number=NUMBER,
    topic_ten_thousandths=CONFIDENCES, stance_numbers=STANCES, meaning=MEANING,
)  # fmt: skip
"""Numbers of names are those of `names`, 0 where there is none; `quote_number` is its place in rows.QUOTES and
`month_number` counts from the year 0. The confidence stands in whole ten thousandths, where it is no such in
`exact_confidence`, and so do those of topics and stances; `level` is it in whole hundredths. A stance's `entity` is
its `position` among the article's, its `attitude` the place in rows.ATTITUDES. `month` and `day` (of the
month) are published's."""
FACETS = ("speaker_number", "outlet_number", "quote_number", "month_number", "topics_number")

ENTITIES = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER, name=TEXT, kind=TEXT, named=pa.bool_(),
    aliases=TEXTS, country=TEXT, role=TEXT, code=TEXT, link=TEXT, mentions=MENTIONS, outlet=TEXT, published=TEXT,
)  # fmt: skip

EVENTS = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER, actor=TEXT, recipient=TEXT, actor_code=TEXT,
    recipient_code=TEXT, type=TEXT, mode=TEXT, context=TEXTS, cameo=TEXT, quad=NUMBER, goldstein=REAL, trigger=TEXT,
    status=TEXT, on_word_of=TEXT, date=TEXT, confidence=REAL, outlet=TEXT, published=TEXT, month=TEXT,
    actor_id=TEXT, recipient_id=TEXT, trigger_spans=SPANS,
)  # fmt: skip

PAST = _schema(article=TEXT, version=NUMBER, hash=TEXT, model=TEXT, added=MOMENT, replaced=MOMENT, record=LONG)
DECISIONS = _schema(
    id=TEXT, kind=TEXT, left=TEXT, right=TEXT, verdict=TEXT, by=TEXT, at=MOMENT, note=TEXT, details=TEXT
)
RUNS = _schema(
    id=TEXT, started=MOMENT, finished=MOMENT, command=TEXT, model=TEXT, made_by=TEXT, added=NUMBER, unchanged=NUMBER,
    corrected=NUMBER, reread=NUMBER, failed=NUMBER,
)  # fmt: skip
NAMES = _schema(number=NUMBER, kind=TEXT, name=TEXT)
WORDS = _schema(word=TEXT)


def _seen(names: str) -> tuple[str, ...]:
    return tuple(names.split())


SEEN = {
    "articles": _seen(
        """id version previous hash model added url outlet title byline language published month dateline_place
        dateline_date dateline_agency dateline_start dateline_end text"""
    ),
    "statements": _seen(
        """article version id position content source cue quote speaker speaker_code speaker_country speaker_role
        speaker_kind addressee about about_codes through venue said_on topics topic_confidence stances confidence
        speaker_confidence parent outlet agency language published month day title url speaker_id addressee_id about_ids
        source_spans cue_spans content_spans provenance"""
    ),
    "entities": tuple(ENTITIES.names),
    "events": tuple(EVENTS.names),
    "past": tuple(PAST.names),
    "decisions": tuple(DECISIONS.names),
    "runs": tuple(RUNS.names),
}
"""The columns of a table as readers see it, in their order. `speaker`, `addressee` and `about` are names; their ids
within the article stand in `…_id(s)`; a stance's `entity` is the `position` of a row of `entities`."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index over one column. Columns with few values get bitmaps, so that a filter joins a few of them."""

    column: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, its indexes, and how many rows a file of it should have."""

    schema: pa.Schema
    indexes: tuple[Index, ...] = ()
    rows_per_file: int = 250_000


_WORDS_WITH_POSITIONS = {"base_tokenizer": "simple", "stem": True, "remove_stop_words": False, "with_position": True}
_WHOLE_TOKENS = {"base_tokenizer": "whitespace", "stem": False, "remove_stop_words": False, "with_position": False}

TABLES: dict[str, Table] = {
    "articles": Table(ARTICLES, (Index("id", "BTREE"),), rows_per_file=50_000),
    "statements": Table(
        STATEMENTS,
        (
            Index("content", "INVERTED", _WORDS_WITH_POSITIONS),
            Index("tokens", "INVERTED", _WHOLE_TOKENS),
            Index("article", "BTREE"),
            Index("speaker_number", "BTREE"),
            *(
                Index(column, "BITMAP")
                for column in (
                    "speaker_code", "speaker_country", "outlet", "agency", "quote", "month", "day", "level", "language",
                )
            ),
            *(Index(column, "LABEL_LIST") for column in ("about_numbers", "about_codes", "through", "topics")),
        ),
    ),
    "entities": Table(ENTITIES, (Index("article", "BTREE"),)),
    "events": Table(EVENTS, (Index("article", "BTREE"),)),
    "past": Table(PAST, (Index("article", "BTREE"),), rows_per_file=50_000),
    "decisions": Table(DECISIONS),
    "runs": Table(RUNS),
    "names": Table(NAMES),
    "words": Table(WORDS),
}  # fmt: skip
OF_AN_ARTICLE = ("statements", "entities", "events")
"""Tables whose rows belong to an article, by its id in `article`."""
