"""The country that a description's people act for."""

import pytest

from onrecord.resolve.actors.registry import Registry


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("the Russian foreign minister", "RUS"),
        ("Iran's ambassador", "IRN"),
        ("the Saudi ambassador to Berlin", "SAU"),
        ("Iran’s mission to the United Nations", "IRN"),
        ("a spokesman for the Russian Foreign Ministry", "RUS"),
        ("officials in Tehran", "IRN"),
        ("Kremlin spokesman", "RUS"),
        ("a senior State Department official", "USA"),
        ("the U.S. special representative for Iran", "USA"),
        ("an aide to the French president", "FRA"),
        ("Abu Dhabi's crown prince", "ARE"),
        ("the president of Chile", "CHL"),
    ],
)
def test_descriptions_of_one_country(words: str, country: str) -> None:
    assert Registry.load().country_of(words) == country


@pytest.mark.parametrize(
    "words",
    [
        "a senior official",
        "a China expert",
        "Iran-backed rebels",
        "South American leaders",
        "critics of Russia",
        "U.S. and Saudi officials",
        "Turkey and Russia",
        "a U.N. Security Council diplomat",
        "the EU ambassador to Iran",
        "Korean officials",
        "a New York Times reporter in Moscow",
        "diplomats in Geneva",
        "Michael Jordan",
    ],
)
def test_descriptions_of_no_country_of_their_own_or_of_two(words: str) -> None:
    assert Registry.load().country_of(words) is None
