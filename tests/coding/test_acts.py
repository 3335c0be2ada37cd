"""A statement against somebody is a reproach of its speaker's, unless its cue or its words say otherwise."""

from dataclasses import replace

import pytest
from norland import NORLAND, RECORD, SAID, TEXT, at

from onrecord.coding.acts import with_criticism
from onrecord.coding.scenes import scenes
from onrecord.coding.stage import code
from onrecord.records import Deed, Event, Feeling, Record

ABOUT = replace(RECORD, statements=(replace(SAID, about=("e1",)),))
AGAINST, UNDECIDED = (0.9, 0.1, 0.0), (0.5, 0.4, 0.1)


def events(record: Record, shares: tuple[float, float, float], *deeds: Deed) -> tuple[Event, ...]:
    """What comes of a record when its last sentence shows these shares towards the one it speaks of."""
    asked = scenes(record)
    last = len(asked) - 1
    feelings = [Feeling(last, asked[last].targets[0], shares)]
    return code(record, asked, with_criticism(record, asked, deeds, feelings)).events


def test_who_speaks_against_somebody_accuses_them_on_their_own_word() -> None:
    (event,) = events(ABOUT, AGAINST)
    assert (event.actor, event.recipient, event.type, event.on_word_of) == ("e3", "e1", "ACCUSE", "s1")
    assert [TEXT[a:b] for a, b in event.trigger] == ["Our patience with Norland is at an end,”"]
    assert 0 < event.confidence < AGAINST[0]


def test_an_undecided_attitude_is_no_event() -> None:
    assert events(ABOUT, UNDECIDED) == ()


def test_what_the_network_has_read_between_the_two_stands() -> None:
    last = len(scenes(ABOUT)) - 1
    refuses = Deed(last, (1, 0), "REJECT", "asserted", at("at an end"), 0.6)
    assert [e.type for e in events(ABOUT, AGAINST, refuses)] == ["REJECT"]


@pytest.mark.parametrize("cue", ["warned", "has called on", "declined to comment", "is sceptical"])
def test_a_cue_that_names_another_act_or_a_doubt_is_no_reproach(cue: str) -> None:
    text = TEXT.replace("said Anna", f"{cue} Anna")
    moved = at("said")[0], at("said")[0] + len(cue)
    later = len(cue) - len("said")
    source = ((at("Anna Berg")[0] + later, at("Anna Berg")[1] + later),)
    statement = replace(SAID, about=("e1",), cue=(moved,), source=source)
    record = replace(ABOUT, article=replace(RECORD.article, text=text), statements=(statement,))
    assert events(record, AGAINST) == ()


def test_nobody_reproaches_their_own_side() -> None:
    ours = replace(NORLAND, code="SUD")
    record = replace(ABOUT, entities=(ours, *ABOUT.entities[1:]))
    assert events(record, AGAINST) == ()
