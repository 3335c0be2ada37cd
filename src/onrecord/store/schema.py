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
"""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

TEXT, NUMBER, REAL = pa.string(), pa.int32(), pa.float64()
TEXTS = pa.list_(TEXT)
SPAN = pa.struct([("start", NUMBER), ("end", NUMBER)])
SPANS = pa.list_(SPAN)
MENTIONS = pa.list_(pa.struct([("start", NUMBER), ("end", NUMBER), ("type", TEXT)]))
EVIDENCE = pa.list_(
    pa.struct([("kind", TEXT), ("value", TEXT), ("start", NUMBER), ("end", NUMBER), ("carried", pa.bool_())])
)
MOMENT = pa.timestamp("us", tz="UTC")
FACETS = 5
"""Numbers a statement has for facets: speaker, outlet, quote, month, topics."""


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


ARTICLES = _schema(
    id=TEXT, version=NUMBER, previous=NUMBER, hash=TEXT, model=TEXT, added=MOMENT, url=TEXT, outlet=TEXT, title=TEXT,
    byline=TEXTS, language=TEXT, published=TEXT, month=TEXT, dateline_place=TEXT, dateline_date=TEXT,
    dateline_agency=TEXT, dateline_start=NUMBER, dateline_end=NUMBER, text=TEXT, exact=TEXT,
)  # fmt: skip
"""`previous` is the number of the version before in `past`; `exact` the whole record as JSON where UTF-8 cannot hold
its text (lone surrogates), else null."""

STATEMENTS = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER,
    content=TEXT, source=TEXT, cue=TEXT, tokens=TEXT, quote=TEXT,
    speaker=TEXT, speaker_code=TEXT, speaker_country=TEXT, speaker_role=TEXT, speaker_kind=TEXT, addressee=TEXT,
    about=TEXTS, about_codes=TEXTS, through=TEXTS, venue=TEXT, said_on=TEXT, topics=TEXTS,
    confidence=REAL, level=NUMBER, speaker_confidence=REAL, parent=TEXT,
    outlet=TEXT, agency=TEXT, language=TEXT, published=TEXT, month=TEXT, day=NUMBER, title=TEXT, url=TEXT,
    speaker_id=TEXT, addressee_id=TEXT, about_ids=TEXTS,
    source_spans=SPANS, cue_spans=SPANS, content_spans=SPANS, provenance=EVIDENCE,
    facets=pa.list_(NUMBER, FACETS),
)  # fmt: skip
"""`speaker`, `addressee` and `about` are names; their ids within the article stand in `…_id(s)`. `level` is the
confidence in whole hundredths, `month` and `day` (of the month) are published's."""

ENTITIES = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER, name=TEXT, kind=TEXT, named=pa.bool_(), aliases=TEXTS,
    country=TEXT, role=TEXT, code=TEXT, link=TEXT, mentions=MENTIONS, outlet=TEXT, published=TEXT,
)  # fmt: skip

EVENTS = _schema(
    article=TEXT, version=NUMBER, id=TEXT, position=NUMBER, actor=TEXT, recipient=TEXT, actor_code=TEXT,
    recipient_code=TEXT, type=TEXT, mode=TEXT, context=TEXTS, cameo=TEXT, quad=NUMBER, goldstein=REAL, trigger=TEXT,
    status=TEXT, on_word_of=TEXT, date=TEXT, confidence=REAL, outlet=TEXT, published=TEXT, month=TEXT,
    actor_id=TEXT, recipient_id=TEXT, trigger_spans=SPANS,
)  # fmt: skip

PAST = _schema(article=TEXT, version=NUMBER, hash=TEXT, model=TEXT, added=MOMENT, replaced=MOMENT, record=TEXT)
DECISIONS = _schema(
    id=TEXT, kind=TEXT, left=TEXT, right=TEXT, verdict=TEXT, by=TEXT, at=MOMENT, note=TEXT, details=TEXT
)
RUNS = _schema(
    id=TEXT, started=MOMENT, finished=MOMENT, command=TEXT, model=TEXT, made_by=TEXT, added=NUMBER, unchanged=NUMBER,
    corrected=NUMBER, reread=NUMBER, failed=NUMBER,
)  # fmt: skip
NAMES = _schema(number=NUMBER, kind=TEXT, name=TEXT, folded=TEXT)
WORDS = _schema(word=TEXT, folded=TEXT)


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
            Index("speaker", "BTREE"),
            Index("confidence", "BTREE"),
            *(
                Index(column, "BITMAP")
                for column in (
                    "speaker_code", "speaker_country", "outlet", "agency", "quote", "month", "day", "level", "language",
                )
            ),
            *(Index(column, "LABEL_LIST") for column in ("about", "about_codes", "through", "topics")),
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
