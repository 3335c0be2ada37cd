"""The pieces of a page's text: what each is part of, whom it means, and what a reader may do with it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.export.ribbon import Ribbon
from onrecord.export.segments import Segment, line, quoted_parts, segments
from onrecord.export.who import STANDING_WORDS, Mark, Who, marks_of, unsure
from onrecord.export.wording import certainty
from onrecord.records import Event, Record, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """An element of the page: its text, classes and attributes, all but text and attributes' values safe by
    construction. With `href` among the attributes it is a link."""

    text: str
    classes: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def tag(self) -> str:
        return "a" if any(name == "href" for name, _ in self.attributes) else "span"


class Marker:
    """Cuts one article into pieces. `keys` name its statements, `people` are its entities as shown."""

    def __init__(
        self,
        record: Record,
        anchor: str,
        keys: Sequence[str],
        people: Mapping[str | None, Who],
        ribbons: Mapping[str, Ribbon],
    ) -> None:
        self.record, self.anchor, self.keys, self.people = record, anchor, keys, people
        self.marks = marks_of(record, people)
        spans = {link.span for ribbon in ribbons.values() for link in ribbon.links if link.span}
        self.events = {span: event_words(event) for event in record.events for span in event.trigger}
        """What happened by the words that say so."""
        self.words: list[Span] = sorted(spans | self.events.keys())
        self.quoted = [bool(quoted_parts(record, statement)) for statement in record.statements]
        starts = sorted(mark.span[0] for mark in self.marks)
        self.bare = {
            index
            for index, statement in enumerate(record.statements)
            if not any(bisect_left(starts, end) > bisect_left(starts, start) for start, end in statement.source)
        }
        """Statements whose source holds no mention, so that the source itself must say whom it means."""
        self.begins = {mark.span[0] for mark in self.marks} | {start for start, _ in self.words}
        self.met: set[tuple[str, int]] = set()
        """Mentions and bare sources that have had their tab stop."""

    def pieces(self) -> Iterator[Piece]:
        """The text in order; pieces that mean nothing have neither classes nor attributes."""
        text = self.record.article.text
        self.met.clear()
        for segment in segments(self.record, [mark.span for mark in self.marks], self.words):
            mark = None if segment.mention is None else self.marks[segment.mention]
            yield Piece(
                text[segment.start : segment.end],
                " ".join(self._classes(segment, mark)),
                tuple(self._attributes(segment, mark)),
            )

    def _classes(self, segment: Segment, mark: Mark | None) -> Iterator[str]:
        yield from (role for role in ("source", "cue", "content") if getattr(segment, role))
        if segment.content:
            yield self._underline(segment, segment.content[-1])
        if segment.nested:
            yield "inner"
            yield f"inner-{self._underline(segment, segment.content[0])}"
        if segment.dateline:
            yield "dateline"
        if segment.source:
            yield from self._source_classes(segment)
        if mark:
            yield "mention"
        if any(self.words[index] in self.events for index in segment.words):
            yield "trigger"

    def _source_classes(self, segment: Segment) -> Iterator[str]:
        """The shape of a source: open to the pieces beside it, broken where nobody is named, marked where doubtful."""
        if segment.source_opens:
            yield "from"
        if segment.source_closes:
            yield "to"
        statements = [self.record.statements[index] for index in segment.source]
        standings = {self._standing(statement.speaker) for statement in statements}
        yield from sorted(standings - {"named"})
        if any(map(unsure, statements)):
            yield "unsure"

    def _standing(self, speaker: str | None) -> str:
        return self.people[speaker].standing if speaker in self.people else "unresolved"

    def _underline(self, segment: Segment, index: int) -> str:
        return line(self.record.statements[index].quote, index in segment.quoted, self.quoted[index])

    def _attributes(self, segment: Segment, mark: Mark | None) -> Iterator[tuple[str, str]]:
        if segment.statements:
            yield from self._statement_attributes(segment)
        if segment.words:
            yield "data-w", " ".join(words_key(self.words[index]) for index in segment.words)
            ended = (self.events.get(span) for index in segment.words if (span := self.words[index])[1] == segment.end)
            if label := ", ".join(filter(None, ended)):
                yield "data-event", label
        if segment.start in self.begins:
            yield "id", place(self.anchor, segment.start)
        if who := mark.who if mark else self._speaker(segment):
            yield from self._who_attributes(segment, mark, who)
        else:
            if segment.source:
                yield "title", STANDING_WORDS["unresolved"]
            if segment.first_of:
                yield from (("tabindex", "0"), ("role", "link"))
        if segment.first_of:
            yield "aria-describedby", f"{self.anchor}/{self.keys[segment.first_of[0]]}"

    def _statement_attributes(self, segment: Segment) -> Iterator[tuple[str, str]]:
        yield "data-s", self._joined(segment.statements)
        for role in ("source", "cue", "content"):
            if getattr(segment, role):
                yield f"data-{role}", self._joined(getattr(segment, role))
        if (lit := self._lit(segment)) != segment.statements:
            yield "data-on", self._joined(lit)
        if segment.opens:
            yield "data-open", "[" * segment.opens
        if segment.closes:
            yield "data-close", "]" * segment.closes

    def _speaker(self, segment: Segment) -> Who | None:
        """Whom a source means where it is no mention itself."""
        speakers = (self.record.statements[index].speaker for index in segment.source)
        return next((self.people[speaker] for speaker in speakers if speaker in self.people), None)

    def _who_attributes(self, segment: Segment, mark: Mark | None, who: Who) -> Iterator[tuple[str, str]]:
        yield "href", f"#{who.anchor}"
        yield "data-e", who.key
        if mark and mark.naming:
            yield "data-by", place(self.anchor, mark.named_at)
        if not segment.first_of and not self._stop(segment, mark):
            yield "tabindex", "-1"
        doubts = self._doubts(segment, who)
        yield "title", "\n".join((*who.lines, *([mark.naming] if mark and mark.naming else []), *doubts))

    def _stop(self, segment: Segment, mark: Mark | None) -> bool:
        """Whether the tab key stops here: once a mention, and once a source without any."""
        names = [("mention", segment.mention)] if segment.mention is not None else []
        names += [("source", index) for index in segment.source if not mark and index in self.bare]
        fresh = not self.met.issuperset(names)
        self.met.update(names)
        return fresh

    def _doubts(self, segment: Segment, who: Who) -> Iterator[str]:
        """How sure it is that a source is this entity."""
        for index in segment.source:
            statement = self.record.statements[index]
            if statement.speaker_confidence is not None and self.people.get(statement.speaker) is who:
                sure = statement.speaker_confidence
                yield f"as the speaker: {certainty(sure)} {sure:.2f}"
                return

    def _joined(self, indexes: Sequence[int]) -> str:
        return " ".join(self.keys[index] for index in indexes)

    def _lit(self, segment: Segment) -> tuple[int, ...]:
        """The statements to light up from this piece: those it is source or cue of, else the innermost around it."""
        if segment.source or segment.cue:
            return tuple(dict.fromkeys((*segment.source, *segment.cue)))
        statements = self.record.statements
        innermost = statements[segment.content[0]].content
        return tuple(index for index in segment.content if statements[index].content == innermost)


def event_words(event: Event) -> str:
    """What an event is, in a word or two: `accuse`, `coerce (negated)`; claimed when it rests on a statement."""
    notes: list[str] = [event.status] if event.status != "asserted" else []
    notes += ["claimed"] if event.on_word_of else []
    return event.type.lower() + (f" ({', '.join(notes)})" if notes else "")


def place(anchor: str, start: int) -> str:
    """The id of the piece that begins at an offset of an article's text."""
    return f"{anchor}/at/{start}"


def words_key(span: Span) -> str:
    """The name of a span within its article."""
    return f"{span[0]}-{span[1]}"
