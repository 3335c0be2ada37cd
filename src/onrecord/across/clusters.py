"""Nodes that may be one, gathered into clusters in which nothing contradicts anything.

The result is a function of the nodes and their edges alone: edges are taken the surest first, and equals in an order
made from what the nodes hold, never from when they came.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.across.actors import Member
from onrecord.across.evidence import APART, compare
from onrecord.across.profiles import Profile

_OUTNUMBERED = 10
"""One of two candidates is taken for noise when the other has this many times its members."""


@dataclass(eq=False)
class Node:
    """Entities that nothing tells apart: those of one profile, or those that people decided are one."""

    profiles: tuple[Profile, ...]
    root: str = ""
    """The token that decisions know it by; "" when none speaks of it."""
    only: str = ""
    """The one member, as a text to order by, when its profile says too little to be shared."""
    whole: bool = False
    """Whether a decision names it as an actor, with all that is gathered around it."""
    members: dict[Member, None] = field(default_factory=dict)
    edges: dict["Node", int] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, tuple[Profile, ...], str]:
        return self.root, self.profiles, self.only

    @property
    def size(self) -> int:
        return len(self.members)


Apart = Mapping[str, Mapping[str, object]]


def strength(a: Node, b: Node) -> int:
    """The best that any of their profiles says; APART only when all say so."""
    return max(compare(x, y) for x in a.profiles for y in b.profiles)


class Partition:
    """One component of nodes in the making."""

    def __init__(self, nodes: list[Node], apart: Apart) -> None:
        self._apart = apart
        self._nodes = sorted(nodes, key=lambda n: n.order)
        self._rank = {node: n for n, node in enumerate(self._nodes)}
        self._by_root = {node.root: node for node in nodes if node.root}
        self._cluster = {node: [node] for node in self._nodes}

    def clusters(self) -> list[list[Node]]:
        """The clusters, each in the order of its nodes."""
        for a, b, surety in self._edges():
            one, other = self._cluster[a], self._cluster[b]
            if one is other or self._opposed(one, other) or self._ambiguous(one, other, surety):
                continue
            one.extend(other)
            self._cluster.update((node, one) for node in other)
        distinct = {id(cluster): cluster for cluster in self._cluster.values()}
        return [sorted(cluster, key=self._rank.__getitem__) for cluster in distinct.values()]

    def _edges(self) -> list[tuple[Node, Node, int]]:
        rank = self._rank
        found = [(a, b, surety) for a in self._nodes for b, surety in a.edges.items() if rank[a] < rank[b]]
        return sorted(
            found, key=lambda e: (-e[2], -max(e[0].size, e[1].size), -min(e[0].size, e[1].size), rank[e[0]], rank[e[1]])
        )

    def _opposed(self, one: list[Node], other: list[Node]) -> bool:
        """Whether anything in one speaks against anything in the other.

        Names that contradict each other are excused by somebody of both names whom people decided on.
        """
        vouching = [node for node in (*one, *other) if len(node.profiles) > 1]
        for a in one:
            against = self._apart.get(a.root, {}) if a.root else {}
            for b in other:
                if b.root and b.root in against:
                    return True
                if strength(a, b) == APART and not any(_may_be(a, v) and _may_be(v, b) for v in vouching):
                    return True
        return False

    def _ambiguous(self, one: list[Node], other: list[Node], surety: int) -> bool:
        """Whether the smaller could as well be somebody else, who cannot be the larger: then it is neither."""
        return self._torn(one, other, surety) or self._decided_elsewhere(one, other, surety)

    def _torn(self, one: list[Node], other: list[Node], surety: int) -> bool:
        small, large = sorted((one, other), key=lambda c: (_size(c), min(self._rank[n] for n in c)))
        return any(
            _size(third) * _OUTNUMBERED >= _size(large) and self._opposed(large, third)
            for third in self._linked(small, surety)
            if third is not large and third is not small and not self._opposed(small, third)
        )

    def _linked(self, cluster: list[Node], surety: int) -> Iterator[list[Node]]:
        """The clusters that one has an edge to which is as sure."""
        seen = set()
        for node in cluster:
            for neighbour, how in node.edges.items():
                found = self._cluster[neighbour]
                if how == surety and id(found) not in seen:
                    seen.add(id(found))
                    yield found

    def _decided_elsewhere(self, one: list[Node], other: list[Node], surety: int) -> bool:
        """Two that people parted, both as near to a third: it goes to neither, unless one was named as an actor."""
        for side, third in ((one, other), (other, one)):
            linked = {id(c) for c in self._linked(third, surety)}
            for node in side:
                if not node.root or node.whole:
                    continue
                for root in self._apart.get(node.root, {}):
                    rival = self._by_root.get(root)
                    if rival and id(self._cluster[rival]) in linked and not self._opposed(third, self._cluster[rival]):
                        return True
        return False


def _size(cluster: list[Node]) -> int:
    return sum(node.size for node in cluster)


def _may_be(a: Node, b: Node) -> bool:
    return strength(a, b) != APART
