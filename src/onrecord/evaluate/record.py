"""Whole records against gold: statements, their speakers, nesting, provenance, datelines and events.

    statements         the content shares half of its word tokens with one gold statement's (one-to-one)
    who-said-what      the same, and the speaker is the right one: the headline figure
    nested recall      over gold statements made inside another's words: speaker and parent right too
    provenance recall  over gold statements made to or through another outlet: `through` names it
    datelines          over articles where gold or the record has one: place, date and agency agree
    events             (actor code, recipient code, type), one-to-one within an article

Both sides are articles as JSON objects. In gold a speaker is an entity's name (several, joined by " | ", when each
would do) and an entity's mentions are strings; a record is what `Record.to_dict` gives.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from onrecord.errors import GoldError
from onrecord.evaluate.words import Figure, Tokens, pair_up, share

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordScore:
    """Counts of one evaluation; every figure follows from them."""

    articles: int = 0
    gold: int = 0
    pred: int = 0
    content: int = 0
    who: int = 0
    nested_gold: int = 0
    nested: int = 0
    through_gold: int = 0
    through: int = 0
    dateline_gold: int = 0
    dateline: int = 0
    event_hit: int = 0
    event_gold: int = 0
    event_pred: int = 0

    def __add__(self, other: "RecordScore") -> "RecordScore":
        return RecordScore(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def statements(self) -> Figure:
        """Contents found."""
        return Figure(self.content, self.pred, self.gold)

    @property
    def who_said_what(self) -> Figure:
        """Contents found with the right speaker."""
        return Figure(self.who, self.pred, self.gold)

    @property
    def events(self) -> Figure:
        """Events found."""
        return Figure(self.event_hit, self.event_pred, self.event_gold)

    def to_dict(self) -> dict[str, Any]:
        """One JSON object of all figures; a share over nothing is None."""
        counts = asdict(self)
        return {
            "articles": counts.pop("articles"),
            "statements": self.statements.to_dict(),
            "who-said-what": self.who_said_what.to_dict(),
            "nested recall": _share(self.nested, self.nested_gold),
            "provenance recall": _share(self.through, self.through_gold),
            "datelines": _share(self.dateline, self.dateline_gold),
            "events": self.events.to_dict(),
            "counts": counts,
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def score(gold: Sequence[_Row], records: Sequence[_Row]) -> RecordScore:
    """Hold records to gold articles, paired by `id`; a missing record counts as nothing found, a surplus one is left.

    Raises GoldError when a gold statement's parent is not in its article.
    """
    by_id = {record["id"]: record for record in records}
    total = RecordScore()
    for row in gold:
        record = by_id.get(row["id"], {})
        total += _score_statements(row, record) + _score_dateline(row, record) + _score_events(row, record)
    return total + RecordScore(articles=len(gold))


def _score_statements(row: _Row, record: _Row) -> RecordScore:
    gold, predicted = row["statements"], record.get("statements") or ()
    pairs = pair_contents(row["text"], gold, predicted)
    names = _Names(row["entities"])
    entities = {entity["id"]: entity for entity in record.get("entities") or ()}
    place = {statement["id"]: index for index, statement in enumerate(gold)}
    count: Counter[str] = Counter(gold=len(gold), pred=len(predicted), content=len(pairs))
    for index, statement in enumerate(gold):
        hit = predicted[pairs[index]] if index in pairs else None
        right = hit is not None and names.same(statement["speaker"], entities.get(hit.get("speaker")))
        count["who"] += right
        if statement.get("parent"):
            if statement["parent"] not in place:
                raise GoldError(f"{row['id']}: statement {statement['id']} has no parent {statement['parent']} here")
            parent = pairs.get(place[statement["parent"]])
            count["nested_gold"] += 1
            count["nested"] += bool(
                right and hit and parent is not None and hit.get("parent") == predicted[parent]["id"]
            )
        if statement.get("through"):
            count["through_gold"] += 1
            count["through"] += bool(normal_set((hit or {}).get("through")) & normal_set(statement["through"]))
    return RecordScore(**count)


def pair_contents(text: str, gold: Sequence[_Row], predicted: Sequence[_Row]) -> dict[int, int]:
    """Gold statement index to predicted one: contents that share half of their words, one-to-one, the closest first."""
    tokens = Tokens(text)
    wanted, given = ([tokens.under(s["content"]) for s in side] for side in (gold, predicted))

    def worth(i: int, j: int) -> float | None:
        overlap = share(wanted[i], given[j])
        return overlap if overlap >= 0.5 else None

    return pair_up(len(wanted), len(given), worth)


def _score_dateline(row: _Row, record: _Row) -> RecordScore:
    gold, given = row.get("dateline"), record.get("dateline")
    if not gold and not given:
        return RecordScore()
    agree = gold and given and all(_same(gold.get(k), given.get(k)) for k in ("place", "date", "agency"))
    return RecordScore(dateline_gold=1, dateline=int(bool(agree)))


def _score_events(row: _Row, record: _Row) -> RecordScore:
    gold = Counter((e["actor"], e["recipient"], e["type"]) for e in row.get("events") or ())
    given = Counter((e.get("actor_code"), e.get("recipient_code"), e["type"]) for e in record.get("events") or ())
    return RecordScore(event_hit=(gold & given).total(), event_gold=gold.total(), event_pred=given.total())


class _Names:
    """The names that a gold article's entities go by."""

    def __init__(self, entities: Iterable[_Row]) -> None:
        self._by_name = {normal(entity["name"]): entity for entity in entities}

    def same(self, gold: str | None, entity: _Row | None) -> bool:
        """Does a record's entity name the gold speaker, or is it rightly left unnamed?"""
        parts = [part for part in (gold or "").split(" | ") if part]
        speakers = [self._by_name.get(normal(part), {"name": part}) for part in parts]
        if all(speaker.get("named") is False for speaker in speakers):
            return entity is None or not entity.get("named", True)
        if entity is None:
            return False
        given = normal_set([entity["name"], *(entity.get("aliases") or ())])
        return any(given & names_of(speaker) for speaker in speakers)


def names_of(entity: _Row) -> set[str]:
    """An entity's name, mentions that share a capitalised word with it, and acronyms; no pronoun, no description."""
    words = {word for word in entity["name"].split() if word[:1].isupper() and len(word) > 2}
    forms = {entity["name"]}
    for mention in [*(entity.get("aliases") or ()), *(entity.get("mentions") or ())]:
        bare = mention.replace(".", "").removeprefix("the ").removeprefix("The ")
        acronym = bare.isupper() and 2 <= len(bare) <= 6
        if acronym or words & {word.removesuffix("’s").removesuffix("'s") for word in mention.split()}:
            forms.add(mention)
    return normal_set(forms)


def normal(name: str | None) -> str:
    """The form in which names are compared: case, a leading "the" and possessives left out."""
    return " ".join((name or "").casefold().replace("’s", "").replace("'s", "").removeprefix("the ").split())


def normal_set(names: Iterable[str] | None) -> set[str]:
    """Several names in the form in which they are compared."""
    return {normal(name) for name in names or ()}


def _same(a: object, b: object) -> bool:
    return a == b if a is None or b is None else normal(str(a)) == normal(str(b))


def format_score(score: RecordScore) -> str:
    """The figures as aligned lines for people, no newline at the end."""
    figures = {"statements": score.statements, "who-said-what": score.who_said_what}
    shares = {name: value for name, value in score.to_dict().items() if isinstance(value, float) or value is None}
    lines = [f"{'articles':18} {score.articles}"]
    lines += [f"{name:18} {figure}" for name, figure in figures.items()]
    lines += [
        f"{name:18} {'none in gold' if value is None else format(value, '.3f')}" for name, value in shares.items()
    ]
    return "\n".join([*lines, f"{'events':18} {score.events}"])
