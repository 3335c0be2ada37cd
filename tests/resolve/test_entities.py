"""The entities of a record: which of an article's names they are, and whose of the world's actors."""

import pytest

from onrecord.records import Annotation, Article, Entity
from onrecord.resolve.actors.registry import Registry
from onrecord.resolve.speakers import resolve


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def entities(text: str, registry: Registry | None) -> list[Entity]:
    return list(resolve(Article("a", text, published="2018-06-13"), Annotation((), "test"), registry).entities)


@pytest.mark.parametrize(
    ("name", "code", "country"),
    [
        ("Russia", "RUS", "RUS"),
        ("the Islamic Republic", "IRN", "IRN"),
        ("Hezbollah", "HEZBOLLAH", "LBN"),
        ("Al Qaeda", "ALQAEDA", None),
        ("the Associated Press", None, None),
        ("Reuters", None, None),
        ("CNN", None, None),
        ("TASS", None, None),
    ],
)
def test_codes_come_from_the_registry_given(
    registry: Registry, name: str, code: str | None, country: str | None
) -> None:
    (entity,) = entities(f"On Monday {name} said so, and {name} was glad.", registry)
    assert entity.link is not None
    assert (entity.code, entity.country) == (code, country)


def test_without_a_registry_there_are_no_codes() -> None:
    (entity,) = entities("On Monday Russia said so.", None)
    assert (entity.code, entity.country, entity.link) == (None, None, None)


def test_a_country_that_its_people_alone_name(registry: Registry) -> None:
    (entity,) = entities("On Monday Chinese officials said so.", registry)
    assert (entity.name, entity.code, entity.country) == ("Chinese", "CHN", "CHN")


def test_a_people_of_two_countries_is_neither(registry: Registry) -> None:
    (entity,) = entities("On Monday Korean officials said so.", registry)
    assert entity.code is None


def test_two_names_of_one_actor_are_one_entity(registry: Registry) -> None:
    (entity,) = entities("Fighters of ISIS left. On Monday Islamic State returned. Later ISIS fled.", registry)
    assert (entity.name, entity.aliases, entity.code) == ("Islamic State", ("ISIS",), "ISIS")
    assert len(entity.mentions) == 3


def test_two_of_no_actor_stay_two(registry: Registry) -> None:
    found = entities("The Orland Council met the Orland Bank on Monday.", registry)
    assert [e.name for e in found] == ["Orland Council", "Orland Bank"]
