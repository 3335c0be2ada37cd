"""Records back from their JSON, and the hash that tells whether an article is the same."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from onrecord.records import Article, Dateline, Entity, Event, Evidence, Mention, Record, Spans, Stance, Statement

_LONE = re.compile("[\ud800-\udfff]")
_OF_AN_ARTICLE = [field.name for field in fields(Article)]
_OF_THE_RECORD = {"entities", "statements", "events", "model"}


def record_from_dict(values: Mapping[str, Any]) -> Record:
    """The record whose `to_dict` gave `values`. Raises ValueError, TypeError or KeyError when they are no record.

    `records_json` reads what users give and refuses spans and references that are wrong; what the archive was given
    must come back as it is, so that `verify` can say what is wrong with it.
    """
    article = {name: value for name, value in values.items() if name not in _OF_THE_RECORD}
    dateline = article.pop("dateline", None)
    byline = tuple(article.pop("byline", None) or ())
    return Record(
        Article(**article, byline=byline, dateline=_dateline(dateline) if dateline else None),
        tuple(_entity(row) for row in values["entities"]),
        tuple(_statement(row) for row in values["statements"]),
        tuple(_event(row) for row in values.get("events") or ()),
        values.get("model"),
    )


def content_hash(article: Article) -> str:
    """Thirty-two hex digits of everything that was read of an article; equal ones are the same version of it."""
    values = {name: getattr(article, name) for name in _OF_AN_ARTICLE}  # `asdict` would copy each
    values["dateline"] = article.dateline and asdict(article.dateline)
    told = json.dumps(values, sort_keys=True)  # escaped, so lone surrogates are nothing special
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def exact_json(record: Record) -> str:
    """A record as ASCII: what no encoding can spoil."""
    return json.dumps(record.to_dict())


def clean_text(text: str) -> str:
    """A text with every lone surrogate as U+FFFD."""
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def cleaned(record: Record) -> Record:
    """The record with every lone surrogate as U+FFFD, one code point for one, so that all offsets stay."""
    return record_from_dict(_clean(record.to_dict()))


def is_clean(record: Record) -> bool:
    """Can UTF-8 hold every text of it?"""
    if "\\ud" not in repr(record):  # which shows lone surrogates escaped, and is quick beside JSON
        return True
    try:
        json.dumps(record.to_dict(), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, Sequence):
        return [_clean(each) for each in value]
    return value


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple((int(start), int(end)) for start, end in pairs)


def _dateline(row: Mapping[str, Any]) -> Dateline:
    start, end = row["span"]
    return Dateline(row["place"], row["date"], row["agency"], (start, end))


def _entity(row: Mapping[str, Any]) -> Entity:
    mentions = tuple(Mention((m["span"][0], m["span"][1]), m["type"]) for m in row.get("mentions") or ())
    return Entity(**{**row, "aliases": tuple(row.get("aliases") or ()), "mentions": mentions})


def _statement(row: Mapping[str, Any]) -> Statement:
    return Statement(
        **{
            **row,
            **{name: _spans(row[name]) for name in ("source", "cue", "content")},
            **{name: tuple(row.get(name) or ()) for name in ("about", "through", "topics", "topic_confidence")},
            "stances": tuple(Stance(**stance) for stance in row.get("stances") or ()),
            "provenance": tuple(
                Evidence(e["kind"], e["value"], (e["span"][0], e["span"][1]), e["carried"])
                for e in row.get("provenance") or ()
            ),
        }
    )


def _event(row: Mapping[str, Any]) -> Event:
    return Event(**{**row, "trigger": _spans(row["trigger"]), "context": tuple(row.get("context") or ())})
