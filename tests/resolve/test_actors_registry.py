"""Who a name means: linked when name and context agree, and None otherwise."""

import pytest

from onrecord.resolve.actors.actor import Actor
from onrecord.resolve.actors.registry import Registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def id_of(actor: Actor | None) -> str | None:
    return actor.id if actor else None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RUS"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("us", None),
        ("Côte d’Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Congo", None),
        ("Congo-Brazzaville", "COG"),
        ("WHO", "WHO"),
        ("Who", None),
        ("the European Commission", "EU"),
        ("UN Security Council", "UN"),
        ("Nowhereland", None),
    ],
)
def test_countries_and_bodies_link_by_their_whole_name(registry: Registry, name: str, code: str | None) -> None:
    actor = registry.find(name)
    assert (actor.code if actor else None) == code


def test_an_actor_says_what_it_is(registry: Registry) -> None:
    tass = registry.find("TASS")
    assert tass
    assert (tass.kind, tass.country, tass.role) == ("organization", "RUS", "news agency")
    assert tass.code is None, "who reports acts for nobody"
    assert registry.find("Hezbollah", kind="group") == registry.find("Hizbullah")


def test_a_name_of_many_things_needs_the_country(registry: Registry) -> None:
    assert registry.find("Georgia") is None
    assert id_of(registry.find("Georgia", kind="country")) == "GEO"
    assert registry.find("Senate") is None
    assert id_of(registry.find("Senate", country="USA")) == "USA:senate"
    assert registry.find("Jordan", kind="person") is None
    assert registry.find("Belgium", kind="organization") is None, "a team, perhaps"


@pytest.mark.parametrize(
    ("name", "country", "id_"),
    [
        ("Russian Foreign Ministry", None, "RUS:foreign-ministry"),
        ("Iran’s Ministry of Foreign Affairs", None, "IRN:foreign-ministry"),
        ("Ministry of Defense of Ukraine", None, "UKR:defence-ministry"),
        ("Foreign Ministry", "CHN", "CHN:foreign-ministry"),
        ("Foreign Ministry", None, None),
        ("State Department", None, "USA:foreign-ministry"),
        ("US State Department", None, "USA:foreign-ministry"),
        ("Russian Foreign Ministry", "UKR", None),
        ("Scottish Parliament", None, None),
    ],
)
def test_ministries_are_put_together_from_country_and_institution(
    registry: Registry, name: str, country: str | None, id_: str | None
) -> None:
    assert id_of(registry.find(name, country=country)) == id_


def test_a_full_name_links_whatever_its_spelling(registry: Registry) -> None:
    assert id_of(registry.find("Sergei Lavrov", on="2020-11-03")) == "RUS.sergey-lavrov"
    assert id_of(registry.find("Donald J. Trump", on="2018-05-01")) == "USA.donald-trump"
    assert id_of(registry.find("Mohammed Javad Zarif", country="IRN")) == "IRN.mohammad-javad-zarif"
    assert registry.find("Mohammed Javad Zarif") is None, "a mere likeness needs a country or role that agrees"


def test_a_full_name_does_not_link_against_country_or_date(registry: Registry) -> None:
    assert registry.find("Boris Johnson", country="USA") is None
    assert registry.find("Gordon Brown", on="1962-01-01") is None


def test_a_leader_of_few_news_needs_country_or_role(registry: Registry) -> None:
    assert registry.find("Joe Clark") is None
    assert id_of(registry.find("Joe Clark", role="Canadian Prime Minister", on="1979-09-01")) == "CAN.joe-clark"
    assert id_of(registry.find("Joe Clark", country="CAN")) == "CAN.joe-clark"


def test_a_surname_needs_role_or_country_and_a_day_in_office(registry: Registry) -> None:
    assert registry.find("Lavrov") is None
    assert id_of(registry.find("Lavrov", role="Russian Foreign Minister", on="2020-11-03")) == "RUS.sergey-lavrov"
    assert id_of(registry.find("Lavrov", country="RUS", on="2020-11-03")) == "RUS.sergey-lavrov"
    assert registry.find("Lavrov", role="Foreign Minister", on="1995-01-01") is None
    assert registry.find("Lavrov", role="hockey coach", country="RUS", on="2020-11-03") is None


def test_two_clintons_stay_two(registry: Registry) -> None:
    assert registry.find("Clinton", country="USA") is None
    assert id_of(registry.find("Clinton", role="President", on="1998-03-01")) == "USA.bill-clinton"
    assert id_of(registry.find("Clinton", role="Secretary of State", on="2010-03-01")) == "USA.hillary-clinton"
    assert id_of(registry.find("Hillary Clinton", on="2010-03-01")) == "USA.hillary-clinton"


def test_a_title_in_the_name_counts_as_the_role(registry: Registry) -> None:
    assert id_of(registry.find("President Bush", on="1990-10-01")) == "USA.george-hw-bush"
    assert id_of(registry.find("President Bush", on="2003-03-20")) == "USA.george-w-bush"
    assert registry.find("President Bush") is None


def test_lesser_offices_agree_by_their_own_words(registry: Registry) -> None:
    assert id_of(registry.find("Biden", role="U.S. Vice President", on="2012-05-01")) == "USA.joe-biden"
    assert registry.find("Biden", role="Vice President", on="2022-05-01") is None
    assert registry.find("bin Salman", role="Saudi Crown Prince", on="2018-10-10", country="SAU")


def test_former_holders_link_after_their_term_only(registry: Registry) -> None:
    assert id_of(registry.find("Merkel", role="former chancellor", on="2023-01-01")) == "DEU.angela-merkel"
    assert registry.find("Merkel", role="chancellor", on="2023-01-01") is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Russian", "RUS"),
        ("Swedes", "SWE"),
        ("Saudi", "SAU"),
        ("Filipino", "PHL"),
        ("Congolese", None),
        ("polite", None),
    ],
)
def test_demonyms(registry: Registry, word: str, code: str | None) -> None:
    assert registry.demonym(word) == code


@pytest.mark.parametrize(
    ("place", "id_"),
    [
        ("Moscow", "RUS:government"),
        ("the Kremlin", "RUS:government"),
        ("Downing Street", "GBR:government"),
        ("Whitehall", "GBR:government"),
        ("the White House", "USA:government"),
        ("Foggy Bottom", "USA:government"),
        ("the Elysee", "FRA:government"),
        ("Zhongnanhai", "CHN:government"),
        ("Blue House", "KOR:government"),
        ("Brussels", "EU"),
        ("Georgetown", None),
        ("Springfield", None),
    ],
)
def test_metonyms(registry: Registry, place: str, id_: str | None) -> None:
    assert id_of(registry.metonym(place)) == id_


def test_a_metonym_heeds_country_and_date(registry: Registry) -> None:
    assert id_of(registry.metonym("Brussels", country="BEL")) == "BEL:government"
    assert id_of(registry.metonym("Georgetown", country="GUY")) == "GUY:government"
    assert id_of(registry.metonym("Moscow", on="1987-03-01")) == "SUN:government"
    assert id_of(registry.metonym("Moscow", on="2020-03-01")) == "RUS:government"


def test_a_capital_is_a_place_until_it_speaks(registry: Registry) -> None:
    assert registry.find("Moscow") is None
    assert id_of(registry.find("Kremlin", kind="organization")) == "RUS:government"


def test_names_in_the_articles_own_language(registry: Registry) -> None:
    assert id_of(registry.find("ONU", language="es")) == "UN"
    assert registry.find("ONU") is None
    assert id_of(registry.find("Deutschland", language="de")) == "DEU"


@pytest.mark.parametrize(
    ("name", "on", "id_"),
    [
        ("King Charles", "2024-01-01", "GBR.king-charles-iii"),
        ("Pope Francis", "2015-06-01", "VAT.pope-francis"),
        ("Pope", "2015-06-01", None),
        ("Prince Mohammed", "2018-10-10", None),
        ("US President Barack Obama", "2012-06-01", "USA.barack-obama"),
        ("Mr. Obama", "2012-06-01", None),
    ],
)
def test_titles_before_names(registry: Registry, name: str, on: str, id_: str | None) -> None:
    assert id_of(registry.find(name, on=on)) == id_
