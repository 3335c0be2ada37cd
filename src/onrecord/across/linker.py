"""The same person or body in many articles as one actor, article by article.

1. Each named entity becomes a profile; entities of one profile share a node (`profiles.py`), unless the profile says
   too little ("Congress"): then each has its own.
2. A new node is compared with those it shares a block with, and keeps an edge to each it may be (`evidence.py`).
3. What hangs together by edges is gathered into clusters without contradictions (`clusters.py`), when next asked for,
   and only there: an article touches nothing but the components of its own entities.
4. Two people of one article in one cluster: the one with the fullest name stays, the other goes; of two equals, both.

Which entities are one follows from the articles and the decisions alone, not from their order; the order decides only
which member gives an actor its id. Nothing of a record is changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.across.actors import Actor, Decision, Member, Reference, member_id, member_token, name_slug
from onrecord.across.clusters import Node, Partition
from onrecord.across.decisions import settle
from onrecord.across.evidence import ACTS, BODIES, UNSURE, blocks, compare
from onrecord.across.profiles import Profile, Seen, seen
from onrecord.across.summary import actor_of
from onrecord.errors import BadDecision
from onrecord.records import Entity, Record

Key = Profile | Member | str
"""What a node is found by: its profile, its one member, or the root of the decisions that made it."""


class Linker:
    """Gathers actors from records. `add` as articles come, `actors` whenever they are wanted."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        """With the decisions to follow. Raises DecisionConflict when they contradict each other."""
        self._decisions = tuple(decisions)
        self._settled = settle(self._decisions)
        self._seen: dict[Member, Seen] = {}
        self._order: dict[Member, int] = {}
        self._articles: dict[str, list[Member]] = {}
        self._key_of: dict[Member, Key] = {}
        self._nodes: dict[Key, Node] = {}
        self._blocks: dict[str, set[Profile]] = defaultdict(set)
        self._bearers: dict[Profile, dict[Node, None]] = defaultdict(dict)
        self._groups: dict[int, list[Member]] = {}
        self._group_of: dict[Member, int] = {}
        self._next_group = 0
        self._dirty: dict[Node, None] = {}
        self._tokens: dict[str, Member] = {}
        self._followed: dict[str, Member] = {}
        self._of_article: dict[str, list[str]] = defaultdict(list)
        for token, reference in self._settled.named.items():
            if reference.article is not None:
                self._of_article[reference.article].append(token)

    def add(self, record: Record) -> None:
        """Take in an article; one that is there already, by its id, is replaced and its actors keep their ids."""
        if record.article.id in self._articles:
            self.remove(record.article.id)
        named = [entity for entity in record.entities if entity.named and entity.kind in ACTS]
        decided = self._decided(record.article.id, named)
        self._articles[record.article.id] = members = [(record.article.id, entity.id) for entity in named]
        for member, entity in zip(members, named, strict=True):
            self._seen[member] = seen(record, entity)
            self._order.setdefault(member, len(self._order))
            self._tokens[member_token(member)] = member
            token = decided.get(entity.id)
            if token:
                self._followed[token] = member
            self._place(member, token)

    def remove(self, article: str) -> None:
        """Forget an article. Raises KeyError when it is not there."""
        gone = self._articles.pop(article)
        for member in gone:
            key = self._key_of.pop(member)
            node = self._nodes[key]
            del node.members[member], self._seen[member]
            if not node.members:
                del self._nodes[key]
                self._unlink(node)
                self._dirty.pop(node, None)
            else:
                if node.root:
                    self._relink(node)
                self._dirty[node] = None
            self._leave(member)
            del self._tokens[member_token(member)]
        self._followed = {token: member for token, member in self._followed.items() if member not in gone}

    def _leave(self, member: Member) -> None:
        """Take a member out of its actor; the others stay until their component is gathered anew."""
        group = self._group_of.pop(member, None)
        if group is not None:
            self._groups[group].remove(member)
            if not self._groups[group]:
                del self._groups[group]

    def actors(self) -> list[Actor]:
        """All actors, those in most articles first."""
        self._tidy()
        found = [self._actor(members) for members in self._groups.values()]
        return sorted(found, key=lambda a: (-a.articles, a.name, a.id))

    def actor(self, reference: Reference) -> Actor | None:
        """The actor that an article's entity belongs to, or that has or once had an id; None when there is none."""
        self._tidy()
        member = self._followed.get(reference.token) or self._tokens.get(reference.token)
        return None if member is None else self._actor(self._groups[self._group_of[member]])

    def astray(self) -> list[BadDecision]:
        """An error for each decision that names an entity which no article has, or has under quite another name."""
        out = []
        for token, reference in sorted(self._settled.named.items()):
            if token not in self._followed:
                about = [d for d in self._decisions if token in (d.left.token, d.right.token)]
                out.append(BadDecision(f"decision {about[-1].id}", f"{reference} is in none of the articles given"))
        return out

    def partition(self) -> set[frozenset[Member]]:
        """Who is one with whom, without names and ids."""
        self._tidy()
        return {frozenset(members) for members in self._groups.values()}

    def _actor(self, members: list[Member]) -> Actor:
        first = min(members, key=self._order.__getitem__)
        return actor_of(member_id(first, self._seen[first].name), {m: self._seen[m] for m in members})

    def _decided(self, article: str, entities: list[Entity]) -> dict[str, str]:
        """Tokens of decisions by entity id, for the entities of one article that decisions speak of."""
        named = self._settled.named
        if not named:
            return {}
        out: dict[str, str] = {}
        moved = []
        here = {member_token((article, entity.id)): entity for entity in entities}
        for token in dict.fromkeys((*self._of_article.get(article, ()), *(t for t in here if t in named))):
            if token in here and _fits(named[token], here[token]):
                out[here[token].id] = token
            else:
                moved.append((token, named[token]))
        for token, reference in moved:  # read anew, and numbered anew: the name finds it, when it is the only one
            same = [e for e in entities if _has_name(reference) and _fits(reference, e) and e.id not in out]
            if len(same) == 1:
                out[same[0].id] = token
        return out

    def _place(self, member: Member, token: str | None) -> None:
        profile = self._seen[member].profile
        key: Key = self._settled.root[token] if token else profile if compare(profile, profile) > UNSURE else member
        self._key_of[member] = key
        node = self._nodes.get(key)
        if node is None:
            root, only = (key if isinstance(key, str) else ""), ("\0".join(member) if key is member else "")
            node = self._nodes[key] = Node((profile,), root, only)
            self._link(node)
        node.members[member] = None
        if token:
            node.whole = key in self._settled.whole
            self._relink(node)
        self._dirty[node] = None

    def _relink(self, node: Node) -> None:
        """Bring a node of decided entities up to date, after one more or one less."""
        self._unlink(node)
        node.profiles = tuple(sorted({self._seen[m].profile for m in node.members}))
        self._link(node)

    def _link(self, node: Node) -> None:
        for profile in node.profiles:
            keys = set(blocks(profile))
            for candidate in {other: None for key in sorted(keys) for other in self._blocks.get(key, ())}:
                surety = compare(profile, candidate)
                if surety > UNSURE:
                    for other in self._bearers[candidate]:
                        if other is not node:
                            best = max(surety, node.edges.get(other, 0))
                            node.edges[other] = other.edges[node] = best
            for key in keys:
                self._blocks[key].add(profile)
            self._bearers[profile][node] = None

    def _unlink(self, node: Node) -> None:
        """Take a node out of the graph; those it was linked to are to be gathered anew."""
        for neighbour in node.edges:
            del neighbour.edges[node]
            self._dirty[neighbour] = None
        node.edges = {}
        for profile in node.profiles:
            del self._bearers[profile][node]
            if self._bearers[profile]:
                continue
            del self._bearers[profile]
            for key in set(blocks(profile)):
                self._blocks[key].discard(profile)
                if not self._blocks[key]:
                    del self._blocks[key]

    def _tidy(self) -> None:
        """Gather anew what has changed since the last time."""
        done: set[Node] = set()
        for start in self._dirty:
            if start in done:
                continue
            component = _component(start)
            done.update(component)
            self._regroup(component)
        self._dirty = {}

    def _regroup(self, component: list[Node]) -> None:
        members = [m for node in component for m in node.members]
        for group in {self._group_of[m] for m in members if m in self._group_of}:
            self._groups.pop(group, None)
        for cluster in Partition(component, self._settled.apart).clusters():
            for gathered in self._one_of_each_article(cluster):
                self._next_group += 1
                self._groups[self._next_group] = gathered
                self._group_of.update(dict.fromkeys(gathered, self._next_group))

    def _one_of_each_article(self, cluster: list[Node]) -> Iterator[list[Member]]:
        """The cluster's members, and each on its own that cannot stay since its article has another in the cluster."""
        by_article: dict[str, list[tuple[Member, Node]]] = defaultdict(list)
        for node in cluster:
            for member in node.members:
                by_article[member[0]].append((member, node))
        stay: list[Member] = []
        for found in by_article.values():
            kept = self._kept(found)
            stay += kept
            yield from ([member] for member, _ in found if member not in kept)
        if stay:
            yield stay

    def _kept(self, found: list[tuple[Member, Node]]) -> list[Member]:
        """Of one article's members in a cluster, those that are surely the one that the cluster is."""
        members = [member for member, _ in found]
        profiles = [self._seen[member].profile for member in members]
        link = profiles[0].link
        same_body = link and all(p.link == link and (p.kind in BODIES or p.kind == "country") for p in profiles)
        if len(found) == 1 or same_body:
            return members
        decided = [member for member, node in found if node.root]
        if decided:  # all of one decision: clusters hold no two that share an article
            return decided
        ranks = [(bool(p.link), len(p.words)) for p in profiles]
        best = [member for member, rank in zip(members, ranks, strict=True) if rank == max(ranks)]
        return best if len(best) == 1 else []


def _fits(reference: Reference, entity: Entity) -> bool:
    """Whether an entity still has the name that a decision knows it by."""
    names = {name_slug(form) for form in (entity.name, *entity.aliases)}
    if reference.actor:
        return reference.actor.rpartition(".")[0] in names
    return reference.name is None or name_slug(reference.name) in names


def _has_name(reference: Reference) -> bool:
    return reference.actor is not None or reference.name is not None


def _component(start: Node) -> list[Node]:
    found = {start: None}
    waiting = [start]
    while waiting:
        for neighbour in waiting.pop().edges:
            if neighbour not in found:
                found[neighbour] = None
                waiting.append(neighbour)
    return list(found)
