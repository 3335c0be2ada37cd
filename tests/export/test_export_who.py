import pytest

from onrecord.export.who import marks_of, naming, standing, who_is
from onrecord.records import Article, Entity, Mention, Record

TEXT = "She waited. Ada Brandt, a clerk, said she knew. The clerk left. Brandt called."


def mentions(*words):
    """Mentions of the words in order, each with its type: `("Brandt", "name")`."""
    out, at = [], 0
    for word, kind in words:
        at = TEXT.index(word, at)
        out.append(Mention((at, at + len(word)), kind))
        at += len(word)
    return tuple(out)


ADA = mentions(
    ("She", "pronoun"),
    ("Ada Brandt", "name"),
    ("she", "pronoun"),
    ("The clerk", "description"),
    ("Brandt", "name"),
)


def test_a_mention_goes_back_to_the_last_name():
    assert naming(ADA) == [(1, "later"), (1, "here"), (1, "before"), (1, "before"), (4, "here")]


def test_order_of_the_mentions_does_not_matter():
    assert naming(ADA[::-1]) == [(0, "here"), (3, "before"), (3, "before"), (3, "here"), (3, "later")]


def test_without_names_a_pronoun_goes_to_a_description_and_a_description_stands_alone():
    clerk = mentions(("a clerk", "description"), ("she", "pronoun"), ("The clerk", "description"))
    assert naming(clerk) == [(0, "here"), (0, "before"), (2, "here")]
    assert naming(mentions(("She", "pronoun"), ("she", "pronoun"))) == [(0, "here"), (1, "here")]


def test_marks_say_what_named_them():
    ada = Entity("e1", "Ada Brandt", "person", True, role="clerk", code="XAB", country="XAB", mentions=ADA)
    record = Record(Article("a", TEXT), (ada,), ())
    who = who_is(ada, "e1", "a/e1")
    assert who.lines == ("Ada Brandt", "person · clerk · XAB")
    marks = marks_of(record, {"e1": who})
    assert [mark.naming for mark in marks] == [
        "named later as “Ada Brandt”",
        "",
        "last named before as “Ada Brandt”",
        "last named before as “Ada Brandt”",
        "",
    ]
    assert {mark.named_at for mark in marks[:4]} == {TEXT.index("Ada")}


@pytest.mark.parametrize(
    ("named", "types", "stands"),
    [
        (True, ["pronoun"], "named"),
        (False, ["description", "pronoun"], "unnamed"),
        (False, ["pronoun", "pronoun"], "unresolved"),
        (False, [], "unnamed"),
    ],
)
def test_standing(named, types, stands):
    entity = Entity("e1", "x", "person", named, mentions=tuple(Mention((0, 1), kind) for kind in types))
    assert standing(entity) == stands
    assert standing(None) == "unresolved"


def test_long_names_do_not_make_every_mention_long():
    long = Entity("e1", "x " * 5000, "person", False, role="y " * 5000, mentions=mentions(("She", "pronoun")))
    (mark,) = marks_of(Record(Article("a", TEXT), (long,), ()), {"e1": who_is(long, "e1", "a/e1")})
    assert sum(map(len, mark.who.lines)) < 300
