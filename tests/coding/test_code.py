from dataclasses import replace

from norland import RECORD, TEXT, at

from onrecord.coding.scenes import scenes
from onrecord.coding.stage import code
from onrecord.records import Deed, Record, Scene


def coded(*deeds: Deed) -> Record:
    return code(RECORD, scenes(RECORD), deeds)


EXPELLED = Deed(0, (0, 1), "SANCTION", "asserted", at("expelled"), 0.9)
SEEKS = Deed(1, (1, 0), "ACCUSE", "asserted", at("seek any excuse"), 0.8)


def test_what_the_outlet_reports_rests_on_nobodys_word() -> None:
    (event,) = coded(EXPELLED).events
    assert (event.actor_code, event.recipient_code, event.type, event.on_word_of) == ("NOR", "SUD", "SANCTION", None)
    assert [TEXT[a:b] for a, b in event.trigger] == ["expelled"]


def test_what_is_told_in_somebodys_words_rests_on_them_and_a_minister_acts_for_the_country() -> None:
    (event,) = coded(SEEKS).events
    assert (event.actor, event.actor_code, event.recipient_code) == ("e3", "SUD", "NOR")
    assert event.on_word_of == "s1"


def test_the_same_deed_read_twice_in_a_sentence_is_one_event() -> None:
    again = Deed(0, (0, 1), "SANCTION", "asserted", at("expelled two"), 0.6)
    (event,) = coded(EXPELLED, again).events
    assert event.confidence == 0.9


def test_a_deed_is_dated_by_its_own_words_and_else_by_when_it_was_told() -> None:
    dated = replace(RECORD, article=replace(RECORD.article, published="2020-11-05"))
    assert [e.date for e in code(dated, scenes(dated), [EXPELLED, SEEKS]).events] == ["2020-11-02", "2020-11-05"]


def test_sanctions_of_trade_are_sanctions_in_a_record() -> None:
    (event,) = coded(Deed(0, (0, 1), "EMBARGO", "asserted", at("expelled"), 0.9)).events
    assert (event.type, event.cameo, event.quad) == ("SANCTION", "163", 4)


def test_who_is_ready_for_talks_has_not_held_them() -> None:
    text = TEXT.replace("expelled two Sudrian", "is open to talks with Sudrian")
    record = replace(RECORD, article=replace(RECORD.article, text=text))
    start = text.index("open")
    talks = Deed(0, (0, 1), "CONSULT", "asserted", (start, start + len("open")), 0.9)
    asked = [Scene((0, 40), None, (("e1", (at("Norland"),)), ("e2", ((31, 38),))), ((0, 1),))]
    (event,) = code(record, asked, [talks]).events
    assert (event.type, event.quad) == ("AGREE", 1)


def test_events_are_numbered_in_text_order() -> None:
    assert [(e.id, e.type) for e in coded(SEEKS, EXPELLED).events] == [("v1", "SANCTION"), ("v2", "ACCUSE")]


def test_a_refusal_told_by_a_negation_is_made_by_it() -> None:
    refused = Deed(0, (0, 1), "REJECT", "negated", at("expelled"), 0.9)
    denied = Deed(0, (0, 1), "SANCTION", "negated", at("expelled"), 0.9)
    assert [e.status for e in coded(refused).events] == ["asserted"]
    assert [e.status for e in coded(denied).events] == ["negated"]
