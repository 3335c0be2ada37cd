"""Statements of many articles that report one utterance, joined into trails, article by article.

1. A new article's statements are brought to the form in which they are compared (`sayings.py`).
2. Each looks for candidates in the days around it (`index.py`), and keeps an edge to those that the decision says
   report the same (`evidence.py`).
3. What hangs together by edges is gathered into trails when next asked for (`gather.py`), and only there: an article
   touches nothing but what its own statements hang together with.
4. A trail's id is that of the member seen first, so it stays while others join.

>>> trails = Trails()
>>> for record in records:
...     trails.add(record)
>>> trails.trails()
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.across.actors import member_id, member_token
from onrecord.records import Record
from onrecord.trails.copies import Copies
from onrecord.trails.drift import Change, changes
from onrecord.trails.evidence import Weights, compared, features, shipped
from onrecord.trails.forms import Form, form_of
from onrecord.trails.gather import Gathered, gather
from onrecord.trails.index import Index
from onrecord.trails.sayings import Key, Saying, sayings

_FAINT = 0.05
"""Probabilities below this are not kept."""


@dataclass(frozen=True, slots=True)
class Member:
    """One statement of a trail."""

    article: str
    statement: str
    form: Form
    speaker: str | None
    """The name that its article has for the speaker."""
    outlet: str | None
    published: str | None
    through: tuple[str, ...]
    venue: str | None
    agency: str | None
    """That of the article's dateline."""
    text: str
    changes: tuple[Change, ...]
    """What is different from the fullest wording and may change its sense."""
    copy_of: str | None
    """The article of the earliest member that has the same passage word for word, or whose article this one copies."""


@dataclass(frozen=True, slots=True)
class Trail:
    """One utterance, and who reported it in which form. All but `id` follows from the members."""

    id: str
    """That of the member seen first, so it stays while others join."""
    speaker: str | None
    """The name that most members have for the speaker, the longest of these."""
    first: tuple[str, str]
    """Article and statement of the earliest member by the articles' days; undated ones come last."""
    longest: tuple[str, str]
    """Those of the member with the fullest wording: quoted words before others."""
    through: tuple[str, ...]
    """Outlets and agencies that any member says it came by, nearest the speaker first."""
    venue: str | None
    members: tuple[Member, ...]
    """In order of time."""

    @property
    def articles(self) -> int:
        """How many articles, copies included."""
        return len({member.article for member in self.members})

    @property
    def reports(self) -> int:
        """How many independent reports: articles, copies left out."""
        return len({member.article for member in self.members} - {m.article for m in self.members if m.copy_of})

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: `first` and `longest` as {"article", "statement"}, and the two counts."""
        names = ("article", "statement")
        places = {name: dict(zip(names, getattr(self, name), strict=True)) for name in ("first", "longest")}
        return asdict(self) | places | {"articles": self.articles, "reports": self.reports}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a member shows beyond what is compared."""

    speaker: str | None
    published: str | None
    agency: str | None
    text: str


class Trails:
    """Gathers trails from records. `add` as articles come, `trails` whenever they are wanted."""

    def __init__(self, weights: Weights | None = None) -> None:
        """With the shipped decision, or another."""
        self.copies = Copies()
        self._weights = weights or shipped()
        self._index = Index()
        self._sayings: dict[Key, Saying] = {}
        self._shown: dict[Key, _Shown] = {}
        self._articles: dict[str, list[Key]] = {}
        self._edges: dict[Key, dict[Key, float]] = {}
        self._order: dict[Key, int] = {}
        self._trails: dict[int, Trail] = {}
        self._of: dict[Key, list[int]] = {}
        self._tokens: dict[str, Key] = {}
        self._next = 0
        self._dirty: dict[Key, None] = {}
        self._waiting: dict[str, None] = {}
        """Articles known but not yet compared."""

    def add(self, record: Record) -> None:
        """Take in an article; one that is there already, by its id, is replaced."""
        self.know(record)
        self._compare(record.article.id)

    def know(self, record: Record) -> None:
        """The same, but the article's trails are looked for only once others that are added hang together with it.

        So an article is joined to those of the days around it without gathering all that these have among themselves.
        """
        if record.article.id in self._articles:
            self.remove(record.article.id)
        found = list(sayings(record))
        self._articles[record.article.id] = [saying.key for saying in found]
        self.copies.add(record.article)
        for other in self.copies.alike(record.article.id):  # they count as one report now
            self._dirty.update(dict.fromkeys(key for key in self._articles[other] if key in self._of))
        self._waiting[record.article.id] = None
        for saying in found:
            self._sayings[saying.key] = saying
            self._order.setdefault(saying.key, len(self._order))
            self._tokens[member_token(saying.key)] = saying.key
            self._edges[saying.key] = {}
            self._index.add(saying)
            speaker = record.speaker_of(saying.statement)
            self._shown[saying.key] = _Shown(
                speaker.name if speaker else None,
                record.article.published,
                record.article.dateline.agency if record.article.dateline else None,
                record.text_of(saying.statement.content),
            )

    def forget_trails(self) -> None:
        """Of all articles nothing is known but what `know` takes in, as if no trail had been asked for."""
        self._edges = {key: {} for key in self._sayings}
        self._waiting = dict.fromkeys(self._articles)
        self._trails, self._of, self._dirty = {}, {}, {}

    def remove(self, article: str) -> None:
        """Forget an article. Raises KeyError when it is not there."""
        self.copies.remove(article)
        self._waiting.pop(article, None)
        for key in self._articles.pop(article):
            for other, probability in self._edges.pop(key).items():
                del self._edges[other][key]
                if probability >= self._weights.threshold:
                    self._dirty[other] = None
            self._index.remove(self._sayings.pop(key))
            self._forget(key)
            self._dirty.pop(key, None)
            del self._shown[key], self._tokens[member_token(key)]

    def trails(self) -> list[Trail]:
        """The trails through two articles or more, those in most articles first."""
        self._tidy()
        return sorted(self._trails.values(), key=lambda t: (-t.articles, t.id))

    def trail(self, id_: str) -> Trail | None:
        """The trail that has or once had an id; None when that statement is in none (any more)."""
        self._tidy()
        key = self._tokens.get(id_.rpartition(".")[2])
        return next(iter(self._some(self._of.get(key, ()))), None) if key else None

    def of_statement(self, article: str, statement: str) -> list[Trail]:
        """The trails a statement stands in: none, one, or several when it fuses utterances."""
        if article in self._waiting:
            self._compare(article)
        if (article, statement) not in self._of and self._edges.get((article, statement)):
            self._dirty[article, statement] = None
        self._tidy()
        return self._some(self._of.get((article, statement), ()))

    def has(self, article: str, statement: str) -> bool:
        """Whether a statement was taken in; one without a word in its content is not."""
        return (article, statement) in self._sayings

    def _some(self, numbers: Iterable[int]) -> list[Trail]:
        return [self._trails[n] for n in numbers]

    def _compare(self, article: str) -> None:
        """See with which statements of other articles those of a waiting one may be one.

        Those that were compared before have met it already, if they were to; while nothing waits, that is none.
        """
        del self._waiting[article]
        found = [self._sayings[key] for key in self._articles[article]]
        pairs = [(one, other) for one in found for other in self._index.candidates(one) if self._is_new(one, other)]
        for (key, other), values in compared(pairs).items():
            probability = self._weights.probability(values)
            if probability >= _FAINT:
                self._edges[key][other] = self._edges[other][key] = probability
                if probability >= self._weights.threshold:
                    self._dirty[key] = None

    def _is_new(self, one: Saying, other: Saying) -> bool:
        return one.key[0] != other.key[0] and other.key not in self._edges[one.key]

    def _tidy(self) -> None:
        """Gather anew what has changed since the last time."""
        done: set[Key] = set()
        for start in list(self._dirty):
            if start not in done:
                component = self._component(start)
                done.update(component)
                self._regather(component)
        self._dirty = {}

    def _component(self, start: Key) -> list[Key]:
        found = {start: None}
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key[0] in self._waiting:
                self._compare(key[0])
            for other, probability in self._edges[key].items():
                if probability >= self._weights.threshold and other not in found:
                    found[other] = None
                    waiting.append(other)
        return list(found)

    def _regather(self, component: list[Key]) -> None:
        for key in component:
            self._forget(key)
        for gathered in gather([self._sayings[k] for k in component], self._probability, self._weights.threshold):
            if gathered.articles > 1:
                self._next += 1
                self._trails[self._next] = self._trail(gathered)
                for saying in gathered.members:
                    self._of.setdefault(saying.key, []).append(self._next)

    def _forget(self, key: Key) -> None:
        """Take apart the trails that a statement stands in."""
        for n in self._of.pop(key, ()):
            trail = self._trails.pop(n)
            for member in trail.members:
                other = (member.article, member.statement)
                if other != key:
                    self._of[other].remove(n)
                    if not self._of[other]:
                        del self._of[other]

    def _probability(self, a: Saying, b: Saying) -> float:
        """Of two statements of one article, too, of which none was the other's candidate."""
        if a.key[0] == b.key[0]:
            return self._weights.probability(features(a, b))
        return self._edges[a.key].get(b.key, 0.0)

    def _trail(self, gathered: Gathered) -> Trail:
        first = min((saying.key for saying in gathered.own), key=self._order.__getitem__)
        members = sorted(gathered.members, key=self._time)
        fullest = sorted(gathered.members, key=lambda s: s.fullness)
        shown = {key: self._shown[key] for key in (s.key for s in members)}
        copied = self._copied(members)
        made = tuple(self._member(saying, fullest, copied.get(saying.key[0])) for saying in members)
        venues = Counter(s.statement.venue for s in members if s.statement.venue)
        return Trail(
            member_id(first, self._shown[first].speaker or "unnamed"),
            _name(shown.values()),
            members[0].key,
            fullest[0].key,
            _chain(members),
            venues.most_common(1)[0][0] if venues else None,
            made,
        )

    def _time(self, saying: Saying) -> tuple[bool, int, str, int]:
        published = self._shown[saying.key].published or ""
        return (saying.day is None, saying.day or 0, published, self._order[saying.key])

    def _copied(self, members: list[Saying]) -> dict[str, str]:
        """Article to the earliest article that it repeats, by the articles as wholes or by a member's passage."""
        first: dict[str, str] = {}
        passages: dict[int, str] = {}
        for saying in members:
            article = saying.key[0]
            before = next((other for other in first if other != article and other in self.copies.group(article)), None)
            if saying.passage is not None:
                before = before or passages.get(saying.passage)
            origin = first.get(before, before) if before else article
            first.setdefault(article, origin)
            if saying.passage is not None:
                passages.setdefault(saying.passage, first[article])
        return {article: origin for article, origin in first.items() if origin != article}

    def _member(self, saying: Saying, fullest: list[Saying], copy_of: str | None) -> Member:
        fuller = fullest[: fullest.index(saying)]
        form = form_of(saying, fuller)
        shown = self._shown[saying.key]
        return Member(
            *saying.key,
            form,
            shown.speaker,
            saying.outlet,
            shown.published,
            saying.statement.through,
            saying.statement.venue,
            shown.agency,
            shown.text,
            changes(saying, fuller),
            copy_of,
        )


def _name(shown: Iterable[_Shown]) -> str | None:
    counts = Counter(s.speaker for s in shown if s.speaker)
    return max(counts, key=lambda name: (counts[name], len(name), name)) if counts else None


def _chain(members: list[Saying]) -> tuple[str, ...]:
    """Every outlet that a member came through, those nearest a speaker and named most often first."""
    place: dict[str, int] = {}
    count: Counter[str] = Counter()
    for saying in members:
        for n, outlet in enumerate(saying.statement.through):
            place[outlet] = min(n, place.get(outlet, n))
            count[outlet] += 1
    return tuple(sorted(place, key=lambda outlet: (place[outlet], -count[outlet], outlet)))
