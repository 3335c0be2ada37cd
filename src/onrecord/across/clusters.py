"""Nodes that may be one, gathered into clusters in which nothing contradicts anything.

The result is a function of the nodes and their edges alone: edges are taken the surest first, and equals in an order
made from what the nodes hold, never from when they came.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

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
        self._cluster = {node: [node] for node in self._nodes}
        self._against = self._contradictions()

    def clusters(self) -> list[list[Node]]:
        """The clusters, each in the order of its nodes."""
        if not self._against:
            return [self._nodes]
        for a, b, surety in self._edges():
            one, other = self._cluster[a], self._cluster[b]
            if one is other or self._opposed(one, other):
                continue
            if self._torn(one, other, surety) or self._torn(other, one, surety):
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

    def _contradictions(self) -> dict[Node, list[Node]]:
        """For each node the others that it cannot be, when there are any."""
        found: dict[Node, list[Node]] = {}
        for a, b in combinations(self._nodes, 2):
            if strength(a, b) == APART or self._kept_apart(a, b):
                found.setdefault(a, []).append(b)
                found.setdefault(b, []).append(a)
        return found

    def _kept_apart(self, a: Node, b: Node) -> bool:
        """Whether people parted two nodes, or made two of one article: no evidence excuses that."""
        if not a.root or not b.root:
            return False
        return b.root in self._apart.get(a.root, ()) or _share_an_article(a, b)

    def _opposed(self, one: list[Node], other: list[Node], between: Iterable[Node] = ()) -> bool:
        """Whether anything in one cluster speaks against anything in the other.

        Names that contradict each other are excused by somebody of both names whom people decided on, in either or
        in what would come `between`.
        """
        small, large = sorted((one, other), key=len)
        pairs = [(a, b) for a in small for b in self._against.get(a, ()) if self._cluster[b] is large]
        if not pairs:
            return False
        vouching = [node for node in (*one, *other, *between) if len(node.profiles) > 1]
        return any(
            self._kept_apart(a, b) or not any(_may_be(a, v) and _may_be(v, b) for v in vouching) for a, b in pairs
        )

    def _torn(self, one: list[Node], other: list[Node], surety: int) -> bool:
        """Whether `one` could as surely be a third, which cannot be `other`: then it is neither.

        A third that `other` far outnumbers is noise; one that people parted from `other` is not, unless they named
        `other` as the actor.
        """
        for third in self._linked(one, surety):
            if third is other or self._opposed(one, third) or not self._opposed(other, third, one):
                continue
            if self._parted(other, third):
                if _is_whole(third) or not _is_whole(other):
                    return True
            elif _size(third) * _OUTNUMBERED >= _size(other):
                return True
        return False

    def _parted(self, one: list[Node], other: list[Node]) -> bool:
        """Whether people decided that the two are not one."""
        roots = {node.root for node in other}
        return any(not roots.isdisjoint(self._apart.get(node.root, ())) for node in one if node.root)

    def _linked(self, cluster: list[Node], surety: int) -> Iterator[list[Node]]:
        """The other clusters that one has an edge to which is as sure."""
        seen = {id(cluster)}
        for node in cluster:
            for neighbour, how in node.edges.items():
                found = self._cluster[neighbour]
                if how == surety and id(found) not in seen:
                    seen.add(id(found))
                    yield found


def _size(cluster: list[Node]) -> int:
    return sum(node.size for node in cluster)


def _share_an_article(a: Node, b: Node) -> bool:
    return not {article for article, _ in a.members}.isdisjoint(article for article, _ in b.members)


def _is_whole(cluster: list[Node]) -> bool:
    return any(node.whole for node in cluster)


def _may_be(a: Node, b: Node) -> bool:
    return strength(a, b) != APART
