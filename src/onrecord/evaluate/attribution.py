"""Attributions against gold: how many sources, cues and contents were found, and how many whole attributions.

    tokens      micro precision, recall, F1 over the word tokens that carry a role
    overlap     an attribution is right when its source and its content each share at least half of their word
                tokens (intersection over union) with one of gold's; one-to-one, best overlap first; cues are
                not compared, since some systems give none
    exact       the same, with the very same word tokens in source and in content
    recall      of overlap, over the gold whose content is wholly, not at all, or partly in quotation marks
    counts      articles, gold and predicted attributions

An article is a mapping with `id`, `text` and `attributions`, each of these with `source`, `cue` and `content`, lists
of [start, end) code points into the text. Predictions need no text.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import GoldError
from onrecord.evaluate.words import Figure, Tokens, TokenSet, pair_up, share
from onrecord.records import QuoteType

ROLES = ("source", "cue", "content")
QUOTES: tuple[QuoteType, ...] = ("direct", "indirect", "mixed")

_MARK = re.compile(r'["“”«»„]')
_NOTHING = Figure(0, 0, 0)

_Reading = dict[str, TokenSet]


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """All figures of one evaluation. `recall` holds found and gold only (nobody predicts a gold quote type)."""

    tokens: Mapping[str, Figure] = field(default_factory=lambda: dict.fromkeys(ROLES, _NOTHING))
    overlap: Figure = _NOTHING
    exact: Figure = _NOTHING
    recall: Mapping[QuoteType, Figure] = field(default_factory=lambda: dict.fromkeys(QUOTES, _NOTHING))
    articles: int = 0

    def __add__(self, other: "AttributionScore") -> "AttributionScore":
        return AttributionScore(
            {role: self.tokens[role] + other.tokens[role] for role in ROLES},
            self.overlap + other.overlap,
            self.exact + other.exact,
            {quote: self.recall[quote] + other.recall[quote] for quote in QUOTES},
            self.articles + other.articles,
        )

    def to_dict(self) -> dict[str, Any]:
        """One JSON object: `tokens` by role, `overlap`, `exact`, `recall` by quote type (`r`, `n`), `counts`."""
        return {
            "tokens": {role: figure.to_dict() for role, figure in self.tokens.items()},
            "overlap": self.overlap.to_dict(),
            "exact": self.exact.to_dict(),
            "recall": {quote: {"r": figure.r, "n": figure.gold} for quote, figure in self.recall.items()},
            "counts": {"articles": self.articles, "gold": self.overlap.gold, "predicted": self.overlap.predicted},
        }


def score(gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> AttributionScore:
    """Hold predicted articles to gold ones, paired by `id`; an article without prediction counts as nothing found.

    Raises GoldError when a prediction is for an article that gold lacks, or an article is predicted twice.
    """
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for article in predicted:
        if article["id"] in found:
            raise GoldError(f"{article['id']}: predicted twice")
        found[article["id"]] = article["attributions"]
    unknown = sorted(found.keys() - {article["id"] for article in gold})
    if unknown:
        raise GoldError(f"{', '.join(unknown[:3])}: predicted, but gold has no such article ({len(unknown)} in all)")
    total = AttributionScore()
    for article in gold:
        total += _score_article(article["text"], article["attributions"], found.get(article["id"], ()))
    return total


def _score_article(
    text: str, gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]
) -> AttributionScore:
    tokens = Tokens(text)
    wanted, given = _readings(tokens, gold), _readings(tokens, predicted)
    overlapping = _pairs(wanted, given, _half)
    same = _pairs(wanted, given, lambda worst: worst == 1)
    kinds = [quote_of(text, a.get("content") or ()) for a in gold]
    return AttributionScore(
        {role: _token_figure(wanted, given, role) for role in ROLES},
        Figure(len(overlapping), len(given), len(wanted)),
        Figure(len(same), len(given), len(wanted)),
        {q: Figure(sum(kinds[i] == q for i in overlapping), 0, kinds.count(q)) for q in QUOTES},
        articles=1,
    )


def right_predictions(gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> frozenset[int]:
    """Indexes of one article's predicted attributions that are right by overlap; only gold needs the text."""
    tokens = Tokens(gold["text"])
    wanted, given = (_readings(tokens, article["attributions"]) for article in (gold, predicted))
    return frozenset(_pairs(wanted, given, _half).values())


def _readings(tokens: Tokens, attributions: Sequence[Mapping[str, Any]]) -> list[_Reading]:
    return [{role: tokens.under(attribution.get(role)) for role in ROLES} for attribution in attributions]


def _half(overlap: float) -> bool:
    return overlap >= 0.5


def _token_figure(wanted: Sequence[_Reading], given: Sequence[_Reading], role: str) -> Figure:
    gold: TokenSet = frozenset().union(*(reading[role] for reading in wanted))
    predicted: TokenSet = frozenset().union(*(reading[role] for reading in given))
    return Figure(len(gold & predicted), len(predicted), len(gold))


def _pairs(wanted: Sequence[_Reading], given: Sequence[_Reading], enough: Callable[[float], bool]) -> Mapping[int, int]:
    def worth(i: int, j: int) -> float | None:
        content = share(wanted[i]["content"], given[j]["content"])
        if not enough(content):
            return None
        source = share(wanted[i]["source"], given[j]["source"])
        return source + content if enough(source) else None

    return pair_up(len(wanted), len(given), worth)


def quote_of(text: str, spans: Sequence[Sequence[int]]) -> QuoteType:
    """Quote type of a content by the share of its letters and digits in quotation marks.

    Above 95% direct, below 5% (or no letters) indirect, else mixed. A deliberately plain rule, so that gold of any
    origin is sorted alike: an opening mark opens anew, any other mark closes, a straight one does either in turn.
    """
    quoted = _quoted(text)
    letters = [at for start, end in spans for at in range(start, min(end, len(text))) if text[at].isalnum()]
    inside = sum(quoted[at] for at in letters) / len(letters) if letters else 0.0
    return "direct" if inside > 0.95 else "indirect" if inside < 0.05 else "mixed"


def _quoted(text: str) -> bytearray:
    """One flag a character: whether it stands in quotation marks (the marks themselves included)."""
    flags = bytearray(len(text))
    opened: int | None = None
    for mark in _MARK.finditer(text):
        if mark[0] in "“«„" or (mark[0] == '"' and opened is None):
            opened = mark.start()
        elif opened is not None:
            flags[opened : mark.end()] = b"\x01" * (mark.end() - opened)
            opened = None
    return flags


def format_score(score: AttributionScore) -> str:
    """The figures as aligned lines for people, no newline at the end."""
    counts = score.to_dict()["counts"]
    named = {**score.tokens, "overlap": score.overlap, "exact": score.exact}
    return "\n".join(
        [
            "counts   " + "  ".join(f"{name} {count}" for name, count in counts.items()),
            *(f"{name:8} {figure}" for name, figure in named.items()),
            "recall   " + "  ".join(f"{quote} {f.r:.3f} (of {f.gold})" for quote, f in score.recall.items()),
        ]
    )


def load_gold(path: str | Path) -> list[dict[str, Any]]:
    """Read a gold JSONL file, one article a line, blank lines skipped.

    Raises GoldError, as "file:line: field …", on the first line that is not in the format of this module.
    """
    return load_rows(path, ("attributions",))


def load_rows(path: str | Path, lists: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Read a JSONL file of articles that have `id`, `text` and the named lists. Raises GoldError as `load_gold`."""
    articles: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    try:
        with open(path, encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    article = _article(line, f"{path}:{number}", lists)
                    first = seen.setdefault(article["id"], number)
                    if first != number:
                        raise GoldError(f"{path}:{number}: id {article['id']!r} is that of line {first}")
                    articles.append(article)
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 (byte {error.start})") from error
    if not articles:
        raise GoldError(f"{path}: holds no article")
    return articles


def _article(line: str, where: str, lists: Sequence[str]) -> dict[str, Any]:
    try:
        article = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"{where}: not JSON ({error.msg}, column {error.colno})") from error
    if not isinstance(article, dict):
        raise GoldError(f"{where}: not a JSON object")
    for name, kind in (("id", str), ("text", str), *((name, list) for name in lists)):
        if not isinstance(article.get(name), kind):
            raise GoldError(f"{where}: field {name} must be a {'string' if kind is str else 'list'}")
    for index, attribution in enumerate(article["attributions"] if "attributions" in lists else ()):
        name = f"attributions[{index}]"
        if not isinstance(attribution, dict):
            raise GoldError(f"{where}: field {name} must be an object")
        for role in ROLES:
            _check_spans(attribution.get(role), len(article["text"]), f"{where}: field {name}.{role}")
    return article


def _check_spans(spans: object, length: int, where: str) -> None:
    if not isinstance(spans, list):
        raise GoldError(f"{where} must be a list of [start, end] (empty for none)")
    for span in spans:
        whole = isinstance(span, list) and len(span) == 2 and all(type(offset) is int for offset in span)
        if not whole:
            raise GoldError(f"{where}: {json.dumps(span)} is not [start, end]")
        if not 0 <= span[0] < span[1] <= length:
            raise GoldError(f"{where}: {span} lies outside the text (length {length}) or is empty")
