"""Names that small words hold together, and the acronyms in brackets behind them."""

import pytest

from onrecord.records import Annotation, Article, Entity
from onrecord.resolve.names import find_names
from onrecord.resolve.speakers import resolve
from onrecord.resolve.words import split_words


def entities(text: str) -> dict[str, Entity]:
    return {e.name: e for e in resolve(Article("a", text), Annotation((), "test")).entities}


@pytest.mark.parametrize(
    "name",
    [
        "Bosnia and Herzegovina",
        "Democratic Republic of the Congo",
        "Islamic State of Iraq and the Levant",
        "al-Qaeda in the Arabian Peninsula",
        "Central and East European Coalition",
        "Justice and Development Party",
        "Houthi rebels",
    ],
)
def test_one_name(name: str) -> None:
    assert [n.text for n in find_names(split_words(f"On Monday the {name} said so."))] == [name]


def test_two_countries_stay_two() -> None:
    found = find_names(split_words("Troops of Iraq and Syria met the Islamic State in Iraq and Syria again."))
    assert [n.text for n in found] == ["Iraq", "Syria", "Islamic State", "Iraq", "Syria"]


@pytest.mark.parametrize(
    ("name", "acronym"),
    [
        ("Islamic State in Iraq and Syria", "ISIS"),
        ("Movement for the Defence of the Coast", "MDC"),
        ("Office for Security and Co-operation in Europe", "OSCE"),
        ("U.N. Board for Rivers", "UNBR"),
    ],
)
def test_letters_in_brackets_say_how_far_a_name_goes(name: str, acronym: str) -> None:
    found = entities(f"On Monday the {name} ({acronym}) lost a town in Syria. {acronym} fled. Syria was glad.")
    assert set(found) == {name, "Syria"}
    assert acronym in found[name].aliases
    assert found["Syria"].aliases == ()


@pytest.mark.parametrize(
    "text",
    [
        "They fought the front of Colombia (FDC). FDC fighters left Colombia.",
        "The envoy Ada Brandt (FDC) left Colombia. FDC members stayed.",
    ],
)
def test_letters_that_do_not_fit_a_country_or_person_are_another(text: str) -> None:
    assert {"FDC", "Colombia"} <= set(entities(text))


def test_a_foreign_acronym_is_the_body_before_it() -> None:
    found = entities("The Farmers Party (PAG) won. PAG rules.")
    assert found["Farmers Party"].aliases == ("PAG",)


def test_the_head_of_a_long_name_is_short_for_it() -> None:
    found = entities("The Northern Council of Rivers met. The Northern Council agreed.")
    assert found["Northern Council of Rivers"].aliases == ("Northern Council",)


def test_initials_in_brackets_tell_a_body() -> None:
    assert entities("Fighters of Hayat Tahrir al-Orlan (HTO) left.")["Hayat Tahrir al-Orlan"].kind == "organization"
