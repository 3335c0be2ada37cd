"""How each statement came: through which outlets, on what occasion, on what day, to whom, each with its words.

1. Around each statement its sentence is cut into zones, what was said blanked out (`frames.py`).
2. Words in the zones are read for outlets (`through.py`), occasion (`venues.py`), day (`said_on.py`) and
   addressee (`addressees.py`).
3. Statements of one speaker in one sentence share what either says; one inside an outlet's report came through it.
4. Where a speaker goes on, the occasion goes on: "he added", or the next words out of the same interview.
Nothing is guessed: what no words say stays open.
"""

import re
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from onrecord.records import Article, Attribution, Evidence, ProvenanceKind, Span, Spans
from onrecord.resolve.addressees import addressee
from onrecord.resolve.frames import Frame, frame_of
from onrecord.resolve.outlets import Outlet, outlets_in
from onrecord.resolve.said_on import said_on
from onrecord.resolve.through import ways
from onrecord.resolve.venues import venue
from onrecord.when import anchor_of


@dataclass(frozen=True, slots=True)
class Quoted:
    """A value and the words that say it."""

    value: str
    span: Span
    carried: bool = False
    """True when the words stand with an earlier statement, which this one goes on from."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the words around one statement say of how it came."""

    through: tuple[Quoted, ...] = ()
    """Nearest the speaker first."""
    venue: Quoted | None = None
    said_on: Quoted | None = None
    addressee: Quoted | None = None

    def __bool__(self) -> bool:
        return bool(self.through or self.venue or self.said_on or self.addressee)

    def evidence(self) -> tuple[Evidence, ...]:
        """The same as it stands in a statement's record."""
        through: list[tuple[ProvenanceKind, Quoted | None]] = [("through", quoted) for quoted in self.through]
        rest: list[tuple[ProvenanceKind, Quoted | None]] = [
            ("venue", self.venue),
            ("said_on", self.said_on),
            ("addressee", self.addressee),
        ]
        return tuple(Evidence(kind, q.value, q.span, q.carried) for kind, q in through + rest if q)


def provenances(
    article: Article, attributions: Sequence[Attribution], speakers: Sequence[Hashable | None] | None = None
) -> tuple[Provenance, ...]:
    """One provenance an attribution, in their order.

    `speakers` says who made each, in anything that compares; None for one that is not known, such as a pronoun that
    nobody resolved. Takes time linear in the text, and in the attributions times those near each.
    """
    known = speakers if speakers is not None else [None] * len(attributions)
    return _Reader(article, attributions, known).read()


def provenance(article: Article, attribution: Attribution) -> Provenance:
    """The provenance of one attribution by itself, as far as its own sentence says it."""
    return provenances(article, [attribution])[0]


# What a speaker goes on with on one occasion, and what a post or a written statement does not go on with by itself.
_OCCASIONS = frozenset(
    ("interview", "press conference", "briefing", "speech", "testimony", "hearing", "podcast", "town hall", "lecture")
)
_GOES_ON = re.compile(r"\b(?:add(?:s|ed|ing)?|continu(?:es|ed|ing)|went on|goes on|further)\b", re.IGNORECASE)
_ANOTHER_TIME = re.compile(
    r"\b(?:had|has|have|earlier|previously|later|once|repeatedly|often|separately|elsewhere|will|would|previous|past|last"
    r"|before|recently|frequently|always|long|in \d{4})\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|they|it|i|we|who)\Z", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:sa(?:ys|id|y|ying)|add(?:s|ed|ing)|argu(?:es|ed|ing)|insist(?:s|ed|ing)|claim(?:s|ed|ing))\b", re.IGNORECASE
)
_NAMES_ANOTHER = re.compile(
    r"\b(?:interview|appearance|speech|debate|rally|conference|briefing|statement|tweet|Twitter|summit|op-ed)s?\b"
)
_BLANKS = re.compile(r"[\t\xa0\u2002-\u200a\u202f]|(?<=[a-z,])\n(?=\S)")
_NEAR = 500  # characters between two statements of which the second goes on from the first


class _Reader:
    """The attributions of one article, with what is looked up once for all of them."""

    def __init__(
        self, article: Article, attributions: Sequence[Attribution], speakers: Sequence[Hashable | None]
    ) -> None:
        self.text = _evenly_spaced(article.text)
        self.anchor = anchor_of(article)
        self.attributions = attributions
        self.speakers = speakers
        self.outlets = outlets_in(self.text, article.outlet) if attributions else ()
        self.hulls = [_hull(attribution) for attribution in attributions]
        self.frames = [self._frame(index) for index in range(len(attributions))]
        self.around = [self._around(index) for index in range(len(attributions))]

    def read(self) -> tuple[Provenance, ...]:
        found = [self._own(frame) for frame in self.frames]
        found = [self._shared(index, found) for index in range(len(found))]
        return self._carried([self._reported(index, found) for index in range(len(found))])

    def _frame(self, index: int) -> Frame:
        attribution = self.attributions[index]
        low, high = self.hulls[index]
        around = slice(max(0, index - 12), index + 13)
        near = [
            other
            for other, (begin, end) in zip(self.attributions[around], self.hulls[around], strict=True)
            if other is not attribution and begin < high + _NEAR and low - _NEAR < end
        ]
        within = self.attributions[attribution.parent].content if attribution.parent is not None else ()
        return frame_of(self.text, attribution, near, within)

    def _around(self, index: int) -> int | None:
        """The attribution in whose content this one's cue stands, its parent or one of the same speaker."""
        attribution = self.attributions[index]
        if attribution.parent is not None or not attribution.cue:
            return attribution.parent
        start, end = attribution.cue[0]
        near = range(max(0, index - 5), min(len(self.attributions), index + 6))
        for other in sorted(near, key=lambda other: abs(other - index)):
            if other != index and any(a <= start and end <= b for a, b in self.attributions[other].content):
                return other
        return None

    def _own(self, frame: Frame) -> Provenance:
        """Step 2: what the words of its own sentence say."""
        outlets = self._outlets_of(frame)
        found = ways(frame, outlets)
        social = next((way.span for way in found if way.social), None)
        occasion = _quoted(venue(frame, social))
        through = tuple(Quoted(way.name, way.span) for way in found)
        if occasion and not social and "tweet" in self.text[slice(*occasion.span)].casefold():
            through = (Quoted("Twitter", occasion.span), *through)  # where else a tweet is made needs no saying
        return Provenance(
            through=through,
            venue=occasion,
            said_on=_quoted(said_on(frame, self.anchor)),
            addressee=_quoted(addressee(frame, outlets)),
        )

    def _outlets_of(self, frame: Frame) -> tuple[Outlet, ...]:
        first = bisect_left(self.outlets, frame.start, key=lambda outlet: outlet.whole[0])
        near = takewhile(lambda outlet: outlet.whole[1] <= frame.end, islice(self.outlets, first, None))
        return tuple(near)

    def _shared(self, index: int, found: Sequence[Provenance]) -> Provenance:
        """Step 3: what a statement of the same source in the same sentence says, where this one's words say nothing."""
        mine = found[index]
        attribution, frame = self.attributions[index], self.frames[index]
        around = self.around[index]
        if around is not None and self._says_within_own_words(index, around):
            return _filled(mine, found[around])
        for other in range(max(0, index - 4), min(len(found), index + 5)):
            if other == index or self.frames[other].start != frame.start:
                continue
            same_source = attribution.source and self.attributions[other].source == attribution.source
            if same_source or (self._overlap(index, other) and self._says_within_own_words(index, other)):
                mine = _filled(mine, found[other])
        return mine

    def _says_within_own_words(self, index: int, around: int) -> bool:
        """`a strike, which he said would lead to war`, inside what he said."""
        cue = " ".join(self._words(self.attributions[index].cue).split())
        return _SAYS.fullmatch(cue) is not None and self._same_speaker(around, index)

    def _overlap(self, index: int, other: int) -> bool:
        """Whether contents share words, as in `a strike, which he said would lead to war` inside what he told."""
        one, two = self.attributions[index].content, self.attributions[other].content
        return any(a < d and c < b for a, b in one for c, d in two)

    def _reported(self, index: int, found: Sequence[Provenance]) -> Provenance:
        """Step 3: a statement inside an outlet's report came through the outlet as well."""
        mine, parent = found[index], self.attributions[index].parent
        if parent is None:
            return mine
        source = self.attributions[parent].source
        names = {quoted.value for quoted in mine.through}
        relays = [q for q in found[parent].through if q.value not in names and any(_within(q.span, s) for s in source)]
        return replace(mine, through=(*mine.through, *relays))

    def _carried(self, found: list[Provenance]) -> tuple[Provenance, ...]:
        """Step 4: the occasion of the statement before, where the speaker goes on."""
        last: int | None = None
        first = 0  # of those that go on from one another
        order = sorted(range(len(found)), key=lambda i: (self.hulls[i][0], i))
        for index in (i for i in order if self.around[i] is None):
            if last is not None and self._goes_on(last, first, index, found):
                found[index] = _continued(found[last])
            else:
                first = index
            last = index
        return tuple(found)

    def _goes_on(self, last: int, first: int, index: int, found: Sequence[Provenance]) -> bool:
        before, here = found[last], found[index]
        if here or not before or not self._adjacent(last, index):
            return False
        if not self._same_speaker(last, index) and not self._same_speaker(first, index):
            return False
        frame, attribution = self.frames[index], self.attributions[index]
        if _GOES_ON.search(self._words(attribution.cue)):
            return True
        if not attribution.source and attribution.quote != "direct":
            return False  # "is known as", "was asked": nobody goes on speaking
        occasion = before.venue is not None and before.venue.value in _OCCASIONS
        core = frame.words[: frame.core[1] - frame.start]
        return occasion and _ANOTHER_TIME.search(core) is None

    def _adjacent(self, last: int, index: int) -> bool:
        end, start = self.hulls[last][1], self.hulls[index][0]
        between = self.text[end : max(end, start)]
        if _NAMES_ANOTHER.search(between[max(0, self.frames[last].end - end) :]):
            return False
        return len(between) <= _NEAR and len(re.findall(r"\n\s*\S", between.rstrip() + "\n.")) <= 2

    def _same_speaker(self, first: int, second: int) -> bool:
        one, other = self.speakers[first], self.speakers[second]
        if one is not None and other is not None:
            return one == other
        source = self._words(self.attributions[second].source).strip()
        return (
            not source or _PRONOUN.match(source) is not None or source == self._words(self.attributions[first].source)
        )

    def _words(self, spans: Spans) -> str:
        return " ".join(self.text[a:b] for a, b in spans)


def _evenly_spaced(text: str) -> str:
    """The text with a plain space for every blank and for the line ends of wrapped lines; offsets stay as they are."""
    return _BLANKS.sub(" ", text)


def _hull(attribution: Attribution) -> Span:
    spans = [*attribution.source, *attribution.cue, *attribution.content] or [(0, 0)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _quoted(found: tuple[str, Span] | None) -> Quoted | None:
    return Quoted(*found) if found else None


def _filled(mine: Provenance, other: Provenance) -> Provenance:
    return Provenance(
        mine.through or other.through,
        mine.venue or other.venue,
        mine.said_on or other.said_on,
        mine.addressee or other.addressee,
    )


def _continued(before: Provenance) -> Provenance:
    def again(quoted: Quoted | None) -> Quoted | None:
        return replace(quoted, carried=True) if quoted else None

    through = tuple(replace(quoted, carried=True) for quoted in before.through)
    return Provenance(through, again(before.venue), again(before.said_on), again(before.addressee))
