"""The source's words to a speaker."""

import pytest

from onrecord.records import Annotation, Article, Attribution, Record
from onrecord.resolve.speakers import name_of, resolve


@pytest.mark.parametrize(
    ("source", "name", "role", "mention"),
    [
        ("Foreign Minister Ada Brandt", "Ada Brandt", "Foreign Minister", "name"),
        ("President Ilse de Vries", "Ilse de Vries", "President", "name"),
        ("Ada Brandt, the foreign minister,", "Ada Brandt", None, "name"),
        ("Orland’s Prime Minister Tom Okoro", "Tom Okoro", "Prime Minister", "name"),
        ("the Ministry of Trade", "Ministry of Trade", None, "name"),
        ("Brandt", "Brandt", None, "name"),
        ("a senior official", "a senior official", None, "description"),
        ("The ministry", "The ministry", None, "description"),
        ("she", "she", None, "pronoun"),
    ],
)
def test_name_role_and_mention(source: str, name: str, role: str | None, mention: str) -> None:
    assert name_of(source)[:3] == (name, role, mention)


def record(text: str, *sources: str) -> Record:
    """A record whose statements have the given sources, in order of appearance, and one letter of content."""
    found = []
    at = 0
    for source in sources:
        start = text.index(source, at) if source else at
        spans = ((start, start + len(source)),) if source else ()
        at = start + len(source)
        found.append(Attribution(spans, ((at, at + 1),), ((at + 1, at + 2),), "indirect", 0.9))
    return resolve(Article("a", text), Annotation(tuple(found), "test"))


def test_a_surname_is_its_only_bearer() -> None:
    made = record("Minister Ada Brandt said. Brandt added.", "Minister Ada Brandt", "Brandt")
    (entity,) = made.entities
    assert (entity.name, entity.aliases, entity.role) == ("Ada Brandt", ("Brandt",), "Minister")
    assert [s.speaker for s in made.statements] == [entity.id, entity.id]
    assert [made.article.text[a:b] for a, b in (m.span for m in entity.mentions)] == ["Minister Ada Brandt", "Brandt"]


def test_a_surname_of_two_is_nobody_for_certain() -> None:
    made = record("Ada Brandt said. Tom Brandt said. Brandt said.", "Ada Brandt", "Tom Brandt", "Brandt")
    assert [e.name for e in made.entities] == ["Ada Brandt", "Tom Brandt", "Brandt"]


def test_descriptions_are_kept_and_not_named() -> None:
    (entity,) = record("A senior official said so.", "A senior official").entities
    assert (entity.name, entity.named) == ("A senior official", False)


def test_no_source_no_speaker() -> None:
    made = record("It was said.", "")
    assert made.entities == ()
    assert made.statements[0].speaker is None


def test_parents_become_ids() -> None:
    inner = Attribution((), ((4, 5),), ((6, 7),), "indirect", 0.5, parent=0)
    outer = Attribution((), ((0, 1),), ((2, 9),), "direct", 0.9)
    made = resolve(Article("a", "abcdefghij"), Annotation((outer, inner), "test"))
    assert [(s.id, s.parent) for s in made.statements] == [("s1", None), ("s2", "s1")]
