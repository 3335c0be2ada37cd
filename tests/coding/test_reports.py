"""Reports of events as comparing them needs them."""

from onrecord.coding.reports import AROUND, reports_of, told
from told_events import record, shelling


def test_a_report_has_its_sentence_and_no_more() -> None:
    first, second = reports_of(record("a", shelling(), shelling(sentence="They shelled the port again.")))
    assert first.told == "Marenian gunners shelled the port of Lerne in the night, killing two dockers."
    assert (second.told, second.trigger) == ("They shelled the port again.", "shelled the port")


def test_a_report_knows_where_in_its_sentence_the_trigger_stands() -> None:
    for report in reports_of(record("a", shelling(), shelling(sentence="They shelled the port again."))):
        start, end = report.at
        assert report.told[start:end] == report.trigger


def test_the_outlet_is_the_articles_else_the_agency_of_its_dateline() -> None:
    (own,) = reports_of(record("a", shelling(), outlet="Coral", agency="MARPRESS"))
    (wire,) = reports_of(record("a", shelling(), agency="MARPRESS"))
    assert (own.outlet, wire.outlet) == ("Coral", "MARPRESS")


def test_a_trigger_in_several_sentences_has_them_all() -> None:
    text = "One came. Two went. Three stayed. Four slept."
    pieces = ((text.index("Two"), text.index("Two") + 3), (text.index("Three"), text.index("Three") + 5))
    assert told(text, 0, pieces) == ("Two went. Three stayed.", (0, 15))


def test_offsets_count_from_where_the_text_begins() -> None:
    text = f"{'x' * 2 * AROUND}. One came. Two went."
    at = text.index("Two")
    start = at - AROUND
    assert told(text[start:], start, ((at, at + 3),)) == ("Two went.", (0, 3))


def test_no_trigger_has_no_sentence() -> None:
    assert told("One came.", 0, ()) == ("", (0, 0))
