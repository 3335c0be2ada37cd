"""Trails over records made by hand: what is joined, what is not, and that ids stay."""

from itertools import permutations

import pytest

from onrecord.records import Entity, Record
from onrecord.trails.evidence import compared
from onrecord.trails.sayings import Saying
from onrecord.trails.trails import Trail, Trails
from reports import LAVEN, record

WHOLE = "“We will never open the northern harbour to foreign frigates, whatever they promise us,”"
CUT = "the harbour would stay closed and called it a port “never” to be opened “to foreign frigates”"
TOLD = "her country would not open its northern harbour to frigates of foreign navies"
OTHER = "“The harvest festival brings joy to every village,”"


def gathered(*records: Record) -> Trails:
    trails = Trails()
    for one in records:
        trails.add(one)
    return trails


def members(trail: Trail) -> list[str]:
    return sorted(f"{m.article}:{m.statement}" for m in trail.members)


def test_one_utterance_is_joined_whatever_the_wording() -> None:
    (trail,) = gathered(record("a", WHOLE, OTHER), record("b", CUT), record("c", TOLD)).trails()
    assert members(trail) == ["a:s1", "b:s1", "c:s1"]
    assert [m.form for m in trail.members] == ["verbatim", "trimmed", "paraphrase"]
    assert (trail.longest, trail.first, trail.articles, trail.reports) == (("a", "s1"), ("a", "s1"), 3, 3)


def test_another_utterance_of_the_same_speaker_is_not() -> None:
    later = "“We will never sell the northern railway to anybody,”"
    assert gathered(record("a", WHOLE), record("b", later, OTHER)).trails() == []


def test_a_country_and_its_minister_may_be_named_for_one_utterance() -> None:
    country = Entity("e1", "Avel", "country", True, country="AVL")
    (trail,) = gathered(record("a", WHOLE), record("b", WHOLE, speaker=country)).trails()
    assert members(trail) == ["a:s1", "b:s1"]


def test_two_people_who_say_alike_things_are_kept_apart() -> None:
    rival = Entity("e1", "Tom Orsek", "person", True, country="BRN")
    assert gathered(record("a", WHOLE), record("b", TOLD, speaker=rival)).trails() == []


def test_days_far_apart_are_not_compared() -> None:
    assert gathered(record("a", WHOLE), record("b", WHOLE, day="2021-04-20")).trails() == []
    assert len(gathered(record("a", WHOLE), record("b", WHOLE, day=None)).trails()) == 1


def test_one_article_alone_makes_no_trail() -> None:
    assert gathered(record("a", WHOLE, WHOLE)).trails() == []


def test_a_statement_that_fuses_two_utterances_stands_in_both() -> None:
    second = "“Our fishermen lost nine trawlers to the winter storms,”"
    fused = WHOLE.rstrip("”") + " … " + second.lstrip("“")
    trails = gathered(record("a", WHOLE, second), record("b", fused), record("c", WHOLE), record("d", second))
    found = [members(t) for t in trails.trails() if "b:s1" in members(t)]
    assert {m for many in found for m in many} >= {"a:s1", "a:s2", "b:s1", "c:s1", "d:s1"}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_articles_does_not_matter(order: tuple[int, ...]) -> None:
    made = [record("a", WHOLE), record("b", CUT), record("c", TOLD, OTHER), record("d", OTHER, day="2021-03-05")]
    found = gathered(*(made[n] for n in order)).trails()
    assert sorted(map(members, found)) == [["a:s1", "b:s1", "c:s1"], ["c:s2", "d:s1"]]


def test_ids_stay_as_articles_are_added_and_replaced() -> None:
    trails = gathered(record("b", CUT), record("c", TOLD))
    (before,) = trails.trails()
    trails.add(record("a", WHOLE, day="2021-03-03"))
    trails.add(record("x", OTHER))
    (after,) = trails.trails()
    assert before.id == after.id
    assert after.id.startswith("mara-laven.")
    assert (after.first, len(after.members)) == (("a", "s1"), 3)
    trails.add(record("c", OTHER))
    one, other = sorted(trails.trails(), key=members)
    assert [members(one), members(other)] == [["a:s1", "b:s1"], ["c:s1", "x:s1"]]
    assert one.id == before.id
    assert trails.trail(before.id) == one
    assert trails.of_statement("a", "s1") == [one]
    assert trails.trail("nobody.000000000000") is None


def test_adding_rebuilds_nothing_but_what_the_article_touches() -> None:
    trails = gathered(record("a", WHOLE), record("b", CUT), record("c", OTHER), record("d", OTHER))
    before = {t.id: t for t in trails.trails()}
    trails.add(record("e", OTHER))
    after = {t.id: t for t in trails.trails()}
    assert before.keys() == after.keys()
    assert [after[id_] is before[id_] for id_ in sorted(before, key=lambda i: members(before[i]))] == [True, False]


def test_what_is_only_known_is_compared_once_a_statement_hangs_together_with_it() -> None:
    old = [record("a", WHOLE), record("b", CUT), record("c", OTHER), record("d", OTHER)]
    trails = Trails()
    for one in old:
        trails.know(one)
    assert trails.trails() == []
    trails.add(record("e", TOLD))
    (trail,) = trails.trails()
    assert members(trail) == members(gathered(*old, record("e", TOLD)).of_statement("e", "s1")[0])
    (other,) = trails.of_statement("c", "s1")
    assert members(other) == ["c:s1", "d:s1"]


def test_wire_copy_counts_once() -> None:
    story = (
        "“We will never open the northern harbour to foreign frigates,”",
        OTHER,
        "the budget would be read on Monday",
    )
    trails = gathered(
        record("a", *story, agency="Reuters", outlet="Reuters"),
        record("b", *story, outlet="Courier", day="2021-03-05"),
        record("c", CUT, outlet="Herald"),
    )
    trail = next(t for t in trails.trails() if ("c", "s1") in [(m.article, m.statement) for m in t.members])
    assert (trail.articles, trail.reports) == (3, 2)
    assert {m.article: m.copy_of for m in trail.members} == {"a": None, "b": "a", "c": None}


def test_a_speaker_without_a_name_still_has_a_trail() -> None:
    nobody = Entity("e1", LAVEN.name, "person", False)
    (trail,) = gathered(record("a", WHOLE, speaker=nobody), record("b", WHOLE)).trails()
    assert trail.speaker == "Mara Laven"


def test_copies_that_are_only_known_are_not_compared_for_another_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    met: set[str] = set()

    def watched(pairs: list[tuple[Saying, Saying]]) -> object:
        met.update(saying.key[0] for pair in pairs for saying in pair)
        return compared(pairs)

    monkeypatch.setattr("onrecord.trails.trails.compared", watched)
    wire = (WHOLE, TOLD, "the mole would be mended and its lanterns lit before the winter storms begin")
    trails = Trails()
    for one in (
        record("a", *wire),
        record("b", *wire),
        record("c", "the harvest was poor", speaker=Entity("e1", "Bo Harl", "person", True, country="TOV")),
    ):
        trails.know(one)
    assert trails.copies.group("a") == {"a", "b"}
    assert trails.of_statement("c", "s1") == []
    assert met.isdisjoint({"a", "b"})
    assert trails.of_statement("a", "s1")[0].reports == 1
