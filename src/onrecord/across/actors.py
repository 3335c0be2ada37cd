"""What linking across articles gives and takes: actors, and people's decisions on who is who."""

import re
from dataclasses import dataclass
from hashlib import blake2b

from onrecord.names import fold
from onrecord.records import EntityKind

Member = tuple[str, str]
"""(article id, entity id): one entity as one article has it."""

_ACTOR_ID = re.compile(r"[^\s:]*\.[0-9a-f]{12}$")


@dataclass(frozen=True, slots=True)
class Held:
    """A role as articles state it, and the first and last of their days (ISO 8601; None where none is dated)."""

    role: str
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Actor:
    """One person or body across articles. All but `id` follows from the members, whatever their order."""

    id: str
    """That of the member seen first (`member_id`), so it stays while others join."""
    name: str
    kind: EntityKind
    country: str | None
    code: str | None
    link: str | None
    aliases: tuple[tuple[str, int], ...]
    """Every form of the name and the number of articles that have it, the most frequent first."""
    roles: tuple[Held, ...]
    members: tuple[Member, ...]

    @property
    def articles(self) -> int:
        return len({article for article, _ in self.members})


@dataclass(frozen=True, slots=True)
class Reference:
    """One side of a decision: an actor's id, or an article's entity with the name it had when that was decided.

    Entities are numbered anew when an article is read anew; by the name the decision finds its entity again.
    """

    actor: str | None = None
    article: str | None = None
    entity: str | None = None
    name: str | None = None

    @property
    def token(self) -> str:
        """The same for an actor's id and for the entity that gave it."""
        return self.actor.rpartition(".")[2] if self.actor else member_token((self.article or "", self.entity or ""))

    def __str__(self) -> str:
        return self.actor or f"{self.article}:{self.entity}"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two: the same, or not."""

    id: str
    who: str
    when: str
    """ISO 8601 with its zone."""
    left: Reference
    right: Reference
    same: bool
    note: str | None = None

    def __str__(self) -> str:
        return f"{self.id} ({self.left} {'=' if self.same else '≠'} {self.right}, by {self.who})"


def member_token(member: Member) -> str:
    """Twelve hexadecimal digits that stand for one article's entity."""
    return blake2b("\0".join(member).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def name_slug(name: str) -> str:
    """ "Sergey Lavrov" as "sergey-lavrov"."""
    return re.sub(r"[^\w]+", "-", fold(name)).strip("-")[:48] or "x"


def member_id(member: Member, name: str) -> str:
    """The id an actor has from its first member: readable, and found again from the member alone."""
    return f"{name_slug(name)}.{member_token(member)}"


def reference(text: str) -> Reference | None:
    """A reference as a person writes it: an actor's id, or ARTICLE:ENTITY; None when it is neither."""
    if _ACTOR_ID.match(text):
        return Reference(actor=text)
    article, _, entity = text.rpartition(":")
    return Reference(article=article, entity=entity) if article and entity else None
