"""The stage: an article to its attributions, in text order, nested ones under the words they stand in."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotate.continued import continue_quotations
from onrecord.annotate.decode import Found, Settings, WordSpan, decode
from onrecord.annotate.drafts import Draft
from onrecord.annotate.paragraphs import paragraphs
from onrecord.annotate.quotes import quote_type, quoted_spans, unquoted
from onrecord.annotate.session import Model, one_blas_thread
from onrecord.annotate.windows import Window, windows
from onrecord.annotate.words import Words, word_blocks
from onrecord.records import Annotation, Article, Attribution, Span, Spans

MIN_NESTED_WORDS = 5
"""A content shorter than this holds no statement of another."""
MAX_DEPTH = 4


def annotate(article: Article, model: Model, nested: bool = True) -> Annotation:
    """Find every attribution of the article.

    With `nested` the contents are read once more for attributions inside them. Deterministic; memory is bounded by
    the longest block of paragraphs, not by the text.
    """
    text = article.text
    spans = paragraphs(text)
    quoted = quoted_spans(text, spans)
    outer = continue_quotations(text, list(find(text, model, model.outer)), spans, quoted)
    if nested:
        outer = [replace(d, inner=tuple(_inside(text, d.content, model, 1))) for d in outer]
    attributions: list[Attribution] = []
    for draft in outer:
        _flatten(text, draft, None, quoted, attributions)
    return Annotation(_in_text_order(attributions), model.version)


def find(text: str, model: Model, settings: Settings) -> Iterator[Draft]:
    """The attributions of a text's own voice, window by window."""
    for words in word_blocks(text):
        for window in windows(words):
            scores = model.run(window)
            with one_blas_thread():
                decoded = decode(scores, model.head, settings)
            for found in decoded:
                if window.core_begin <= window.begin + found.cue[0] < window.core_end:
                    yield _draft(text, window, found)


def _draft(text: str, window: Window, found: Found) -> Draft:
    def chars(spans: tuple[WordSpan, ...]) -> Spans:
        return tuple(_span(window.words, window.begin + a, window.begin + b) for a, b in spans)

    return Draft(chars(found.source), chars((found.cue,)), chars(found.content), found.confidence)


def _span(words: Words, begin: int, end: int) -> Span:
    return int(words.start[begin]), int(words.end[end - 1])


def _inside(text: str, content: Spans, model: Model, depth: int) -> Iterator[Draft]:
    """Attributions within each piece of a content, read as a text of its own without its quotation marks."""
    if depth > MAX_DEPTH:
        return
    for piece in content:
        start, end = unquoted(text, *piece)
        if text.count(" ", start, end) < MIN_NESTED_WORDS:
            continue
        for draft in find(text[start:end], model, model.nested):
            moved = _moved(draft, start)
            yield replace(moved, inner=tuple(_inside(text, moved.content, model, depth + 1)))


def _moved(draft: Draft, by: int) -> Draft:
    def move(spans: Spans) -> Spans:
        return tuple((a + by, b + by) for a, b in spans)

    return replace(draft, source=move(draft.source), cue=move(draft.cue), content=move(draft.content))


def _flatten(text: str, draft: Draft, parent: int | None, quoted: list[Span], out: list[Attribution]) -> None:
    kind = quote_type(text, draft.content, quoted if parent is None else _quoted_within(text, out[parent].content))
    out.append(Attribution(draft.source, draft.cue, draft.content, kind, draft.confidence, parent))
    here = len(out) - 1
    for inner in draft.inner:
        _flatten(text, inner, here, quoted, out)


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
