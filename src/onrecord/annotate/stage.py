"""The stage: an article to its attributions, in text order, nested ones under the words they stand in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from onrecord.annotate.antecedents import antecedent, pointings
from onrecord.annotate.continued import continue_quotations
from onrecord.annotate.decode import Found, Scores, Settings, WordSpan, decode
from onrecord.annotate.drafts import Draft, with_cue_trimmed
from onrecord.annotate.memory import Reading
from onrecord.annotate.parallel import one_blas_thread
from onrecord.annotate.quotes import quote_type, quoted_spans, unquoted
from onrecord.annotate.session import Model
from onrecord.annotate.windows import Window, windows
from onrecord.annotate.words import Words, word_blocks
from onrecord.paragraphs import paragraphs
from onrecord.records import Annotation, Antecedent, Article, Attribution, Span, Spans

MIN_NESTED_WORDS = 5
"""A content shorter than this holds no statement of another."""
MAX_DEPTH = 4


def annotate(article: Article, model: Model, nested: bool = True) -> Annotation:
    """Find every attribution of the article, and what its pronouns look back to.

    With `nested` the contents are read once more for attributions inside them. Deterministic; memory is bounded by
    the longest block of paragraphs, not by the text.
    """
    text = article.text
    spans = paragraphs(text)
    quoted = quoted_spans(text, spans)
    drafts: list[Draft] = []
    pointers: list[Antecedent] = []
    with one_blas_thread():
        for window, reading in model.each(_windows(text), partial(_read, model)):
            drafts += (with_cue_trimmed(_draft(window, found), text) for found in reading.found)
            pointers += (antecedent(window, pointing) for pointing in reading.pointing)
        drafts = continue_quotations(text, drafts, spans, quoted)
        if nested:
            _add_inner(text, drafts, model)
    attributions = [_attribution(text, draft, drafts, quoted) for draft in drafts]
    return Annotation(_in_text_order(attributions), model.version, tuple(pointers))


def find(text: str, model: Model, settings: Settings) -> list[Draft]:
    """The attributions of a text's own voice, its windows read even if they were met before."""

    def read(window: Window) -> list[Draft]:
        return [_draft(window, found) for found in _found(window, model, model.run(window), settings)]

    with one_blas_thread():
        return [draft for drafts in model.each(_windows(text), read) for draft in drafts]


def _windows(text: str) -> Iterator[Window]:
    return (window for words in word_blocks(text) for window in windows(words))


def _read(model: Model, window: Window) -> tuple[Window, Reading]:
    return window, model.memory.recall(window, partial(_reading, model))


def _reading(model: Model, window: Window) -> Reading:
    scores = model.run(window)
    found = _found(window, model, scores, model.outer)
    return Reading(tuple(found), pointings(window, scores.links, model.behind))


def _found(window: Window, model: Model, scores: Scores, settings: Settings) -> list[Found]:
    """The attributions whose cue is in the window's core."""
    return [
        found
        for found in decode(scores, model.head, settings)
        if window.core_begin <= window.begin + found.cue[0] < window.core_end
    ]


def _draft(window: Window, found: Found) -> Draft:
    def chars(spans: tuple[WordSpan, ...]) -> Spans:
        return tuple(_span(window.words, window.begin + a, window.begin + b) for a, b in spans)

    return Draft(chars(found.source), chars((found.cue,)), chars(found.content), found.confidence)


def _span(words: Words, begin: int, end: int) -> Span:
    return int(words.start[begin]), int(words.end[end - 1])


def _add_inner(text: str, drafts: list[Draft], model: Model) -> None:
    """Add the attributions inside the drafts' contents, those inside theirs, and so on."""
    level = range(len(drafts))
    for _ in range(MAX_DEPTH):
        found = list(_inside(text, drafts, level, model))
        level = range(len(drafts), len(drafts) + len(found))
        drafts += found


@dataclass(frozen=True, slots=True)
class _Inner:
    """A window of a content's piece: the draft it belongs to, and where in the article it begins."""

    parent: int
    start: int
    window: Window


def _inside(text: str, drafts: Sequence[Draft], level: Iterable[int], model: Model) -> Iterator[Draft]:
    """Attributions within each piece of the contents, read as texts of their own without their quotation marks."""

    def read(inner: _Inner) -> list[Draft]:
        reading = model.memory.recall(inner.window, partial(_inner_reading, model))
        found = (_draft(inner.window, one) for one in reading.found)
        return [replace(_moved(draft, inner.start), parent=inner.parent) for draft in found]

    for found in model.each(_pieces(text, drafts, level), read):
        yield from found


def _inner_reading(model: Model, window: Window) -> Reading:
    return Reading(tuple(_found(window, model, model.run(window), model.nested)), ())


def _pieces(text: str, drafts: Sequence[Draft], level: Iterable[int]) -> Iterator[_Inner]:
    for k in level:
        for piece in drafts[k].content:
            start, end = unquoted(text, *piece)
            if text.count(" ", start, end) >= MIN_NESTED_WORDS:
                for words in word_blocks(text[start:end], inside=True):
                    yield from (_Inner(k, start, window) for window in windows(words))


def _moved(draft: Draft, by: int) -> Draft:
    def move(spans: Spans) -> Spans:
        return tuple((a + by, b + by) for a, b in spans)

    return replace(draft, source=move(draft.source), cue=move(draft.cue), content=move(draft.content))


def _attribution(text: str, draft: Draft, drafts: Sequence[Draft], quoted: list[Span]) -> Attribution:
    marks = quoted if draft.parent is None else _quoted_within(text, drafts[draft.parent].content)
    kind = quote_type(text, draft.content, marks)
    return Attribution(draft.source, draft.cue, draft.content, kind, draft.confidence, draft.parent)


def _quoted_within(text: str, content: Spans) -> list[Span]:
    """Quotations inside a content, its own marks not counted."""
    inner = [unquoted(text, a, b) for a, b in content]
    return quoted_spans(text, [s for s in inner if s[0] < s[1]])


def _in_text_order(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Sorted by cue; parents' indexes follow."""
    order = sorted(range(len(attributions)), key=lambda i: (attributions[i].cue, attributions[i].content))
    place = {old: new for new, old in enumerate(order)}
    moved = (attributions[i] for i in order)
    return tuple(a if a.parent is None else replace(a, parent=place[a.parent]) for a in moved)
