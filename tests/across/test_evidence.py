"""Who is one across two articles: each case two entities as two articles name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_articles import are_one, article, body, groups, linked, person

from onrecord.across.evidence import ACTS, UNSURE, blocks, compare
from onrecord.across.likeness import Likeness, likeness
from onrecord.across.profiles import Profile, seen


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("ilse varen", "ilse varen", Likeness.EXACT),
        ("sergei lavrov", "sergey lavrov", Likeness.SOUND),
        ("volodymyr zelensky", "volodymyr zelenskyy", Likeness.SOUND),
        ("kellyanne conway", "kelly anne conway", Likeness.SOUND),
        ("john kerry", "john f kerry", Likeness.MIDDLE_INITIAL),
        ("hillary clinton", "hillary rodham clinton", Likeness.MIDDLE_NAME),
        ("j kerry", "john kerry", Likeness.INITIAL),
        ("chuck schumer", "charles schumer", Likeness.NICKNAME),
        ("jamal khashoggi", "jamal kashoggi", Likeness.SPELLING),
        ("robert e kelly", "robert kelley", Likeness.SPELLING),
        ("lavrov", "sergey lavrov", Likeness.PART),
        ("george w bush", "george h w bush", None),
        ("hillary clinton", "bill clinton", None),
        ("geng shuang", "geng yansheng", None),
        ("lavrov", "peskov", None),
    ],
)
def test_names(one: str, other: str, alike: Likeness | None) -> None:
    assert likeness(one.split(), other.split()) is alike
    assert likeness(other.split(), one.split()) is alike


def test_a_full_name_is_enough() -> None:
    assert are_one(person("e1", "Ilse Varen"), person("e4", "Ilse Varen", role="a trade expert"))


def test_titles_and_spacing_of_initials_are_no_part_of_a_name() -> None:
    assert are_one(person("e1", "President Ilse Varen"), person("e1", "Ilse Varen"))
    assert are_one(person("e1", "J.D. Vars"), person("e1", "J. D. Vars"))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"country": "RUS"}, {"country": "UKR"}),
        ({"role": "spokeswoman"}, {"role": "chairman"}),
        ({"link": "RUS.one"}, {"link": "RUS.other"}),
        ({"kind": "organization"}, {}),
    ],
)
def test_contradicting_facts_keep_one_name_apart(left: dict[str, str], right: dict[str, str]) -> None:
    assert not are_one(person("e1", "Ilse Varen", **left), person("e1", "Ilse Varen", **right))


def test_courtesy_titles_in_the_text_tell_men_from_women() -> None:
    he = article("a", person("e1", "Kim Varen"), text="No, Mr. Kim Varen said.")
    she = article("b", person("e1", "Kim Varen"), text="No, Mrs. Kim Varen said.")
    assert len(linked(he, she).partition()) == 2


def test_father_and_son_of_one_name() -> None:
    assert not are_one(person("e1", "Martin Brandt Jr."), person("e1", "Martin Brandt"))


def test_a_lone_surname_stays_apart() -> None:
    assert not are_one(person("e1", "Varen"), person("e1", "Ilse Varen"))
    assert not are_one(person("e1", "Varen"), person("e1", "Varen"))


def test_a_surname_with_office_country_and_year_joins() -> None:
    short = person("e1", "Varen", role="Marenian President", country="MRN")
    full = person("e1", "Ilse Varen", role="President", country="MRN")
    assert are_one(short, full, "2019-05-03", "2019-09-01")
    assert not are_one(short, full, "1991-05-03", "2019-09-01")


def test_the_registrys_link_joins_any_forms() -> None:
    link = "RUS.sergey-lavrov"
    assert are_one(person("e1", "Lavrov", link=link), person("e1", "Sergey Lavrov", link=link))


def test_a_first_name_in_two_transliterations_is_no_other_name() -> None:
    assert are_one(person("e1", "Aleksei Wahlen"), person("e1", "Alexei Wahlen"))


@pytest.mark.parametrize(("one", "other"), [("Robert Kelley", "Robert Kelly"), ("Jamal Wahlen", "Jamal Wahlan")])
def test_a_letter_apart_needs_country_and_role(one: str, other: str) -> None:
    facts = {"country": "MRN", "role": "harbour inspector"}
    assert not are_one(person("e1", one), person("e1", other))
    assert are_one(person("e1", one, **facts), person("e1", other, **facts))


def test_who_could_be_either_of_two_is_neither() -> None:
    found = linked(
        article("a", person("e1", "George W. Vars")),
        article("b", person("e1", "George H.W. Vars")),
        article("c", person("e1", "George Vars")),
    )
    assert groups(found) == [["a:e1"], ["b:e1"], ["c:e1"]]


def test_bodies_by_their_whole_name_and_common_ones_by_country_too() -> None:
    assert are_one(body("e1", "Harbour Workers Union of Avel"), body("e2", "Harbour Workers Union of Avel"))
    assert are_one(body("e1", "Avel Defence Institute"), body("e2", "Avel Defense Institute"))
    assert not are_one(body("e1", "Foreign Ministry"), body("e1", "Foreign Ministry"))
    assert not are_one(body("e1", "Congress"), body("e1", "Congress"))
    assert are_one(body("e1", "Congress", country="MRN"), body("e1", "Congress", country="MRN"))
    assert not are_one(body("e1", "U.S. Consulate"), body("e1", "US Consulate"))


def test_a_short_form_that_an_article_introduces() -> None:
    whole = body("e1", "Avel Board of Ports", aliases=("ABOP",))
    assert are_one(whole, body("e1", "ABOP"))
    assert not are_one(body("e1", "Avel Ports", aliases=("AP",)), body("e1", "AP"))


def test_unnamed_ones_places_and_documents_are_no_actors() -> None:
    found = linked(
        article("a", person("e1", "a senior official", named=False), person("e2", "Port Avel", kind="place")),
        article("b", person("e1", "a senior official", named=False), person("e2", "Port Avel", kind="place")),
    )
    assert found.actors() == []


profiles = st.builds(
    Profile,
    st.sampled_from(sorted(ACTS)),
    st.sampled_from(["ilse varen", "ilse m varen", "ilsa varen", "varen", "avel board", "ab", "i varen", "congress"]),
    country=st.sampled_from(["", "MRN", "ORL"]),
    link=st.sampled_from(["", "MRN.x", "MRN.y"]),
    gender=st.sampled_from(["", "f", "m"]),
    offices=st.sampled_from([(), ("head of state",)]),
    role_words=st.sampled_from([(), ("harbour", "inspector")]),
    year=st.sampled_from([0, 2018, 2019, 2021]),
    acronyms=st.sampled_from([(), ("ab", "abop")]),
)


@given(profiles, profiles)
def test_comparing_has_no_direction_and_whatever_may_be_one_shares_a_block(a: Profile, b: Profile) -> None:
    assert compare(a, b) == compare(b, a)
    if compare(a, b) > UNSURE:
        assert set(blocks(a)) & set(blocks(b))


def test_equal_entities_have_equal_profiles() -> None:
    one, other = (article(n, person("e1", "Ilse Varen", role="trade expert")) for n in "ab")
    assert seen(one, one.entities[0]).profile == seen(other, other.entities[0]).profile
