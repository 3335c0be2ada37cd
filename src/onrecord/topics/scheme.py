"""The topics that statements are given: the shipped ones, and those that users add.

Both are TOML files of tables `[[topics]]`. The shipped `data/media_topics.toml` has IPTC Media Topics by their codes,
with words of our own. A user's topic has a `name` and `terms`, `hints` or `examples` (see `own.py`); its `code` is its
name where none is given, and one that a shipped topic has takes its place.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.topics.own import distinguishing

ENVIRONMENT = "ONRECORD_TOPICS"
_TEXTS, _LISTS = ("name", "code", "broader", "about"), ("terms", "hints", "examples")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic and the words that tell it."""

    code: str
    name: str
    terms: tuple[str, ...]
    """Words and phrases of which one is enough to think of it."""
    hints: tuple[str, ...] = ()
    """Those that take others beside them."""
    broader: str | None = None
    """The code of the topic that it is a part of."""
    about: str = ""
    examples: tuple[str, ...] = ()
    """Sentences about it, as a user gave them."""
    own: bool = False
    """Whether a user added it."""


@dataclass(frozen=True, eq=False)
class Scheme:
    """Topics by code."""

    topics: Mapping[str, Topic]

    def above(self, code: str) -> tuple[str, ...]:
        """The codes of the topics that one is a part of, the nearest first."""
        found: list[str] = []
        topic = self.topics.get(code)
        while topic and topic.broader and topic.broader not in found:
            found.append(topic.broader)
            topic = self.topics.get(topic.broader)
        return tuple(found)

    def within(self, code: str) -> frozenset[str]:
        """A topic's code and those of all its parts."""
        return frozenset((code, *(c for c in self.topics if code in self.above(c))))

    def find(self, words: str) -> Topic | None:
        """The topic of a code (with or without `medtop:`), of a name, or of a name in which these words begin."""
        wanted = words.strip().casefold()
        for code in (wanted, f"medtop:{wanted}"):
            if code in self.topics:
                return self.topics[code]
        names = {topic.name.casefold(): topic for topic in self.topics.values()}
        for form in (wanted, wanted.removesuffix("s"), f"{wanted}s"):
            if form in names:
                return names[form]
        part = [t for name, t in names.items() if f" {wanted.removesuffix('s')}" in f" {name}"]
        return part[0] if len(part) == 1 and len(wanted) > 2 else None


@cache
def shipped() -> Scheme:
    """IPTC Media Topics, as far as they are needed for foreign affairs."""
    text = files("onrecord.topics").joinpath("data/media_topics.toml").read_text("utf-8")
    return _scheme(Scheme({}), tomllib.loads(text)["topics"], "media_topics.toml")


@cache
def load(own: Path | None = None) -> Scheme:
    """The shipped topics and those of a user's file. Raises InputError, naming the file, the topic and the field."""
    if own is None:
        return shipped()
    try:
        table = tomllib.loads(own.read_text("utf-8"))
    except OSError as error:
        raise InputError(str(own), f"cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(own), f"is not TOML: {' '.join(str(error).split())}") from error
    rows = table.get("topics")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise InputError(str(own), 'has no topics: begin each with a line [[topics]], and give its name = "…"')
    return _scheme(shipped(), rows, str(own))


def _scheme(before: Scheme, rows: Iterable[dict[str, Any]], where: str) -> Scheme:
    topics = dict(before.topics)
    for number, row in enumerate(rows, 1):
        topic = replace(_topic(row, f"{where}, topic {number}"), own=bool(before.topics))
        topics[topic.code] = topic
    for topic in topics.values():
        if topic.broader is not None and topic.broader not in topics:
            raise InputError(where, f"broader = {topic.broader!r} of {topic.name!r} is the code of no topic")
    return Scheme(topics)


def _topic(row: dict[str, Any], where: str) -> Topic:
    for field, value in row.items():
        if field not in (*_TEXTS, *_LISTS):
            raise InputError(where, f"{field} is not known here; {', '.join((*_TEXTS, *_LISTS))} are")
        fits = _is_texts(value) if field in _LISTS else isinstance(value, str) and value.strip()
        if not fits:
            raise InputError(
                where, f"{field} is {value!r:.40}, not {'a list of texts' if field in _LISTS else 'a text'}"
            )
    if "name" not in row:
        raise InputError(where, "name is missing")
    examples = tuple(row.get("examples", ()))
    terms = tuple(dict.fromkeys((*row.get("terms", ()), *distinguishing(examples))))
    if not terms:
        raise InputError(where, "has no terms, and its examples no word that tells them from other news; give terms")
    code, broader, about = row.get("code", row["name"]), row.get("broader"), row.get("about", "")
    return Topic(code, row["name"], terms, tuple(row.get("hints", ())), broader, about, examples)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
