"""Resolved speakers against gold that names the speaker of each attribution.

    right speaker  of the gold attributions whose content was found, the share whose speaker is one of the gold names,
                   or no named entity where gold has none; by kind of mention too
    who-said-what  precision, recall and F1 of content and speaker together; predictions on gold attributions that
                   name no source are left aside

Statements inside other statements' words are left aside, as the gold holds none.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from onrecord.evaluate.calibration import expected_calibration_error
from onrecord.evaluate.record import normal_set, pair_contents
from onrecord.evaluate.words import Figure

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """Counts of one evaluation: right and seen by kind of mention, and who-said-what."""

    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    sure: tuple[tuple[float, bool], ...] = ()
    """Each judged link's confidence, and whether it is right."""
    who: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def who_said_what(self) -> Figure:
        """Contents found with the right speaker."""
        return Figure(self.who, self.predicted, self.gold)

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error of `speaker_confidence`; None when no link carries one."""
        if not self.sure:
            return None
        return expected_calibration_error([c for c, _ in self.sure], [right for _, right in self.sure])

    def to_dict(self) -> dict[str, Any]:
        """One JSON object of all figures."""
        shares = {k: {"right": self.right[k] / n, "of": n} for k, n in sorted(self.seen.items())}
        error = None if self.calibration_error is None else round(self.calibration_error, 4)
        counts = {"pred": self.predicted, "gold": self.gold, "who": self.who}
        return {
            "right speaker": shares,
            "who-said-what": self.who_said_what.to_dict(),
            "counts": counts,
            "calibration error": error,
        }


def load_speakers(path: str | Path) -> list[dict[str, Any]]:
    """The rows of a speakers file, one JSON object an article.

    Raises GoldError, as "file:line: …", on a line that is not {"id", "speakers": [{"attribution", "name", "mention"}]}.
    """
    rows = []
    with open(path, encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(f"{path}:{number}: not JSON ({error.msg})") from error
            sound = isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("speakers"), list)
            if not sound or not all({"attribution", "name", "mention"} <= s.keys() for s in row["speakers"]):
                raise GoldError(f"{path}:{number}: needs id and speakers, each with attribution, name and mention")
            rows.append(row)
    return rows


def in_words(row: _Row, text: str) -> dict[str, Any]:
    """A row whose names are offsets into its article's text, as `load_speakers` gives others: with the names."""

    def cut(spans: Sequence[Sequence[int]]) -> list[str]:
        return [text[start:end] for start, end in spans]

    told = [
        {**s, "name": " | ".join(cut(s["name"])) if s["name"] else None, "names": cut(s["names"])}
        for s in row["speakers"]
    ]
    return {**row, "speakers": told}


def score(gold: Sequence[_Row], speakers: Sequence[_Row], records: Sequence[_Row]) -> SpeakerScore:
    """Hold records to articles with attributions and to who their sources are, all paired by `id`.

    Raises GoldError when speakers are given for an article or attribution that gold does not have.
    """
    articles = {row["id"]: row for row in gold}
    made = {record["id"]: record for record in records}
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    sure: list[tuple[float, bool]] = []
    who = predicted = wanted = 0
    for row in speakers:
        if row["id"] not in articles:
            raise GoldError(f"{row['id']}: speakers for an article that is not in gold")
        article, record = articles[row["id"]], made.get(row["id"], {})
        entities = {entity["id"]: entity for entity in record.get("entities") or ()}
        statements = [s for s in record.get("statements") or () if not s.get("parent")]
        pairs = pair_contents(article["text"], article["attributions"], statements)
        judged = {s["attribution"] for s in row["speakers"]}
        predicted += len(statements) - sum(index not in judged for index in pairs)
        wanted += len(row["speakers"])
        for speaker in row["speakers"]:
            if speaker["attribution"] >= len(article["attributions"]):
                raise GoldError(f"{row['id']}: no attribution {speaker['attribution']} in gold")
            if speaker["attribution"] not in pairs:
                continue
            statement = statements[pairs[speaker["attribution"]]]
            ok = is_right(speaker, entities.get(statement.get("speaker")))
            who += ok
            if statement.get("speaker_confidence") is not None:
                sure.append((statement["speaker_confidence"], ok))
            for kind in ("all", speaker["mention"], "unnamed" if speaker["name"] is None else "named"):
                seen[kind] += 1
                right[kind] += ok
    return SpeakerScore(right, seen, tuple(sure), who, predicted, wanted)


def is_right(speaker: _Row, entity: _Row | None) -> bool:
    """Does a record's entity name the gold speaker, or is it rightly left unnamed?"""
    named = entity is not None and entity.get("named", True)
    if speaker["name"] is None or entity is None:
        return speaker["name"] is None and not named
    accepted = normal_set([*speaker["name"].split(" | "), *(speaker.get("names") or ())])
    return bool(accepted & normal_set([entity["name"], *(entity.get("aliases") or ())]))


def format_score(score: SpeakerScore) -> str:
    """The figures as aligned lines for people, no newline at the end."""
    lines = [
        f"right speaker  {kind:12} {score.right[kind] / n:.3f}  (of {n})" for kind, n in sorted(score.seen.items())
    ]
    lines.append(f"who-said-what  {score.who_said_what}")
    if score.calibration_error is not None:
        lines.append(f"speaker confidence, expected calibration error {score.calibration_error:.4f}")
    return "\n".join(lines)
