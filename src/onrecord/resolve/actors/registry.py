"""Who of the world's actors a name means, or None: a wrong link is worse than a missed one.

1. The users' own actors are asked first, then the shipped ones.
2. A country, body, agency or group links by its whole name; a shy name (many countries have a Senate) only when the
   country agrees; ministries and the like are put together from a country and an institution.
3. A person links by the full name unless country or dates speak against it; a spelling variant, only when country or
   role speaks for it; a bare surname, only when role or country agrees and the article falls into a term of office.
4. More than one left is none.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.names import fold, without_possessive
from onrecord.records import EntityKind
from onrecord.resolve.actors import people
from onrecord.resolve.actors.actor import Actor, Context
from onrecord.resolve.actors.describe import country_of
from onrecord.resolve.actors.own import Refuse, own_lines
from onrecord.resolve.actors.table import Rows, Table

_HANDOVER_DAYS = 31
# the parliament of a part is not the parliament of the whole
_PARTS = frozenset(("scottish", "welsh", "northern irish", "english", "catalan", "scotland", "wales", "england"))
_LONGEST_COUNTRY = 6


class Registry:
    """The world's actors by name. Make one with `Registry.load()` and share it: it is never changed."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self._tables = tables

    @classmethod
    def load(cls, own: Path | None = None, refuse: Refuse | None = None) -> "Registry":
        """The shipped actors, under the users' own of a CSV file (docs/actors.md), which win.

        A bad row of the file goes to `refuse` and the rest is kept; without `refuse` it raises BadActor. Raises
        MissingInput when the file is not there.
        """
        if own is None:
            return cls((_shipped(),))
        return cls((Table("\n".join(own_lines(own, refuse))), _shipped()))

    def find(
        self,
        name: str,
        *,
        kind: EntityKind | None = None,
        country: str | None = None,
        role: str | None = None,
        on: str | None = None,
        language: str | None = None,
    ) -> Actor | None:
        """The actor an article means by a name, None when unknown, ambiguous or at odds with the context.

        `country` is alpha-3, `role` as the article words it, `on` the article's day in ISO 8601 or less of it. A
        capital is not taken for its government here, since most are only places: ask `metonym` for those that act.
        """
        context = Context(kind, country, role, on, language)
        for table in self._tables:
            found = self._find_in(table, name, context)
            if found:
                return found
        return None

    def demonym(self, word: str) -> str | None:
        """The country of an adjective or a people ("Russian", "Swedes"); None when two share it ("Congolese")."""
        for table in self._tables:
            codes = {table.country(row) for row in table.demonyms.get(fold(word), ())}
            if codes:
                return codes.pop() if len(codes) == 1 else None
        return None

    def metonym(self, place: str, *, country: str | None = None, on: str | None = None) -> Actor | None:
        """The government or body that a place stands for: Moscow, the Élysée, Brussels (the EU, unless the country
        says Belgium). Only for places that speak or act; whether they do is for the caller to see."""
        for table in self._tables:
            key = fold(place)
            rows = table.places.get(key, []) + (table.shy_places.get(key, []) if country else [])
            row = self._only(table, [r for r in rows if country is None or table.country(r) == country], on)
            if row is not None:
                return self._government(table, row)
        return None

    def country_of(self, words: str) -> str | None:
        """The country that those described by some words act for: "Iran's ambassador to Berlin" is IRN."""
        return country_of(words, self)

    def country_named(self, name: str) -> str | None:
        """The alpha-3 code of a country called by its name; None also for a name that is as often something else."""
        for table in self._tables:
            codes = {table.country(r) for r in table.named(name, None) if table.kind(r) == "country"}
            if codes:
                return codes.pop() if len(codes) == 1 else None
        return None

    def _find_in(self, table: Table, name: str, context: Context) -> Actor | None:
        if context.kind in (None, "person", "other"):
            row = people.find(table, name, context)
            if row is not None:
                return table.actor(row)
        if context.kind in ("person", "document", "place"):
            return None
        row = self._only(table, self._bodies(table, name, context), context.on)
        if row is not None and _of_institutions(table, row):
            return self._institution(table, row, context.country)
        if row is not None:
            is_seat = row in table.places.get(fold(name), ()) and table.kind(row) == "country"
            return self._government(table, row) if is_seat else table.actor(row)
        return self._composed(table, name, context)

    def _bodies(self, table: Table, name: str, context: Context) -> Rows:
        key = fold(name)
        rows = [r for r in table.named(name, context.language) if table.kind(r) != "person"]
        if context.country or context.kind == "country":
            rows = rows + table.shy.get(key, [])
        agreeing = [r for r in rows if self._agrees(table, r, key, context)]
        # what a country calls its own goes before what every country has
        return [r for r in agreeing if not _of_institutions(table, r)] or agreeing

    def _agrees(self, table: Table, row: int, key: str, context: Context) -> bool:
        country, kind = table.country(row), table.kind(row)
        if context.kind == "country" and kind != "country":
            return False
        if context.kind in ("organization", "group") and kind == "country" and row not in table.places.get(key, ()):
            return False  # "England" as an organization is a team; the Kremlin is one
        if _of_institutions(table, row):
            return context.country is not None
        if row in table.shy.get(key, ()) and context.country is None:
            return kind == "country"
        return context.country is None or country in (None, context.country)

    def _composed(self, table: Table, name: str, context: Context) -> Actor | None:
        """ "Russian Foreign Ministry", "Iran’s Ministry of Foreign Affairs", "Ministry of Defense of Ukraine"."""
        for country, rest in self._country_and_rest(name):
            if context.country not in (None, country):
                return None
            within = Context(context.kind, country, None, context.on)
            row = self._only(table, self._bodies(table, rest, within), context.on)
            if row is not None and table.kind(row) == "organization" and table.country(row) in (None, "*", country):
                return self._institution(table, row, country) if _of_institutions(table, row) else table.actor(row)
        return None

    def _country_and_rest(self, name: str) -> list[tuple[str, str]]:
        words = name.split()
        if words and words[0] in ("the", "The"):
            words = words[1:]
        out = []
        for cut in range(min(len(words) - 1, _LONGEST_COUNTRY), 0, -1):
            owner = " ".join([*words[: cut - 1], without_possessive(words[cut - 1])])
            code = self.country_named(owner) or self.demonym(owner)
            if code and fold(owner) not in _PARTS:
                out.append((code, " ".join(words[cut:])))
        before, of, after = name.rpartition(" of ")
        code = self.country_named(after) if of else None
        return [*out, (code, before)] if code else out

    def _only(self, table: Table, rows: Rows, on: str | None) -> int | None:
        """The one row left when those of another time are put aside; without a date, today's go before the gone."""
        rows = list(dict.fromkeys(rows))
        if on:
            rows = [r for r in rows if not (t := table.terms(r)) or any(x.covers(on, _HANDOVER_DAYS) for x in t)]
        if len(rows) > 1:
            # Moscow of 1987 spoke for the Soviet Union, and of no day, for Russia
            rows = [r for r in rows if any(t.end for t in table.terms(r)) == bool(on)]
        return rows[0] if len(rows) == 1 else None

    def _institution(self, table: Table, row: int, country: str | None) -> Actor:
        assert country
        general = table.actor(row)
        name = f"{general.name} of {self._shown(country)}"
        return Actor(f"{country}:{general.id[2:]}", country, name, "organization", country, general.role)

    def _government(self, table: Table, row: int) -> Actor:
        actor = table.actor(row)
        if actor.kind != "country":
            return actor
        return Actor(
            f"{actor.code}:government",
            actor.code,
            f"Government of {actor.name}",
            "organization",
            actor.country,
            "government",
            terms=actor.terms,
        )

    def _shown(self, country: str) -> str:
        for table in reversed(self._tables):
            if country in table.by_id:
                return table.actor(table.by_id[country]).name
        return country


def _of_institutions(table: Table, row: int) -> bool:
    """Whether a row stands for what every country has ("*:foreign-ministry")."""
    return table.country(row) == "*"


@cache
def _shipped() -> Table:
    return Table(files("onrecord.resolve.actors").joinpath("data", "actors.tsv").read_text("utf-8"))
