"""Links to the world's actors against gold entities that say which country they are of.

An entity that carries an actor's country is judged when gold has an entity of one of its names with a country: the
link is wrong when the two countries differ. Links that gold says nothing of are counted, not judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.evaluate.record import names_of, normal_set

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkScore:
    """Counts of links, and the wrong ones by article: name, the country given, the country in gold."""

    links: int
    judged: int
    wrong: tuple[tuple[str, str, str, str], ...]

    @property
    def share(self) -> float | None:
        """Wrong ones of those judged; None when none was."""
        return len(self.wrong) / self.judged if self.judged else None

    def to_dict(self) -> dict[str, Any]:
        """One JSON object of all figures."""
        return {"links": self.links, "judged": self.judged, "wrong": [list(w) for w in self.wrong], "share": self.share}


def score(gold: Sequence[_Row], records: Sequence[_Row]) -> LinkScore:
    """Hold the records' links to gold articles, paired by `id`."""
    made = {record["id"]: record for record in records}
    links = judged = 0
    wrong: list[tuple[str, str, str, str]] = []
    for row in gold:
        for entity in made.get(row["id"], {}).get("entities") or ():
            if not entity.get("code"):
                continue
            links += 1
            countries = set(_countries(row["entities"], entity))
            if not countries:
                continue
            judged += 1
            if entity.get("country") not in countries:
                wrong.append((row["id"], entity["name"], str(entity.get("country")), "/".join(sorted(countries))))
    return LinkScore(links, judged, tuple(wrong))


def _countries(gold: Iterable[_Row], entity: _Row) -> Iterable[str]:
    said = normal_set([entity["name"], *(entity.get("aliases") or ())])
    return (e["country"] for e in gold if e.get("country") and said & names_of(e))


def format_score(score: LinkScore) -> str:
    """The figures as lines for people, no newline at the end."""
    share = "none" if score.share is None else format(score.share, ".3f")
    lines = [f"wrong links    {share}  ({len(score.wrong)} of {score.judged} judged, {score.links} links)"]
    return "\n".join(
        [*lines, *(f"  {where}: {name} is {given}, gold {known}" for where, name, given, known in score.wrong)]
    )
