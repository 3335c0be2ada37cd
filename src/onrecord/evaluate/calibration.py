"""Do confidences keep their word: of statements given 0.9, are nine in ten right?"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table: confidences in [low, high), the last bin including 1."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean confidence given, 0 to 1; 0 when the bin is empty."""
    right: float
    """Share that was right, 0 to 1; 0 when the bin is empty."""


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """The reliability table: `bins` equally wide bins over 0 to 1, lowest first.

    Raises ValueError when the two differ in length, a confidence is not within 0 to 1, or bins is below 1.
    """
    _check(confidences, right)
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    edges = [index / bins for index in range(bins + 1)]
    members: list[list[int]] = [[] for _ in range(bins)]
    for index, confidence in enumerate(confidences):
        members[min(bisect_right(edges, confidence) - 1, bins - 1)].append(index)
    return tuple(
        Bin(
            low,
            high,
            len(inside),
            sum(confidences[i] for i in inside) / len(inside) if inside else 0.0,
            sum(map(bool, (right[i] for i in inside))) / len(inside) if inside else 0.0,
        )
        for low, high, inside in zip(edges, edges[1:], members, strict=False)
    )


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Mean distance between confidence and share right over the bins, weighted by count: 0 (kept) to 1.

    0 when there is nothing to judge. Raises ValueError as `reliability` does.
    """
    table = reliability(confidences, right, bins)
    return sum(row.count * abs(row.confidence - row.right) for row in table) / max(len(confidences), 1)


def brier_score(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Mean squared distance between confidence and outcome, 0 (best) to 1; 0 when there is nothing to judge.

    Raises ValueError when the two differ in length or a confidence is not within 0 to 1.
    """
    _check(confidences, right)
    squares = ((c - bool(r)) ** 2 for c, r in zip(confidences, right, strict=True))
    return sum(squares) / max(len(confidences), 1)


def format_reliability(table: Sequence[Bin]) -> str:
    """The table as aligned lines for people, empty bins left out, no newline at the end."""
    rows = [
        f"{b.low:.2f} to {b.high:.2f}  {b.count:6d}  {b.confidence:10.3f}  {b.right:5.3f}" for b in table if b.count
    ]
    return "\n".join(["confidence     count  mean given  right", *rows])


def _check(confidences: Sequence[float], right: Sequence[bool]) -> None:
    if len(confidences) != len(right):
        raise ValueError(f"{len(confidences)} confidences, but {len(right)} outcomes")
    outside = next((c for c in confidences if not 0 <= c <= 1), None)
    if outside is not None:
        raise ValueError(f"confidence {outside} is not within 0 to 1")
