"""How often the dateline reader finds the place that a tagged dateline gives.

The expected place is read from the tag by a rule of its own, far simpler than the reader's: what stands before the day,
or, without a day, before the dash. It knows nothing of cities or agencies, so the two can disagree.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.read.dateline import find_dateline

_BYLINE = re.compile(r"\s*by [^,]{2,60},\s*(?:reuters?\b)?[\s,]*", re.IGNORECASE)
_DAY = re.compile(r"[\s,.-]+[A-Za-z]{3,9}\b[.,]?\s*[\dlO]{1,2}\b|[\s,.-]+\d{1,2} [A-Za-z]{3,9}\b")
_MONTH_WITHOUT_DAY = re.compile(r",\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s*\Z", re.IGNORECASE)
_ENDS = " \t\n,.*-–—"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One story where tag and reader differ."""

    id: str
    tag: str
    expected: str | None
    found: str | None


@dataclass(frozen=True, slots=True)
class DatelineScore:
    """What came out over a file of stories."""

    stories: int
    tagged: int
    """Stories whose tag names a place."""
    right: int
    """Of these, the ones where the reader found that place."""
    invented: int
    """Stories whose tag names no place, or that have no tag, where the reader gives one all the same."""
    disagreements: tuple[Disagreement, ...]

    @property
    def place_right(self) -> float | None:
        """Share of the tagged places found; None where nothing is tagged."""
        return self.right / self.tagged if self.tagged else None


def expected_place(tag: object) -> str | None:
    """The place a tag names: a tagged dateline as it stood in the text, or an object with a `place`."""
    if isinstance(tag, Mapping):
        place = tag.get("place")
        return place if isinstance(place, str) and place else None
    if not isinstance(tag, str):
        return None
    rest = _BYLINE.sub("", " ".join(tag.split()), count=1)
    # A stray character and a gap may precede the place: "c    CHICAGO, March 9 -".
    rest = re.sub(r"\A\w\s{2,}(?=\w)", "", tag) if re.match(r"\w\s{2,}\w", tag) else rest
    day = _DAY.search(rest)
    place = rest[: day.start()] if day else _MONTH_WITHOUT_DAY.sub("", re.split(r"\s*-(?:\s|\Z)", rest, maxsplit=1)[0])
    place = place.strip(_ENDS)
    named = any(c.isalpha() for c in place) and not any(c.isdigit() for c in place)
    return place if named and not _MONTH_WITHOUT_DAY.match(f", {place}") else None


def score_datelines(rows: Iterable[Mapping[str, object]]) -> DatelineScore:
    """Reads each row's `text` (with its `published`, if any) and compares the place with the tag in `dateline`."""
    stories = tagged = right = invented = 0
    disagreements = []
    for row in rows:
        stories += 1
        published = row.get("published")
        dateline = find_dateline(str(row["text"]), published if isinstance(published, str) else None)
        found = dateline.place if dateline else None
        expected = expected_place(row.get("dateline"))
        same = _comparable(found) == _comparable(expected)
        tagged += expected is not None
        right += expected is not None and same
        invented += expected is None and found is not None
        if not same:
            disagreements.append(Disagreement(str(row.get("id", stories)), str(row.get("dateline")), expected, found))
    return DatelineScore(stories, tagged, right, invented, tuple(disagreements))


def _comparable(place: str | None) -> str | None:
    # Commas and dots between city and state are typing, not place: "TULSA, Okla" is "TULSA, Okla.".
    return " ".join(re.sub(r"[,.\s]+", " ", place).casefold().split()) if place else None


def format_datelines(score: DatelineScore, examples: int = 20) -> str:
    """The figures as lines of text, and the first few disagreements below them."""
    share = "—" if score.place_right is None else f"{score.place_right:.2%}"
    lines = [
        f"stories               {score.stories:,}",
        f"with a tagged place   {score.tagged:,}",
        f"place right           {share} ({score.right:,})",
        f"invented              {score.invented:,}",
    ]
    shown = score.disagreements[:examples]
    lines += [f"  {d.id}: {d.tag!r}: expected {d.expected!r}, found {d.found!r}" for d in shown]
    return "\n".join(lines)
