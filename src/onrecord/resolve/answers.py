"""Who speaks, for one attribution."""

from dataclasses import dataclass

from onrecord.records import Spans
from onrecord.resolve.cast import Member
from onrecord.resolve.confidence import calibrated


@dataclass(frozen=True, slots=True)
class Answer:
    """The speakers of one attribution, each with the spans that say so; none where the text names nobody."""

    speakers: tuple[tuple[Member, Spans], ...]
    how: str
    """By what kind of source: a key of data/confidence.json."""
    score: float = 0.5
    """Of those that several entities were weighed for: the chosen one's share, 0 to 1."""

    @property
    def confidence(self) -> float:
        """Calibrated probability, 0 to 1, that the speakers are right given the source."""
        return calibrated(self.how, self.score)
