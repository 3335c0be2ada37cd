"""Actors over many articles: ids, what order may not change, and decisions followed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_articles import article, body, groups, linked, person

from onrecord.across.actors import Decision, Held, Reference, reference
from onrecord.across.linker import Linker
from onrecord.errors import DecisionConflict
from onrecord.records import Record

COUNT = iter(range(10**9))


def decision(left: str, right: str, same: bool, when: int = 0, **names: str) -> Decision:
    """A decision on two references as people write them; `when` in minutes."""
    sides = [reference(left) or pytest.fail(left), reference(right) or pytest.fail(right)]
    named = [Reference(r.actor, r.article, r.entity, names.get(s)) for r, s in zip(sides, ("l", "r"), strict=True)]
    return Decision(f"d{next(COUNT)}", "Jo", f"2026-03-01T09:{when:02}:00+00:00", *named, same)


def test_an_actor_says_what_its_articles_say() -> None:
    found = linked(
        article("a", person("e1", "Ilse Varen", aliases=("Varen",), role="Foreign Minister", country="MRN")),
        article("b", person("e1", "Ilse M. Varen", role="Foreign Minister", country="MRN"), day="2018-01-02"),
        article("c", person("e2", "Ilse Varen", role="a port pilot"), day=None),
    )
    (actor,) = found.actors()
    assert (actor.name, actor.kind, actor.country, actor.articles) == ("Ilse Varen", "person", "MRN", 3)
    assert actor.aliases == (("Ilse Varen", 2), ("Ilse M. Varen", 1), ("Varen", 1))
    assert actor.roles == (
        Held("Foreign Minister", "2018-01-02", "2019-05-03", 2),
        Held("a port pilot", None, None, 1),
    )
    assert actor.members == (("a", "e1"), ("b", "e1"), ("c", "e2"))


def test_ids_are_kept_while_articles_come_and_the_gone_ones_still_find_their_actor() -> None:
    linker = linked(article("b", person("e1", "Aleksei Wahlen")), article("c", person("e1", "J. Wahlen")))
    before = {actor.name: actor.id for actor in linker.actors()}
    linker.add(article("a", person("e1", "Alexei Wahlen")))
    after = linker.actor(Reference(article="a", entity="e1"))
    assert after is not None
    assert after.id == before["Aleksei Wahlen"]
    alone = linked(article("a", person("e1", "Alexei Wahlen"))).actors()[0].id
    assert linker.actor(Reference(actor=alone)) == after


def test_an_article_read_anew_replaces_itself() -> None:
    linker = linked(article("a", person("e1", "Ilse Varen")), article("b", person("e1", "Ilse Varen")))
    (before,) = linker.actors()
    linker.add(article("a", person("e1", "Ilse Varen"), person("e2", "Port Board of Avel", kind="organization")))
    assert [actor.id for actor in linker.actors() if actor.name == "Ilse Varen"] == [before.id]
    linker.remove("a")
    assert groups(linker) == [["b:e1"]]


def test_two_people_of_one_name_in_one_article_are_never_one() -> None:
    both = article("a", person("e1", "John Vars", role="pilot"), person("e2", "John Vars", role="judge"))
    others = [article(n, person("e1", "John Vars")) for n in "bc"]
    found = groups(linked(both, *others))
    assert found == [["a:e1"], ["a:e2"], ["b:e1", "c:e1"]]


def test_the_fuller_of_two_mentions_in_one_article_is_the_actor() -> None:
    link = "MRN.ilse-varen"
    twice = article("a", person("e1", "Ilse Varen", link=link), person("e2", "Varen", link=link))
    assert groups(linked(twice, article("b", person("e1", "Ilse Varen", link=link)))) == [["a:e1", "b:e1"], ["a:e2"]]


def test_a_body_that_the_reader_split_is_one_by_its_link() -> None:
    split = article("a", body("e1", "United Ports", link="UP"), body("e2", "U.P.", link="UP"))
    assert groups(linked(split)) == [["a:e1", "a:e2"]]


# decisions


def test_same_forces_and_brings_all_that_is_gathered_around_both() -> None:
    records = [
        *(article(n, person("e1", "Yusuf Islam")) for n in "ab"),
        *(article(n, person("e1", "Cat Stevens")) for n in "cd"),
    ]
    assert len(linked(*records).partition()) == 2
    assert len(linked(*records, decisions=[decision("b:e1", "c:e1", True)]).partition()) == 1


def test_different_forbids_also_through_a_third() -> None:
    records = [article(n, person("e1", "John Vars")) for n in "abcd"]
    by_entities = linked(*records, decisions=[decision("a:e1", "b:e1", False)])
    assert groups(by_entities) == [["a:e1"], ["b:e1"], ["c:e1", "d:e1"]]  # the rest could be either
    (actor,) = linked(*records).actors()
    by_actor = linked(*records, decisions=[decision(actor.id, "b:e1", False)])
    assert groups(by_actor) == [["a:e1", "c:e1", "d:e1"], ["b:e1"]]


def test_the_later_decision_on_a_pair_holds() -> None:
    records = [article("a", person("e1", "Ilse Varen")), article("b", person("e1", "Jo Harl"))]
    yes, no = decision("a:e1", "b:e1", True, 1), decision("b:e1", "a:e1", False, 2)
    for decisions in ([yes, no], [no, yes]):
        assert len(linked(*records, decisions=decisions).partition()) == 2


def test_a_contradiction_names_both() -> None:
    one, two, three = decision("a:e1", "b:e1", True), decision("b:e1", "c:e1", True, 1), decision("a:e1", "c:e1", False)
    with pytest.raises(DecisionConflict) as caught:
        Linker([one, two, three])
    assert {caught.value.first, caught.value.second} == {two.id, three.id}
    assert two.id in str(caught.value)
    assert three.id in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_actor_id_and_its_entity_are_one_side() -> None:
    (actor,) = linked(article("a", person("e1", "Ilse Varen"))).actors()
    with pytest.raises(DecisionConflict):
        Linker([decision(actor.id, "b:e1", True), decision("a:e1", "c:e1", True), decision("b:e1", "c:e1", False)])


def test_a_decision_finds_its_entity_again_by_name_when_an_article_was_read_anew() -> None:
    by = decision("a:e1", "b:e1", True, l="Ilse Varen")
    moved = article("a", person("e1", "Jo Harl"), person("e2", "Ilse Varen"))
    linker = linked(moved, article("b", person("e1", "Pilot Varen")), decisions=[by])
    assert groups(linker) == [["a:e1"], ["a:e2", "b:e1"]]
    assert linker.astray() == []


def test_a_decision_that_finds_nobody_is_told_not_followed() -> None:
    by = decision("a:e1", "b:e1", True, l="Ilse Varen")
    linker = linked(article("a", person("e1", "Jo Harl")), article("b", person("e1", "Ada Vars")), decisions=[by])
    assert len(linker.partition()) == 2
    assert [str(error) for error in linker.astray()] == [f"decision {by.id}: a:e1 is in none of the articles given"]


def test_people_may_join_two_of_one_article() -> None:
    split = article("a", person("e1", "Ilse Varen"), person("e2", "Pilot Varen"))
    more = article("b", person("e1", "Ilse Varen"))
    assert groups(linked(split, more, decisions=[decision("a:e1", "a:e2", True)])) == [["a:e1", "a:e2", "b:e1"]]


# order

people = st.builds(
    person,
    st.just(""),
    st.sampled_from(
        [
            "Ilse Varen",
            "Ilse M. Varen",
            "Ilse K. Varen",
            "Ilsa Varen",
            "Varen",
            "I. Varen",
            "Varen Board",
            "Ilse Varen Jr.",
        ]
    ),
    country=st.sampled_from([None, None, "MRN", "ORL"]),
    role=st.sampled_from([None, "President", "harbour inspector", "spokeswoman", "chairman"]),
    link=st.sampled_from([None, None, None, "MRN.x", "MRN.y"]),
    kind=st.sampled_from(["person", "person", "other", "organization"]),
)


@st.composite
def record_sets(draw: st.DrawFn) -> list[Record]:
    out = []
    for n in range(draw(st.integers(2, 7))):
        who: list[Any] = draw(st.lists(people, min_size=1, max_size=3))
        named = [
            person(f"e{k}", e.name, country=e.country, role=e.role, link=e.link, kind=e.kind) for k, e in enumerate(who)
        ]
        out.append(article(f"a{n}", *named, day=draw(st.sampled_from(["2018-02-03", "2019-05-03", None]))))
    return out


@st.composite
def sets_and_decisions(draw: st.DrawFn) -> tuple[list[Record], list[Decision]]:
    records = draw(record_sets())
    references = [f"{r.article.id}:{e.id}" for r in records for e in r.entities]
    references += [a.id for a in linked(*records).actors()]
    pairs = st.tuples(st.sampled_from(references), st.sampled_from(references), st.booleans())
    drawn = draw(st.lists(pairs, max_size=4))
    told = [decision(a, b, same, n) for n, (a, b, same) in enumerate(drawn) if token(a) != token(b)]
    return records, told


def token(text: str) -> str:
    found = reference(text)
    assert found
    return found.token


@settings(deadline=None)
@given(sets_and_decisions(), st.data())
def test_the_order_of_articles_and_the_way_they_came_do_not_matter(
    given_: tuple[list[Record], list[Decision]], data: st.DataObject
) -> None:
    records, decisions = given_
    try:
        expected = linked(*records, decisions=decisions).partition()
    except DecisionConflict:
        return
    linker = Linker(data.draw(st.permutations(decisions)))
    for record in data.draw(st.permutations(records)):
        linker.add(record)
        if data.draw(st.booleans()):
            linker.partition()  # gathered in between
        if data.draw(st.booleans()):
            linker.remove(record.article.id)
            linker.add(record)
    assert linker.partition() == expected


@settings(deadline=None)
@given(sets_and_decisions())
def test_decisions_hold_whatever_the_evidence(given_: tuple[list[Record], list[Decision]]) -> None:
    records, decisions = given_
    try:
        linker = linked(*records, decisions=decisions)
    except DecisionConflict:
        return
    held = {frozenset((d.left.token, d.right.token)): d for d in decisions}
    for d in held.values():
        left, right = linker.actor(d.left), linker.actor(d.right)
        assert left is not None
        assert right is not None
        assert (left.id == right.id) is d.same
    assert linker.astray() == []


@settings(deadline=None)
@given(record_sets())
def test_every_entity_is_in_one_actor_and_an_article_has_no_person_twice_in_one(records: list[Record]) -> None:
    actors = linked(*records).actors()
    members = [member for actor in actors for member in actor.members]
    assert sorted(members) == sorted((r.article.id, e.id) for r in records for e in r.entities)
    for actor in actors:
        if actor.kind == "person":
            assert len({article for article, _ in actor.members}) == len(actor.members)
