"""The day of an event: what the words beside its trigger say."""

from datetime import date

import pytest

from onrecord.coding.dates import named_day, outside, zone_of
from onrecord.records import Span, Statement
from onrecord.when import Anchor

FRIDAY = Anchor(date(2020, 11, 6), exact=True)


def day(text: str, trigger: str, ahead: bool = False) -> str | None:
    start = text.index(trigger)
    return named_day(text, [(0, len(text))], (start, start + len(trigger)), FRIDAY, ahead)


@pytest.mark.parametrize(
    ("text", "trigger", "told"),
    [
        ("Norland on Tuesday expelled two envoys of Sudria.", "expelled", "2020-11-03"),
        ("On Oct. 30, Norland launched a missile at Sudria.", "launched", "2020-10-30"),
        ("Norland expelled two envoys of Sudria yesterday.", "expelled", "2020-11-05"),
        ("Norland, which seized the port in 2014, said no more.", "seized", "2014"),
        ("Monday's missile attack by Norland killed nobody in Sudria.", "attack", "2020-11-02"),
        ("The ministers of Norland and Sudria met last month in Lerne.", "met", "2020-10"),
    ],
)
def test_the_words_beside_a_deed_date_it(text: str, trigger: str, told: str) -> None:
    assert day(text, trigger) == told


def test_a_day_of_another_clause_is_not_the_deeds() -> None:
    text = "Norland shelled the port after Sudria on Tuesday closed its embassy."
    assert (day(text, "shelled"), day(text, "closed")) == (None, "2020-11-03")


def test_a_month_behind_a_comma_belongs_to_something_else() -> None:
    assert day("Norland shelled Lerne, the city it lost in 2014.", "shelled") is None
    assert day("In 2014, Norland shelled Lerne.", "shelled") == "2014"


def test_what_is_planned_for_a_weekday_lies_ahead() -> None:
    text = "Norland will open talks with Sudria on Tuesday."
    assert day(text, "talks", ahead=True) == "2020-11-10"


TEXT = "Sudria said on Thursday that Norland shelled the port on Monday, and closed the border."


def test_a_statements_own_days_date_what_it_tells_and_the_others_what_the_outlet_tells() -> None:
    content = piece(TEXT, "that Norland shelled the port on Monday")
    said = Statement(
        "s1", (piece(TEXT, "Sudria"),), (piece(TEXT, "said"),), (content,), "indirect", "e1", None, confidence=0.9
    )
    sentence = (0, len(TEXT))
    assert zone_of(sentence, piece(TEXT, "shelled"), [said]) == [content]
    told = outside(sentence, [said])
    assert [TEXT[a:b] for a, b in told] == ["Sudria said on Thursday ", ", and closed the border."]
    assert zone_of(sentence, piece(TEXT, "closed"), [said]) == told


def piece(text: str, words: str) -> Span:
    start = text.index(words)
    return start, start + len(words)
