"""The registry's table, as it is shipped: one actor a line, and the indexes over its names.

A line holds, between tabs: id, code, kind, country, role, names, terms. Names are parted by bars, the first is the one
to show; terms are `role@start/end`, parted by semicolons. A mark before a name says what kind of name it is:

    ~  shy: common to many, and links only when the country agrees ("~Senate"), for people also when the role does
    =  a demonym, adjective or noun ("=Russian", "=Swede")
    #  a place used for its government or body ("#Moscow"); "#~" where the place's name is a common one
    ^  a person's bare surname; "^~" where it links only when the country agrees
    @xx:  a name in another language ("@de:Deutschland"), taken only when the article is in it
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from onrecord.names import fold, fold_text, is_acronym, sound
from onrecord.records import EntityKind
from onrecord.resolve.actors.actor import Actor, Term

MARKS = "~=#^@"
Rows = list[int]


class Table:
    """The lines of one registry, found by name. Actors are built when asked for: most never are."""

    def __init__(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line and not line.startswith("//")]
        self._rows = [line.split("\t") for line in lines]
        self.plain: dict[str, Rows] = defaultdict(list)
        self.acronyms: dict[str, Rows] = defaultdict(list)
        self.shy: dict[str, Rows] = defaultdict(list)
        self.demonyms: dict[str, Rows] = defaultdict(list)
        self.places: dict[str, Rows] = defaultdict(list)
        self.shy_places: dict[str, Rows] = defaultdict(list)
        self.surnames: dict[str, Rows] = defaultdict(list)
        self.shy_surnames: dict[str, Rows] = defaultdict(list)
        self.foreign: dict[str, Rows] = defaultdict(list)
        self.by_id = {row[0]: i for i, row in enumerate(self._rows)}
        # folding the table at once is many times faster than folding its names one by one
        for i, folded in enumerate(fold_text("\n".join(row[5] for row in self._rows)).split("\n")):
            self._index(i, self._rows[i][5].split("|"), folded.split("|"))

    def _index(self, row: int, shown: list[str], folded: list[str]) -> None:
        for name, key in zip(shown, folded, strict=True):
            mark = key[0] if key else ""
            if mark not in MARKS:
                (self.acronyms if is_acronym(name) else self.plain)[key].append(row)
            elif mark == "~":
                self.shy[key[1:]].append(row)
            elif mark == "=":
                self.demonyms[key[1:]].append(row)
            elif mark == "#":
                (self.shy_places if key[1] == "~" else self.places)[key[1:].lstrip("~")].append(row)
            elif mark == "^":
                (self.shy_surnames if key[1] == "~" else self.surnames)[key[1:].lstrip("~")].append(row)
            elif mark == "@":
                self.foreign[key[1:]].append(row)

    @cached_property
    def sounds(self) -> dict[str, Rows]:
        """People by the sound of their full names, made at the first use."""
        out: dict[str, Rows] = defaultdict(list)
        for key, rows in (*self.plain.items(), *self.shy.items()):
            for row in rows:
                if self._rows[row][2] == "person" and " " in key:
                    out[sound(key)].append(row)
        return out

    def named(self, name: str, language: str | None) -> Rows:
        """Rows that bear this very name; an acronym only when it is written as one."""
        key = fold(name)
        rows = [*self.plain.get(key, ()), *(self.acronyms.get(key, ()) if name.isupper() else ())]
        if not rows and language and language != "en":
            rows = self.foreign.get(f"{language}:{key}", [])
        return rows

    def country(self, row: int) -> str | None:
        return self._rows[row][3] or None

    def kind(self, row: int) -> str:
        return self._rows[row][2]

    def terms(self, row: int) -> tuple[Term, ...]:
        return tuple(_term(part) for part in self._rows[row][6].split(";") if part)

    def actor(self, row: int) -> Actor:
        id_, code, kind, country, role, names, _ = self._rows[row]
        # a country's shy name is still the one to show; of a leader known by surname alone there is no other
        bare = [name.lstrip("~") for name in names.split("|") if name[0] not in "=#^@"] or [names.lstrip(MARKS)]
        first, *rest = bare
        return Actor(
            id_,
            code or None,
            first,
            cast(EntityKind, kind),
            country or None,
            role or None,
            tuple(rest),
            self.terms(row),
        )


def line_of(actor: Actor, names: Iterable[str]) -> str:
    """One actor as a line of the table; `names` with their marks, the one to show first."""
    terms = ";".join(f"{t.role}@{t.start or ''}/{t.end or ''}" for t in actor.terms)
    fields = [actor.id, actor.code or "", actor.kind, actor.country or "", actor.role or "", "|".join(names), terms]
    return "\t".join(fields)


def _term(text: str) -> Term:
    role, _, dates = text.partition("@")
    start, _, end = dates.partition("/")
    return Term(role, start or None, end or None)
