"""Whom the words of a text mean, as a reader is told: the entity, how it stands in the article, and what named it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.export.wording import certainty, one_line, shorten, tidy
from onrecord.records import Entity, Mention, Record, Span, Statement

Standing = Literal["named", "unnamed", "unresolved"]
When = Literal["here", "before", "later"]

STANDING_WORDS: Mapping[Standing, str] = {
    "named": "",
    "unnamed": "not named in the article",
    "unresolved": "whom this means is not resolved",
}
_NAME = 80
"""Characters of a name or of quoted words that are enough to know them by: it keeps a page linear in its texts."""


@dataclass(frozen=True, slots=True)
class Who:
    """An entity as a page shows it. `key` names it within its article, `anchor` within the page."""

    key: str
    anchor: str
    name: str
    standing: Standing
    facts: tuple[str, ...]
    """Kind, role, country or code: those that are known."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Name, facts and standing, for a tooltip."""
        return tuple(filter(None, (self.name, " · ".join(self.facts), STANDING_WORDS[self.standing])))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention in the text and whom it means."""

    who: Who
    span: Span
    named_at: int
    """Where the mention begins that a reader knows them by; its own start for a name."""
    naming: str
    """That mention in words, `last named before as “Ada Brandt”`; empty for a name."""


def standing(entity: Entity | None) -> Standing:
    """How an entity stands in the article: named, only described, or a pronoun that nothing settles."""
    if entity is None:
        return "unresolved"
    if entity.named:
        return "named"
    pronouns = [mention.type == "pronoun" for mention in entity.mentions]
    return "unresolved" if pronouns and all(pronouns) else "unnamed"


def unsure(statement: Statement) -> bool:
    """Whether it is doubtful that the speaker is right, so that a reader should look."""
    return statement.speaker_confidence is not None and certainty(statement.speaker_confidence) == "check"


def own_words(record: Record, statement: Statement, entity: Entity | None) -> str:
    """The article's words for the speaker where they differ from the entity's name, on one line; else nothing."""
    words = one_line(record.text_of(statement.source)).strip(" ,;:")
    return "" if entity is None or words.casefold() == one_line(entity.name).casefold() else words


def who_is(entity: Entity, key: str, anchor: str) -> Who:
    """An entity made ready to be shown."""
    codes = [code for code in dict.fromkeys((entity.code, entity.country)) if code]
    kind = "" if entity.kind == "other" else entity.kind
    facts = tuple(shorten(one_line(fact), _NAME) for fact in (kind, entity.role, *codes) if fact)
    return Who(key, anchor, shorten(one_line(entity.name), _NAME), standing(entity), facts)


def marks_of(record: Record, people: Mapping[str | None, Who]) -> list[Mark]:
    """Every mention of every entity, each with the one that names it; in the entities' order."""
    marks = []
    for entity in record.entities:
        for mention, (at, when) in zip(entity.mentions, naming(entity.mentions), strict=True):
            named = entity.mentions[at]
            for span in tidy((mention.span,), len(record.article.text)):
                marks.append(Mark(people[entity.id], span, named.span[0], _naming_words(record, named, when)))
    return marks


def naming(mentions: Sequence[Mention]) -> list[tuple[int, When]]:
    """For each mention the index of the one a reader knows it by, and where that stands.

    A name speaks for itself. Anything else goes back to the last name before it (a pronoun, failing that, to the last
    description), failing that to the first name or description after it, failing that stands alone.
    """
    order = sorted(range(len(mentions)), key=lambda index: mentions[index].span)
    before, after = _last_seen(mentions, order), _last_seen(mentions, order[::-1])
    found: list[tuple[int, When]] = []
    for index, mention in enumerate(mentions):
        if mention.type == "name":
            found.append((index, "here"))
        elif (earlier := before[index]) is not None:
            found.append((earlier, "before"))
        elif (later := after[index]) is not None:
            found.append((later, "later"))
        else:
            found.append((index, "here"))
    return found


def _last_seen(mentions: Sequence[Mention], order: Sequence[int]) -> dict[int, int | None]:
    """For each mention, the last name (for a pronoun, else the last description) met before it in this order."""
    name: int | None = None
    description: int | None = None
    seen: dict[int, int | None] = {}
    for index in order:
        kind = mentions[index].type
        seen[index] = description if name is None and kind == "pronoun" else name
        if kind == "name":
            name = index
        elif kind == "description":
            description = index
    return seen


def _naming_words(record: Record, mention: Mention, when: When) -> str:
    if when == "here":
        return ""
    named = "named" if mention.type == "name" else "described"
    words = shorten(one_line(record.text_of((mention.span,))), _NAME)
    return f"last {named} before as “{words}”" if when == "before" else f"{named} later as “{words}”"
