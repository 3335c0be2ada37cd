"""Time words of a sentence against the day of the article."""

import pytest
from marked_statements import marked

from onrecord.records import Dateline
from onrecord.resolve.provenance import provenance

TUESDAY = "2020-11-03"


def said_on(text: str, published: str | None = TUESDAY, dateline: str | None = None) -> str | None:
    line = Dateline("PORT AVEL", dateline, "CORAL", (0, 0)) if dateline else None
    article, (attribution,) = marked(text, published=published, dateline=line)
    found = provenance(article, attribution).said_on
    return found.value if found else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", "2020-11-02"),
        ("Tuesday", "2020-11-03"),
        ("late Thursday", "2020-10-29"),
        ("early on Friday", "2020-10-30"),
        ("last Tuesday", "2020-10-27"),
        ("next Monday", "2020-11-09"),
        ("yesterday", "2020-11-02"),
        ("this morning", "2020-11-03"),
        ("last night", "2020-11-02"),
        ("two days ago", "2020-11-01"),
        ("on Nov. 2", "2020-11-02"),
        ("on Thursday, October 29", "2020-10-29"),
        ("on Dec. 19", "2019-12-19"),
        ("on 3 March 2018", "2018-03-03"),
        ("last week", "2020-W44"),
        ("earlier this week", "2020-W45"),
        ("over the weekend", "2020-W44"),
        ("two weeks ago", "2020-W43"),
        ("earlier this month", "2020-11"),
        ("last month", "2020-10"),
        ("in March", "2020-03"),
        ("in December", "2019-12"),
        ("in May 2017", "2017-05"),
        ("in 2015", "2015"),
        ("last year", "2019"),
    ],
)
def test_words_after_the_cue(words: str, day: str) -> None:
    assert said_on(f"{{Brandt}} [said] {words} <that the bridge is open>.") == day


@pytest.mark.parametrize(
    "text",
    [
        "On Monday, {Brandt} [said] <the bridge is open>.",
        "{Brandt} on Monday [said] <the bridge is open>.",
        "<“It is open,”> {Brandt} [told] reporters in Port Avel on Monday.",
        "<“It is open,”> [said] {Brandt} in an interview that aired Monday.",
        "At Monday's opening ceremony, {Brandt} [said] <it is open>.",
        "{Brandt} [told] reporters after a meeting in Tarn on Monday <that it is open>.",
        "[Said] a statement Monday from {the ministry}: <“It is open.”>",
        "{Brandt} [denounced] <the strike> on Monday.",
    ],
)
def test_where_the_day_may_stand(text: str) -> None:
    assert said_on(text) == "2020-11-02"


@pytest.mark.parametrize(
    "text",
    [
        "{Brandt} [said] <the bridge would open on Monday>.",
        "{Brandt} [said] of Monday's attack: <“A crime.”>",
        "{Brandt}, who arrived in Tarn on Monday, [said] <it is open>.",
        "{Brandt} [said] <it is open>. On Monday it rained.",
        "On Monday a ship sank, and {Brandt} [said] <it is open>.",
        "{Brandt} [said] the day before <that it is open>.",
        "{Brandt} [told] USA Today <that it is open>.",
        "{Brandt} [said] after the council fired her aide last week <that it is open>.",
    ],
)
def test_a_day_of_something_else(text: str) -> None:
    assert said_on(text) is None


def test_what_is_yet_to_be_said_lies_ahead() -> None:
    assert said_on("{Brandt} will [announce] on Monday <that the bridge is open>.") == "2020-11-09"


def test_the_dateline_goes_before_the_publication() -> None:
    assert said_on("{Brandt} [said] yesterday <it is open>.", published="2020-11-05", dateline=TUESDAY) == "2020-11-02"
    assert said_on("{Brandt} [said] yesterday <it is open>.", published=TUESDAY, dateline="--11-03") == "2020-11-02"


def test_without_a_day_to_count_from_only_whole_dates_count() -> None:
    assert said_on("{Brandt} [said] on Monday <it is open>.", published=None) is None
    assert said_on("{Brandt} [said] on Nov. 2 <it is open>.", published=None) is None
    assert said_on("{Brandt} [said] on Nov. 2, 2020 <it is open>.", published=None) == "2020-11-02"


def test_six_days_ago_or_the_day_after_the_stamp() -> None:
    text = "{Brandt} [said] on Wednesday <it is open>."
    assert said_on(text, dateline=TUESDAY) == "2020-10-28"
    assert said_on(text) is None  # a publication's stamp may be a day behind


def test_a_time_of_day_in_the_stamp_does_not_matter() -> None:
    assert said_on("{Brandt} [said] on Monday <it is open>.", published="2020-11-03T23:30:00+09:00") == "2020-11-02"
