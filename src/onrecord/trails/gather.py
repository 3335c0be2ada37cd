"""Statements that may report one utterance, gathered into trails.

What is surest is joined first, and two groups are joined when, on the mean, their members report one utterance; or when
one group's members fit the other's fullest wording. The latter since an outlet quotes two sentences as one statement, a
second the first of them, a third the other: those two have not a word in common and still belong with the first. Last,
a statement that fuses two utterances is put in the second trail too.

The result follows from the statements and their probabilities alone, not from the order in which they came.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onrecord.trails.sayings import Saying

SURE = 0.85
"""Probability, beside its fullest wording, from which on a statement stands in a second trail too."""


@dataclass(eq=False, slots=True)
class Gathered:
    """One trail in the making."""

    own: list[Saying]
    """The fullest wording first."""
    also: list[Saying] = field(default_factory=list)
    """Those whose own trail is another."""
    total: dict["Gathered", float] = field(default_factory=dict)
    """By another group, the sum of the probabilities over all pairs; groups without a likely pair are left out."""
    fit: dict["Gathered", float] = field(default_factory=dict)
    """By another group, the sum of the probabilities of its members beside this one's fullest wording."""

    @property
    def members(self) -> list[Saying]:
        return [*self.own, *self.also]

    @property
    def articles(self) -> int:
        return len({saying.key[0] for saying in self.members})

    def bond(self, other: "Gathered") -> float:
        """How surely two groups are one, 0 to 1."""
        mine, others = len(self.own), len(other.own)
        return max(self.total[other] / (mine * others), self.fit[other] / others, other.fit[self] / mine)


def gather(
    component: Sequence[Saying], probability: Callable[[Saying, Saying], float], threshold: float
) -> list[Gathered]:
    """The trails of what hangs together; a statement that belongs with nothing is a trail of its own.

    `probability` says of two statements whether they report one utterance, 0 to 1.
    """
    groups = [Gathered([saying]) for saying in sorted(component, key=lambda s: s.fullness)]
    for n, group in enumerate(groups):
        for other in groups[:n]:
            p = probability(group.own[0], other.own[0])
            if p > 0:
                group.total[other] = other.total[group] = group.fit[other] = other.fit[group] = p
    while best := _surest(groups, threshold):
        _merge(groups, *best)
    for group in groups:
        for saying in group.own[1:]:
            for other in groups:
                if other is not group and probability(saying, other.own[0]) >= SURE:
                    other.also.append(saying)
    return groups


def _surest(groups: Sequence[Gathered], threshold: float) -> tuple[Gathered, Gathered] | None:
    best: tuple[float, Gathered, Gathered] | None = None
    place = {group: n for n, group in enumerate(groups)}
    for n, group in enumerate(groups):
        for other in group.total:
            if place[other] > n:
                bond = group.bond(other)
                if bond >= threshold and (best is None or bond > best[0]):
                    best = bond, group, other
    return best and best[1:]


def _merge(groups: list[Gathered], one: Gathered, other: Gathered) -> None:
    """Put `other`, which comes later and so has the less full wording, into `one`."""
    del one.total[other], one.fit[other]
    del other.total[one], other.fit[one]
    for third in other.total:
        both = one.total.get(third, 0.0) + other.total[third]
        one.total[third] = third.total[one] = both
        third.fit[one] = third.fit.get(one, 0.0) + third.fit.pop(other)
        one.fit.setdefault(third, 0.0)
        del third.total[other]
    one.own += other.own
    groups.remove(other)
