"""What pages, API and MCP share: an open archive, who is who in it, and how it is served."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.across.actors import Actor
from onrecord.explore.articles import Read, read
from onrecord.explore.decisions import Judged, join, judged, part, undo
from onrecord.explore.desk import Desk
from onrecord.explore.dossier import Portrait, members_named, portrait
from onrecord.explore.known_days import KnownDays
from onrecord.explore.paging import ON_A_PAGE
from onrecord.explore.pair import Pair, pair
from onrecord.explore.refusals import Forbidden, Missing
from onrecord.explore.settings import Settings
from onrecord.explore.statements import Evidenced, evidence
from onrecord.explore.users import Role, User
from onrecord.explore.who import Actors, Registry
from onrecord.topics.scheme import Scheme, shipped

if TYPE_CHECKING:
    from onrecord.store.archive import Archive


@dataclass(frozen=True)
class Explorer:
    """Asks for what must be there; what is not raises Missing."""

    desk: Desk
    registry: Registry
    settings: Settings
    scheme: Scheme
    """The topics that positions are asked on."""
    known_days: KnownDays
    """Articles whose statements were compared for trails."""
    user: User | None = None
    """Who asks; None for who may only read, and for who runs it."""

    @classmethod
    def of(cls, archive: "Archive", settings: Settings, scheme: Scheme | None = None) -> "Explorer":
        """Over an archive; without a scheme, with the shipped topics."""
        desk = Desk(archive.root)
        return cls(desk, Registry(desk.archive), settings, scheme or shipped(), KnownDays())

    def asked_by(self, user: User | None) -> "Explorer":
        """The same for a request of somebody."""
        return replace(self, user=user)

    @property
    def person(self) -> str:
        """The name that decisions bear."""
        return self.user.name if self.user else self.settings.person

    def start(self) -> None:
        """Begin to gather who is who."""
        self.registry.start()

    def stop(self) -> None:
        """End the threads."""
        self.registry.stop()
        self.desk.close()

    @property
    def actors(self) -> Actors:
        """Raises NotGathered."""
        return self.registry.actors()

    def article(self, id_: str, version: int | None = None) -> Read:
        found = self.desk.ask(read, id_, version)
        if found is None:
            raise Missing(f"article {id_[:100]!r}: there is none{'' if version is None else f' of version {version}'}")
        return found

    def statement(self, key: str) -> Evidenced:
        found = self.desk.ask(evidence, key)
        if found is None:
            raise Missing(f"statement {key[:100]!r}: there is none; keys look like ARTICLE@VERSION#STATEMENT")
        return found

    def actor(self, reference: str) -> Actor:
        found = self.actors.find(reference)
        if found is None:
            raise Missing(f"actor {reference[:100]!r}: nobody of this id or name")
        return found

    def portrait(self, reference: str) -> Portrait:
        return self.desk.ask(portrait, self.actor(reference), ON_A_PAGE)

    def pair(self, left: str, right: str) -> Pair:
        return self.desk.ask(pair, self.actor(left), self.actor(right))

    def join(self, left: str, right: str, note: str | None = None) -> Judged:
        """Decide that two actors are one. Raises DecisionConflict, BadDecision, Missing."""
        actors = self.actor(left), self.actor(right)
        return self._decided(join(self.desk.archive, *actors, self.person, note))

    def part(self, reference: str, name: str) -> Judged:
        """Decide that an actor's members of a name are another. Raises as `join` does."""
        actor = self.actor(reference)
        away = self.desk.ask(members_named, actor, name)
        return self._decided(part(self.desk.archive, actor, away, name, self.person))

    def undo(self, decision: str) -> Judged:
        """Take a decision back. Raises BadDecision when there is none that holds, Forbidden when it is another's."""
        if self.user and not self.user.may(Role.admin):
            theirs = {one.by for one in judged(self.desk.archive) if one.id == decision} - {self.user.name}
            if theirs:
                raise Forbidden(f"{theirs.pop()} decided that; only they and admins take it back")
        return self._decided(undo(self.desk.archive, decision, self.person))

    def _decided(self, made: Judged) -> Judged:
        """Waits until it is followed; in a large archive that may come later than the answer."""
        self.desk.renew()
        self.registry.wait_for(self.desk.sequence)
        return made
