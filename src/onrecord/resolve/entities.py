"""The cast as the record's entities: linked to the world's actors, one entity for each actor."""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.records import Article, Entity
from onrecord.resolve import lexicon as lex
from onrecord.resolve.actors.actor import Actor
from onrecord.resolve.actors.registry import Registry
from onrecord.resolve.cast import Member, entity_of


def entities_of(
    members: Sequence[Member], article: Article, registry: Registry | None
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """Entities in the members' order, and each member's entity by the member's `id()`.

    Members that are one actor by their links ("ISIS", "Islamic State") are one entity under the longest of their names.
    """
    found: dict[str, Entity] = {}
    ids: dict[int, str] = {}
    by_link: dict[str, str] = {}
    for member in members:
        entity = _linked(entity_of(member, f"e{len(found) + 1}"), article, registry)
        known = by_link.get(entity.link) if entity.link else None
        if known:
            found[known] = _joined(found[known], entity)
        else:
            found[entity.id] = entity
            if entity.link:
                by_link[entity.link] = entity.id
        ids[id(member)] = known or entity.id
    return tuple(found.values()), ids


def tell_bodies(members: Sequence[Member], article: Article, registry: Registry) -> None:
    """Set the kind of those whose words tell none ("Hezbollah") but whose name is that of a body or group."""
    for member in members:
        if member.named and member.kind in ("other", "person") and not member.roles:
            actor = registry.find(member.name, kind="organization", on=_day(article))
            # "Al Qaeda" looks like a person's name; other bodies do not bear such
            if actor and (actor.kind == "group" or (actor.kind != "country" and member.kind == "other")):
                member.kind = actor.kind


def _joined(first: Entity, second: Entity) -> Entity:
    name = max(first.name, second.name, key=len)
    aliases = dict.fromkeys([first.name, *first.aliases, second.name, *second.aliases])
    return replace(
        first,
        name=name,
        aliases=tuple(alias for alias in aliases if alias.casefold() != name.casefold()),
        role=max(first.role or "", second.role or "", key=len) or None,
        mentions=tuple(sorted({*first.mentions, *second.mentions}, key=lambda m: m.span)),
    )


def _linked(entity: Entity, article: Article, registry: Registry | None) -> Entity:
    """The entity with its actor's id as link, code and country; as it was when the registry knows none or is unsure."""
    if registry is None:
        return entity
    country = registry.country_of(entity.role) if entity.role else None
    if not entity.named:
        return replace(entity, country=country)
    actor = _actor(entity, country, article, registry)
    if actor is None:
        people = _of_people(entity, registry)
        return replace(entity, country=people or country, code=people, link=people)
    if actor.code is None:  # it acts for nobody, its country neither
        return replace(entity, link=actor.id)
    return replace(entity, code=actor.code, country=actor.country or country, link=actor.id)


def _actor(entity: Entity, country: str | None, article: Article, registry: Registry) -> Actor | None:
    kind = None if entity.kind == "other" else entity.kind
    names = [entity.name]
    if kind == "country":
        land, how = lex.countries().get(lex.country_key(entity.name), ("", "people"))
        names += [*entity.aliases, *([land] if how != "people" else [])]
    found = (registry.find(n, kind=kind, country=country, role=entity.role, on=_day(article)) for n in names)
    return next((actor for actor in found if actor), None)


def _of_people(entity: Entity, registry: Registry) -> str | None:
    """The country that is named by its people alone: "Chinese officials"."""
    return registry.demonym(entity.name) if entity.kind == "country" else None


def _day(article: Article) -> str | None:
    """The article's day; a dateline without a year says too little."""
    dated = article.dateline.date if article.dateline else None
    return dated if dated and not dated.startswith("--") else article.published and article.published[:10]
