"""Small records made by hand: who is reported to have said what, in which words."""

from onrecord.records import Article, Dateline, Entity, QuoteType, Record, Statement

LAVEN = Entity("e1", "Mara Laven", "person", True, ("Laven",), country="AVL", role="Avelian foreign minister")


def record(id_: str, *said: str, speaker: Entity = LAVEN, day: str | None = "2021-03-04", **facts: object) -> Record:
    """An article whose sentences are each a statement: `Laven said` before it, quotation marks as they are."""
    text, statements = "", []
    for n, content in enumerate(said, 1):
        start = len(text)
        text += f"{speaker.name} said "
        cue = (len(text) - 5, len(text) - 1)
        span = (len(text), len(text) + len(content))
        text += content + "\n\n"
        statements.append(statement(f"s{n}", speaker.id, (start, cue[0] - 1), cue, span))
    agency = facts.pop("agency", None)
    dateline = Dateline("Avel", None, str(agency), (0, 0)) if agency else None
    article = Article(id_, text, published=day, dateline=dateline, **facts)  # type: ignore[arg-type]
    return Record(article, (speaker,), tuple(statements))


def statement(
    id_: str, speaker: str, source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]
) -> Statement:
    quote: QuoteType = "mixed"
    return Statement(id_, (source,), (cue,), (content,), quote, speaker, None, 1.0)
