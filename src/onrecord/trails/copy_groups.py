"""Articles that are each other's copies, joined into groups of one report.

Copies of a story need not be alike: one has its first half, one its second. But a story of Monday, its update of
Tuesday and that of Wednesday, each alike to the one before, are no one report. So what is most alike is joined first,
and two groups are joined when their articles are alike on the mean, or the longest of both are nearly the same.
"""

from collections.abc import Callable, Mapping

MEAN = 0.45
"""Share on the mean over all pairs, those not alike counted as 0, from which on two groups are one."""
LONGEST = 0.8
"""The same of their longest articles."""

Shares = Mapping[str, Mapping[str, float]]
Group = tuple[str, ...]


def joined(alike: Shares, length: Callable[[str], tuple[int, str]]) -> list[frozenset[str]]:
    """The groups of articles that hang together.

    `alike` has for each article the share, 0 to 1, that it has in common with others; `length` puts the longest last.
    """
    groups: set[Group] = {(id_,) for id_ in alike}
    bonds: dict[tuple[Group, Group], float] = {
        ((a,), (b,)): share for a in sorted(alike) for b, share in alike[a].items() if a < b
    }
    while bonds:
        one, other = max(bonds, key=lambda pair: (bonds[pair], pair))
        if not bonds[one, other]:
            break
        new = tuple(sorted((*one, *other)))
        groups -= {one, other}
        near = {g for pair in bonds if one in pair or other in pair for g in pair} - {one, other}
        bonds = {pair: bond for pair, bond in bonds.items() if one not in pair and other not in pair}
        for third in sorted(near):
            bonds[new, third] = _bond(new, third, alike, length)
        groups.add(new)
    return [frozenset(group) for group in sorted(groups)]


def _bond(one: Group, other: Group, alike: Shares, length: Callable[[str], tuple[int, str]]) -> float:
    """How surely two groups are one report; 0 when they are not."""
    mean = sum(alike[a].get(b, 0.0) for a in one for b in other) / (len(one) * len(other))
    longest = alike[max(one, key=length)].get(max(other, key=length), 0.0)
    return max(mean if mean >= MEAN else 0.0, longest if longest >= LONGEST else 0.0)
