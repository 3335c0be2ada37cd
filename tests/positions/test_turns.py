"""Two statements at odds, and what makes them so."""

import pytest

from onrecord.positions.turns import Uttered, reasons
from onrecord.records import Article, Entity, Record, Stance, Statement


def uttered(content: str, cue: str = "said", *stances: Stance, article: str = "a") -> Uttered:
    text = f"{content}, Ada Brandt {cue}."
    start = text.rindex(cue)
    statement = Statement(
        "s1", (), ((start, start + len(cue)),), ((0, len(content)),), "indirect", "e1", None, 1.0, stances=stances
    )
    entities = (Entity("e1", "Ada Brandt", "person", True), Entity("e2", "Sudria", "country", True))
    return Uttered.of(Record(Article(article, text), entities, (statement,)), statement)


def why(was: str, now: str) -> list[tuple[str, str, str]]:
    return [(r.why, r.was, r.now) for r in reasons(uttered(was), uttered(now, article="b"))]


def test_denied_in_one_of_them() -> None:
    found = why("The kingdom will cut its petroleum output", "The kingdom has no intention to cut its petroleum output")
    assert found == [("negation", "cut", "no … cut")]
    assert why("The kingdom will not cut its petroleum output", "The kingdom never cut its petroleum output") == []


def test_opposites_of_one_thing() -> None:
    found = why("Sudria must raise its petroleum quota", "Sudria must lower its petroleum quota")
    assert found == [("antonym", "raise", "lower")]
    assert why("Sudria must raise its petroleum quota", "Sudria must not lower its petroleum quota") == []
    assert why("Raise taxes on petroleum to mend the treasury", "Lower the deficit that petroleum left us") == []


def test_another_amount_of_one_thing() -> None:
    was = "The refinery in Grennel will employ 400 skilled welders and fitters"
    now = "The refinery in Grennel will employ 900 skilled welders and fitters"
    assert why(was, now) == [("number", "400", "900")]
    assert why(was, was) == []


def test_a_denial_as_a_whole() -> None:
    told = "Sudria had smuggled missiles through the harbour of Grennel"
    (reason,) = reasons(uttered(told), uttered(told, "denied", article="b"))
    assert (reason.why, reason.was, reason.now) == ("negation", "", "denied")


def test_a_denial_takes_what_is_told_inside_it_with_it() -> None:
    """Who denies rumours that he offered his resignation does not say that he offered it."""
    text = "Ada Brandt denied rumours that she had promised missiles to the harbour guards of Grennel."
    start = text.index("missiles")
    spans = (start, len(text) - 1)
    outer = Statement("s1", (), ((11, 17),), ((18, len(text) - 1),), "indirect", "e1", None, 1.0)
    inner = Statement("s2", (), ((39, 47),), (spans,), "indirect", "e1", "s1", 1.0)
    record = Record(Article("a", text), (Entity("e1", "Ada Brandt", "person", True),), (outer, inner))
    told = text[slice(*spans)]
    assert reasons(Uttered.of(record, inner), uttered(told, "denied", article="b")) == ()
    (reason,) = reasons(Uttered.of(record, inner), uttered(told, article="b"))
    assert (reason.why, reason.was) == ("negation", "denied")


def test_what_somebody_else_denies_is_not_denied_by_the_speaker() -> None:
    text = "Sudria denied Brandt's claim that missiles lie in the harbour vaults of Grennel."
    start = text.index("missiles")
    outer = Statement("s1", (), ((7, 13),), ((14, len(text) - 1),), "indirect", "e2", None, 1.0)
    inner = Statement("s2", (), ((23, 28),), ((start, len(text) - 1),), "indirect", "e1", "s1", 1.0)
    entities = (Entity("e1", "Ada Brandt", "person", True), Entity("e2", "Sudria", "country", True))
    record = Record(Article("a", text), entities, (outer, inner))
    assert reasons(Uttered.of(record, inner), uttered(text[start:-1], article="b")) == ()


def test_who_dismisses_something_as_a_hoax_calls_it_one() -> None:
    told = "the harbour inquiry as a conspiracy of Grennel smugglers"
    assert reasons(uttered(told, "dismissed"), uttered(told, "described", article="b")) == ()


def test_praise_and_blame_of_other_things() -> None:
    was = "A pact on petroleum quotas would be a good bargain for the kingdom and its harbour workers"
    now = "The smugglers of petroleum quotas made a bad bargain with pirates last winter"
    assert why(was, now) == []
    assert why("The petroleum pact is a good bargain", "The petroleum pact is a bad bargain") == [
        ("antonym", "good", "bad")
    ]


def test_a_denial_of_something_more_is_none() -> None:
    told = "Sudria had smuggled missiles through the harbour of Grennel"
    more = f"{told}, under tarpaulins among melons and fertiliser, with forged waybills from the customs"
    assert reasons(uttered(told, "denied"), uttered(more, article="b")) == ()


def test_where_the_cue_is_denied_nothing_is_held_against_it() -> None:
    text = "The kingdom will cut its petroleum output, she did not promise."
    cue = text.index("promise")
    said = Statement("s1", (), ((cue, cue + 7),), ((0, text.index(",")),), "indirect", "e1", None, 1.0)
    record = Record(Article("a", text), (), (said,))
    now = uttered("The kingdom has no intention to cut its petroleum output", article="b")
    assert reasons(Uttered.of(record, said), now) == ()


def test_stances_towards_one_name() -> None:
    talks = "The ceasefire talks in Grennel were a credit to Sudria"
    before = uttered(talks, "said", Stance("e2", "for", 0.8))
    after = uttered("Sudria wrecked the ceasefire talks in Grennel", "said", Stance("e2", "against", 0.9), article="b")
    unsure = uttered(talks, "said", Stance("e2", "against", 0.4), article="b")
    elsewhere = uttered("The harvest is Sudria's own fault", "said", Stance("e2", "against", 0.9), article="b")
    assert [(r.why, r.was, r.now) for r in reasons(before, after)] == [("stance", "for Sudria", "against Sudria")]
    assert reasons(before, unsure) == ()
    assert reasons(before, elsewhere) == (), "of another matter"
    assert reasons(before, before) == ()


def test_in_one_article_nobody_contradicts_themselves() -> None:
    denied = "The kingdom has no intention to cut its petroleum output"
    assert reasons(uttered("The kingdom will cut its petroleum output"), uttered(denied)) == ()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("The harbour of Grennel will open", "We do not expect rain on the pilgrims"),
        ("The kingdom will cut its petroleum output", "The kingdom will cut its petroleum output"),
        ("Yes", "No"),
        ("Grennel's petroleum stocks rose by 8.5 mln barrels", "Grennel's petroleum stocks fell by 2.7 mln barrels"),
        ("A rise in petroleum prices hurts the harbour", "A cut in petroleum prices hurts the harbour"),
        ("The sharp rise of petroleum worries the harbour", "The sharp fall of the currency worries the harbour"),
        ("If the kingdom does not cut its petroleum output, prices fall", "The kingdom will cut its petroleum output"),
    ],
)
def test_of_different_things_or_the_same_mind(was: str, now: str) -> None:
    assert why(was, now) == []
