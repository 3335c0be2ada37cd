"""An actor as it is shown, made from what its members say; the same whatever their order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from onrecord.across.actors import Actor, Held, Member
from onrecord.across.profiles import Seen
from onrecord.records import EntityKind

_T = TypeVar("_T", bound=str)  # a kind stays a kind


def actor_of(id_: str, members: Mapping[Member, Seen]) -> Actor:
    """The actor that some entities are. Its name is the most frequent of the full ones."""
    said = members.values()
    names = Counter(s.name for s in said)
    full = {name: n for name, n in names.items() if " " in name} or names
    kind: EntityKind = _most(s.kind for s in said if s.kind != "other") or "other"
    return Actor(
        id_,
        min(full, key=lambda name: (-full[name], -len(name), name)),
        kind,
        _most(s.country for s in said),
        _most(s.code for s in said),
        _most(s.link for s in said),
        _aliases(members),
        _roles(members),
        tuple(sorted(members)),
    )


def _most(values: Iterable[_T | None]) -> _T | None:
    """The most frequent; of several the first in the alphabet; None when there are none."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _aliases(members: Mapping[Member, Seen]) -> tuple[tuple[str, int], ...]:
    articles: dict[str, set[str]] = defaultdict(set)
    for (article, _), said in members.items():
        for form in said.forms:
            articles[form].add(article)
    return tuple(sorted(((form, len(where)) for form, where in articles.items()), key=lambda f: (-f[1], f[0])))


def _roles(members: Mapping[Member, Seen]) -> tuple[Held, ...]:
    articles: dict[str, set[str]] = defaultdict(set)
    days: dict[str, list[str]] = defaultdict(list)
    for (article, _), said in members.items():
        if said.role:
            articles[said.role].add(article)
            days[said.role] += [said.day] if said.day else []
    held = [Held(r, min(days[r], default=None), max(days[r], default=None), len(articles[r])) for r in articles]
    return tuple(sorted(held, key=lambda h: (-h.articles, h.first or "9", h.role)))
