from dataclasses import replace

from norland import RECORD, SAID, TEXT, at

from onrecord.coding.scenes import scenes
from onrecord.coding.stances import with_stances
from onrecord.records import Feeling, Scene, Stance

ABOUT = replace(RECORD, statements=(replace(SAID, about=("e1",)),))


def test_whom_a_statement_of_another_speaks_of_is_asked_about_where_its_words_name_them() -> None:
    asked = {TEXT[slice(*s.sentence)][:11]: [s.participants[k][0] for k in s.targets] for s in scenes(ABOUT)}
    assert asked == {"Norland exp": [], "“They seek ": ["e1"], "Our patienc": ["e1"]}


def test_the_speakers_own_mentions_are_no_targets() -> None:
    of_self = replace(RECORD, statements=(replace(SAID, speaker="e1", about=("e1",)),))
    assert not any(s.targets for s in scenes(of_self))


def test_a_stance_is_what_the_statements_sentences_show_on_average() -> None:
    asked = [Scene((71, 90), None, (("e1", (at("They"),)),), (), (0,)), *scenes(ABOUT)[-1:]]
    last = asked[1].targets[0]
    feelings = [Feeling(0, 0, (0.8, 0.1, 0.1)), Feeling(1, last, (0.6, 0.3, 0.1))]
    (statement,) = with_stances(ABOUT, asked, feelings).statements
    assert statement.stances == (Stance("e1", "against", 0.7),)


def test_what_is_shown_outside_a_statement_is_no_stance_of_its_speaker() -> None:
    scene = Scene((0, 46), None, (("e1", (at("Norland"),)),), (), (0,))
    (statement,) = with_stances(ABOUT, [scene], [Feeling(0, 0, (0.9, 0.1, 0.0))]).statements
    assert statement.stances == ()
