"""Dates of publication: ISO 8601 in, ISO 8601 out, nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.dates import iso_date


@pytest.mark.parametrize(
    "date",
    [
        "2020-11-03",
        "2020-11-03T10:00",
        "2020-11-03T10:00:00Z",
        "2020-11-03T10:00:00.123+03:00",
        "2020-11-03T10:00:00+0300",
    ],
)
def test_extended_form_is_kept(date: str) -> None:
    assert iso_date(date) == date


@pytest.mark.parametrize(
    ("given_date", "iso"),
    [
        (" 2020-11-03\n", "2020-11-03"),
        ("20201103", "2020-11-03"),
        ("20201103T100000Z", "2020-11-03T10:00:00+00:00"),
        ("2020-11-03 10:00:00", "2020-11-03T10:00:00"),
        ("2020-11-03 10:00:00 +0300", "2020-11-03T10:00:00+03:00"),
        ("2020-11-03T10:00:00 GMT", "2020-11-03T10:00:00Z"),
        ("Tue, 3 Nov 2020 10:00:00 GMT", "2020-11-03T10:00:00+00:00"),
        ("03 Nov 2020 10:00 +0300", "2020-11-03T10:00:00+03:00"),
    ],
)
def test_other_forms_are_rewritten(given_date: str, iso: str) -> None:
    assert iso_date(given_date) == iso


@pytest.mark.parametrize(
    "date",
    [
        "",
        "2020",
        "2020-11",
        "2020-02-30",
        "03/11/2020",
        "3 November 2020",
        "yesterday",
        "2020-11-03T25:00",
        "٢٠٢٠-١١-٠٣",
    ],
)
def test_anything_else_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        iso_date(date)


@given(st.datetimes(timezones=st.none() | st.timezones()).map(lambda moment: moment.isoformat()))
def test_what_comes_out_stays_as_it_is(date: str) -> None:
    assert iso_date(iso_date(date)) == iso_date(date)


@given(st.text())
def test_no_other_error_than_a_wrong_value(text: str) -> None:
    try:
        iso_date(text)
    except ValueError:
        return
