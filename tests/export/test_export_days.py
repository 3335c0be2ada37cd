import pytest

from onrecord.export.days import day_in_words, moment_in_words


@pytest.mark.parametrize(
    ("day", "year", "words"),
    [
        ("2020-11-03", "", "Nov 3, 2020"),
        ("2020-11-03", "2020", "Nov 3"),
        ("2019-09-19T07:40:00+01:00", "2020", "Sep 19, 2019"),
        ("2019-W38", "2020", "week 38 of 2019"),
        ("2019-W38", "2019", "week 38"),
        ("2019-09", "", "Sep 2019"),
        ("2019-09", "2019", "Sep"),
        ("2019", "2019", "2019"),
        ("--11-03", "2020", "Nov 3"),
        ("--11", "", "Nov"),
        ("2019-13-40", "", "2019-13-40"),
        ("last spring", "", "last spring"),
        ("-", "", "-"),
        ("", "", ""),
    ],
)
def test_day_in_words(day, year, words):
    assert day_in_words(day, year) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2020-11-03T14:05:00+00:00", "Nov 3, 2020, 14:05 UTC"),
        ("2020-11-03T14:05Z", "Nov 3, 2020, 14:05 UTC"),
        ("2020-11-03T14:05:00.25-03:00", "Nov 3, 2020, 14:05 -03:00"),
        ("2020-11-03T14:05", "Nov 3, 2020, 14:05"),
        ("2020-11-03", "Nov 3, 2020"),
        ("the day T14:05", "the day T14:05"),
        ("", ""),
    ],
)
def test_moment_in_words(moment, words):
    assert moment_in_words(moment) == words
