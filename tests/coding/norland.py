"""A small article of two countries and a minister, as the stage before has it."""

from dataclasses import replace

from onrecord.records import Article, Entity, Mention, Record, Span, Statement

TEXT = (
    "Norland expelled two Sudrian envoys on Monday. It rained in Norland. "
    "“They seek any excuse. Our patience with Norland is at an end,” said Anna Berg."
)


def at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def entity(id_: str, name: str, code: str | None, kind: str, *mentions: Span) -> Entity:
    return Entity(id_, name, kind, True, code=code, mentions=tuple(Mention(m, "name") for m in mentions))  # type: ignore[arg-type]


NORLAND = entity("e1", "Norland", "NOR", "country", at("Norland"), at("Norland", 1), at("They"), at("Norland", 2))
SUDRIA = entity("e2", "Sudria", "SUD", "country", at("Sudrian"))
BERG = replace(entity("e3", "Anna Berg", None, "person", at("Anna Berg")), country="SUD")
SAID = Statement(
    "s1", (at("Anna Berg"),), (at("said"),), ((TEXT.index("“"), TEXT.index(" said")),), "direct", "e3", None, 0.9
)
RECORD = Record(Article("a", TEXT), (NORLAND, SUDRIA, BERG), (SAID,))
