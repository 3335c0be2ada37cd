"""The stage: an article to its attributions, in text order, nested ones under the words they stand in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Generic, TypeVar

from onrecord.annotate.antecedents import antecedent, pointings
from onrecord.annotate.continued import continue_quotations
from onrecord.annotate.decode import Found, Scores, Settings, WordSpan, decode
from onrecord.annotate.drafts import Draft, with_cue_trimmed
from onrecord.annotate.memory import Reading
from onrecord.annotate.parallel import OneBlasThread, in_groups
from onrecord.annotate.quotes import quote_type, quoted_spans, unquoted
from onrecord.annotate.session import Model
from onrecord.annotate.transcripts import with_labels
from onrecord.annotate.windows import Window, windows
from onrecord.annotate.words import Words, tokens_of, word_blocks, words_from
from onrecord.errors import InputError
from onrecord.paragraphs import paragraphs
from onrecord.records import Annotation, Antecedent, Article, Attribution, Span, Spans

A = TypeVar("A", bound=Article | InputError)
T = TypeVar("T")

TOGETHER = 4
"""Windows decoded at once: more would leave threads without work at the end of a short article."""
MIN_NESTED_WORDS = 5
"""A content shorter than this holds no statement of another."""
MAX_DEPTH = 4


def annotate(article: Article, model: Model, nested: bool = True) -> Annotation:
    """Find every attribution of the article, and what its pronouns look back to.

    With `nested` the contents are read once more for attributions inside them. Deterministic; memory is bounded by
    the longest block of paragraphs, not by the text.
    """
    return annotate_all([article], model, nested)[0]


def annotate_all(articles: Sequence[Article], model: Model, nested: bool = True) -> list[Annotation]:
    """The same of some articles at once. All of them are read before the contents of any are, so that the network
    finds its weights in the processor's caches.
    """
    read = _through(articles, model, partial(_read, model))
    return _annotations([_gathered(article.text, found) for article, found in read], model, nested)


def annotate_each(
    articles: Iterable[Article | InputError], model: Model, nested: bool = True
) -> Iterator[tuple[Article, Annotation] | InputError]:
    """The same of many articles, in order; what could not be read comes as it is.

    On several threads the next articles' windows are under way while one is put together.
    """
    for article, read in _through(articles, model, partial(_read, model)):
        if isinstance(article, InputError):
            yield article
        else:
            yield article, _annotations([_gathered(article.text, read)], model, nested)[0]


def find(texts: Iterable[str], model: Model, settings: Settings) -> Iterator[list[Draft]]:
    """The attributions of each text's own voice, its windows read even if they were met before."""

    def read(windows: list[Window]) -> list[Draft]:
        found = _found(windows, model, [model.run(window) for window in windows], settings)
        return [_draft(window, one) for window, those in zip(windows, found, strict=True) for one in those]

    for _, drafts in _through((Article("", text) for text in texts), model, read):
        yield list(chain.from_iterable(drafts))


@dataclass(frozen=True, slots=True)
class _Portion(Generic[A]):
    """Some windows of an article; or none, when it has no more."""

    of: A
    windows: list[Window]
    last: bool


def _portions(articles: Iterable[A]) -> Iterator[_Portion[A]]:
    for article in articles:
        if isinstance(article, Article):
            for group in in_groups(_windows(article.text), TOGETHER):
                yield _Portion(article, group, last=False)
        yield _Portion(article, [], last=True)


def _through(articles: Iterable[A], model: Model, read: Callable[[list[Window]], T]) -> Iterator[tuple[A, list[T]]]:
    """Each article with what `read` makes of its windows, some at a time."""

    def work(portion: _Portion[A]) -> tuple[_Portion[A], T | None]:
        return portion, read(portion.windows) if portion.windows else None

    done: list[T] = []
    for portion, result in model.each(_portions(articles), work):
        if result is not None:
            done.append(result)
        if portion.last:
            yield portion.of, done
            done = []


def _windows(text: str) -> Iterator[Window]:
    return (window for words in word_blocks(text) for window in windows(words))


_Seen = tuple[list[Draft], list[Antecedent]]
"""What some windows hold, in characters of their text."""


def _read(model: Model, windows: list[Window]) -> _Seen:
    readings = list(zip(windows, model.memory.recall(windows, partial(_readings, model)), strict=True))
    drafts = [_draft(window, found) for window, reading in readings for found in reading.found]
    return drafts, [antecedent(window, pointing) for window, reading in readings for pointing in reading.pointing]


def _readings(model: Model, windows: list[Window]) -> list[Reading]:
    scores = [model.run(window) for window in windows]
    found = _found(windows, model, scores, model.outer)
    pointing = [pointings(window, one.links, model.behind) for window, one in zip(windows, scores, strict=True)]
    return [Reading(tuple(f), p) for f, p in zip(found, pointing, strict=True)]


def _found(windows: Sequence[Window], model: Model, scores: Sequence[Scores], settings: Settings) -> list[list[Found]]:
    """Of each window the attributions whose cue is in its core."""
    with OneBlasThread():
        decoded = decode(scores, model.head, settings)
    return [
        [found for found in those if window.core_begin <= window.begin + found.cue[0] < window.core_end]
        for window, those in zip(windows, decoded, strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Gathered:
    """What the windows of a text held, put together; what is found inside its drafts is added to them."""

    text: str
    drafts: list[Draft]
    pointers: tuple[Antecedent, ...]
    quoted: list[Span]


def _gathered(text: str, read: Sequence[_Seen]) -> _Gathered:
    spans = paragraphs(text)
    quoted = quoted_spans(text, spans)
    drafts = with_labels(text, [with_cue_trimmed(draft, text) for found, _ in read for draft in found])
    pointers = tuple(pointer for _, found in read for pointer in found)
    return _Gathered(text, continue_quotations(text, drafts, spans, quoted), pointers, quoted)


def _annotations(texts: Sequence[_Gathered], model: Model, nested: bool) -> list[Annotation]:
    if nested:
        _add_inner(texts, model)
    return [
        Annotation(
            _in_text_order([_attribution(one.text, draft, one.drafts, one.quoted) for draft in one.drafts]),
            model.version,
            one.pointers,
        )
        for one in texts
    ]


def _draft(window: Window, found: Found) -> Draft:
    def chars(spans: tuple[WordSpan, ...]) -> Spans:
        return tuple(_span(window.words, window.begin + a, window.begin + b) for a, b in spans)

    return Draft(chars(found.source), chars((found.cue,)), chars(found.content), found.confidence)


def _span(words: Words, begin: int, end: int) -> Span:
    return int(words.start[begin]), int(words.end[end - 1])


def _add_inner(texts: Sequence[_Gathered], model: Model) -> None:
    """Add the attributions inside the drafts' contents, those inside theirs, and so on."""
    begins = [0] * len(texts)
    for _ in range(MAX_DEPTH):
        level = [(one, range(begin, len(one.drafts))) for one, begin in zip(texts, begins, strict=True)]
        begins = [len(one.drafts) for one in texts]
        for one, draft in list(_inside(level, model)):
            one.drafts.append(draft)


@dataclass(frozen=True, slots=True)
class _Inner:
    """A window of a content's piece: the text and the draft it belongs to, and where in the text it begins."""

    of: _Gathered
    parent: int
    start: int
    window: Window


def _inside(level: Iterable[tuple[_Gathered, Iterable[int]]], model: Model) -> Iterator[tuple[_Gathered, Draft]]:
    """Attributions within each piece of the contents, read as texts of their own without their quotation marks."""

    def read(group: list[_Inner]) -> list[tuple[_Gathered, Draft]]:
        readings = model.memory.recall([inner.window for inner in group], partial(_inner_readings, model))
        return [
            (inner.of, replace(_moved(_draft(inner.window, found), inner.start), parent=inner.parent))
            for inner, reading in zip(group, readings, strict=True)
            for found in reading.found
        ]

    for found in model.each(in_groups(_pieces(level), TOGETHER), read):
        yield from found


def _inner_readings(model: Model, windows: list[Window]) -> list[Reading]:
    scores = [model.run(window) for window in windows]
    return [Reading(tuple(found), ()) for found in _found(windows, model, scores, model.nested)]


def _pieces(level: Iterable[tuple[_Gathered, Iterable[int]]]) -> Iterator[_Inner]:
    for one, numbers in level:
        for k in numbers:
            for piece in one.drafts[k].content:
                yield from _pieces_of(one, k, piece)


def _pieces_of(one: _Gathered, number: int, piece: Span) -> Iterator[_Inner]:
    start, end = unquoted(one.text, *piece)
    if one.text.count(" ", start, end) >= MIN_NESTED_WORDS:
        words = words_from(one.text[start:end], tokens_of(one.text, ((start, end),)), inside=True)
        if len(words):
            yield from (_Inner(one, number, start, window) for window in windows(words))


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
