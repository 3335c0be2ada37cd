"""The plain records that stand between the stages. Frozen, free of logic beyond turning into dicts.

All spans are half-open [start, end) counts of Unicode code points into the article's text, so `text[start:end]` is
the evidence itself.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

QuoteType = Literal["direct", "indirect", "mixed"]
EntityKind = Literal["person", "organization", "country", "igo", "group", "document", "place", "other"]
MentionType = Literal["name", "pronoun", "description"]
EventStatus = Literal["asserted", "negated", "conditional", "future", "demanded"]
ProvenanceKind = Literal["through", "venue", "said_on", "addressee"]
Attitude = Literal["for", "against", "neither"]
ELLIPSIS = " … "
"""Between the pieces of what does not stand in one."""
MEANING_BITS = 128
"""Of a statement's meaning, a multiple of 64."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The header a wire story opens with. `span` covers it in the text, from the place to its closing mark."""

    place: str | None
    date: str | None
    """ISO 8601 (YYYY-MM-DD, or less of it where the year is not known from any evidence: `--MM-DD`)."""
    agency: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One news text as read: `text` is kept exactly, nothing normalised away."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    language: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time; None when nothing says it."""
    dateline: Dateline | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as found in the text; who the source is, is another stage's question."""

    source: Spans
    cue: Spans
    content: Spans
    quote: QuoteType
    confidence: float
    """Calibrated probability, 0 to 1, that source and content are right."""
    parent: int | None = None
    """Index, in the same annotation, of the attribution in whose content this one stands."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Which words of the text a pronoun looks back (or ahead) to."""

    pronoun: Span
    words: tuple[tuple[Span, float], ...]
    """Words with the probability, 0 to 1, that they name what the pronoun means; small ones are left out."""
    none: float
    """The probability that no word within the encoder's view does."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the encoder found in one article, in text order of the cues."""

    attributions: tuple[Attribution, ...]
    model: str
    """Version of the weights that found it."""
    antecedents: tuple[Antecedent, ...] = ()
    """Of the article's pronouns of the third person, in text order."""


@dataclass(frozen=True, slots=True)
class Mention:
    span: Span
    type: MentionType


@dataclass(frozen=True, slots=True)
class Entity:
    id: str
    name: str
    kind: EntityKind
    named: bool
    """False for one the article only describes ("a senior official"): then `name` is the description."""
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None
    code: str | None = None
    link: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say how a statement came: by which outlet, on what occasion, on what day or to whom."""

    kind: ProvenanceKind
    value: str
    span: Span
    carried: bool = False
    """True when the words stand with an earlier statement, which this one goes on from."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A speaker's attitude, in one statement, towards an entity that it speaks of."""

    entity: str
    attitude: Attitude
    confidence: float
    """Calibrated probability, 0 to 1, that the attitude is right."""


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    source: Spans
    cue: Spans
    content: Spans
    quote: QuoteType
    speaker: str | None
    parent: str | None
    confidence: float
    addressee: str | None = None
    about: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    venue: str | None = None
    said_on: str | None = None
    """ISO 8601, less than a day where the text says less: `2019-09-19`, `2019-W38`, `2019-09`, `2019`."""
    topics: tuple[str, ...] = ()
    """Codes of its topics, the likeliest first: IPTC Media Topics (`medtop:…`), or those a user added."""
    topic_confidence: tuple[float, ...] = ()
    """Of each topic, calibrated probability, 0 to 1, that the statement is about it."""
    speaker_confidence: float | None = None
    """Probability, 0 to 1, that `speaker` is right given the source; None when nothing was resolved."""
    provenance: tuple[Evidence, ...] = ()
    """The words behind `through`, `venue` and `said_on`, and those for whom it was said to."""
    stances: tuple[Stance, ...] = ()
    """Towards those of `about` whose mentions stand in its words."""
    meaning: str | None = None
    """MEANING_BITS sign bits of the vector of its content's meaning, as hexadecimal digits; statements of near meaning
    differ in few."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with the actors in it, to be asked what some do to others."""

    sentence: Span
    lead: Span | None
    """Words for the sentence's speaker, where they stand elsewhere; read before it."""
    participants: tuple[tuple[str, Spans], ...]
    """An entity's id and its mentions, in the sentence or the lead."""
    pairs: tuple[tuple[int, int], ...]
    """Indexes of participants: does the first do something to the second?"""
    targets: tuple[int, ...] = ()
    """Indexes of participants: is the one whose words these are for or against them?"""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one participant of a scene does to another, as the encoder reads it."""

    scene: int
    """Index of the scene."""
    pair: tuple[int, int]
    type: str
    """One of PLOVER's sixteen, or EMBARGO."""
    status: EventStatus
    trigger: Span
    """The words that tell it."""
    confidence: float
    """Calibrated probability, 0 to 1, that there is such an event."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """What the words of a scene show for or against one of its participants."""

    scene: int
    """Index of the scene."""
    participant: int
    shares: tuple[float, float, float]
    """Calibrated probabilities, which sum to 1: against, neither, for."""


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    actor: str | None
    recipient: str | None
    actor_code: str | None
    recipient_code: str | None
    type: str
    trigger: Spans
    status: EventStatus
    confidence: float
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    on_word_of: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is on the record of one article."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...] = ()
    model: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The article's fields, then `entities`, `statements` and `events`: one JSON object, ready for `json.dumps`."""
        return {
            **asdict(self.article),
            "entities": [asdict(e) for e in self.entities],
            "statements": [asdict(s) for s in self.statements],
            "events": [asdict(e) for e in self.events],
            "model": self.model,
        }

    def _repr_html_(self) -> str:
        """The article with its marks and statements, as the exported page has it, for notebooks."""
        # the one way back in the house: notebooks look for this method on the object itself
        from onrecord.export.notebook import record_cell

        return record_cell(self)

    def text_of(self, spans: Spans) -> str:
        """The evidence behind spans, pieces joined by an ellipsis."""
        return cut_out(self.article.text, spans)

    def speaker_of(self, statement: Statement) -> Entity | None:
        """The entity that made a statement; None when the text names and describes nobody."""
        return next((e for e in self.entities if e.id == statement.speaker), None)


def cut_out(text: str, spans: Iterable[Span]) -> str:
    """The pieces of a text at spans, joined by an ellipsis."""
    return ELLIPSIS.join(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, suffers or speaks in an event's report, as the article has them."""

    name: str
    code: str | None = None
    """The actor's own, else that of the country it acts for."""
    country: str | None = None
    """ISO 3166 alpha-3."""


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an event, with what comparing it with others' takes."""

    event: Event
    article: str
    actor: Party | None
    recipient: Party | None
    claimant: Party | None
    """The speaker of the statement it rests on; None also where that statement's speaker is not known."""
    trigger: str
    told: str
    """The sentence, or sentences, that the trigger stands in."""
    at: Span
    """From where to where in `told` it stands; (0, 0) without one."""
    around: str
    """The text around the trigger, within `coding.reports.AROUND` characters."""
    outlet: str | None = None
    """The article's, else its dateline's agency."""
    url: str | None = None
    published: str | None = None
    added: str | None = None
    """When the article was put into the archive, ISO 8601; None outside one."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event with all its reports, in order of publication. What they differ in is the surest asserted report's."""

    id: str
    """Follows from the first report: the same whatever order the reports came in."""
    event: Event
    actor: Party | None
    recipient: Party | None
    date: str | None
    """ISO 8601, the earliest of the most exact dates."""
    voice: str
    """Who vouches for it: see `coding.voices`."""
    disputed: bool
    """Whether some report says it, and some other one says it is not so."""
    outlets: tuple[str, ...]
    claimants: tuple[str, ...]
    """Names of the distinct speakers on whose word reports tell it."""
    reports: tuple[Report, ...]
