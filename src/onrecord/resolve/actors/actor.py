"""What the registry hands out: an actor and the terms in which it held a role."""

from dataclasses import dataclass

from onrecord.records import EntityKind

MEDIA = frozenset(("news agency", "newspaper", "broadcaster"))
"""Roles of those who report: they are of a country and act for none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A role held from `start` to `end`: ISO 8601 dates or less of them ("2004", "2004-03"), None where open."""

    role: str
    start: str | None = None
    end: str | None = None

    def covers(self, on: str, slack_days: int = 0) -> bool:
        """Whether the day `on` (ISO 8601, or less of it) lies within the term, give or take some days."""
        day = day_number(on)
        begins = day_number(self.start) if self.start else None
        ends = day_number(self.end, last=True) if self.end else None
        return (begins is None or begins - slack_days <= day) and (ends is None or day <= ends + slack_days)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the world's news is about: a country, body, government, ministry, agency, armed group or person."""

    id: str
    """Unique and stable across versions: `RUS`, `RUS:foreign-ministry`, `NATO`, `USA.mike-pompeo`."""
    code: str | None
    """ISO 3166 alpha-3 for what acts for a country, the usual short form for a body; None for what acts for nobody."""
    name: str
    kind: EntityKind
    country: str | None = None
    role: str | None = None
    """What it is or does: "news agency", "foreign ministry"; of a person the last role known."""
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the article says of the one it names; None where it does not say."""

    kind: EntityKind | None = None
    country: str | None = None
    role: str | None = None
    on: str | None = None
    language: str | None = None


def day_number(date: str, last: bool = False) -> int:
    """Days on a calendar of 31-day months, fit for comparing; what the date leaves out is its first, or its last, day.

    Raises ValueError when the date does not begin with a year.
    """
    parts = [int(part) for part in date[:10].split("-")]
    year, month, day = (parts + ([12, 31] if last else [1, 1])[len(parts) - 1 :])[:3]
    return (year * 12 + month) * 31 + day
