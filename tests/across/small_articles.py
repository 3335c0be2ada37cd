"""Small records made by hand: who is named in an article, and how."""

from typing import Any

from onrecord.across.linker import Linker
from onrecord.records import Article, Entity, Mention, Record


def person(id_: str, name: str, **facts: Any) -> Entity:
    return Entity(id_, name, facts.pop("kind", "person"), facts.pop("named", True), **facts)


def body(id_: str, name: str, **facts: Any) -> Entity:
    return person(id_, name, kind="organization", **facts)


def article(id_: str, *entities: Entity, day: str | None = "2019-05-03", text: str | None = None) -> Record:
    """An article of that day with those entities, and a text that holds their names."""
    words = text or ". ".join(e.name for e in entities)
    placed = tuple(e if e.mentions or e.name not in words else _placed(e, words) for e in entities)
    return Record(Article(id_, words, published=day), placed, ())


def _placed(entity: Entity, text: str) -> Entity:
    at = text.index(entity.name)
    fields = {name: getattr(entity, name) for name in Entity.__slots__}
    return Entity(**fields | {"mentions": (Mention((at, at + len(entity.name)), "name"),)})


def linked(*records: Record, decisions: Any = ()) -> Linker:
    linker = Linker(decisions)
    for record in records:
        linker.add(record)
    return linker


def groups(linker: Linker) -> list[list[str]]:
    """Who is one with whom, as "article:entity", in order."""
    return sorted(sorted(f"{a}:{e}" for a, e in group) for group in linker.partition())


def are_one(left: Entity, right: Entity, *days: str) -> bool:
    """Whether two entities of two articles become one actor."""
    first, second = days or ("2019-05-03", "2019-06-01")
    return len(linked(article("a", left, day=first), article("b", right, day=second)).partition()) == 1
