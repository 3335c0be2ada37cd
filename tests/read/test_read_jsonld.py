"""What pages tell search engines about their article."""

import json
from typing import Any

import pytest

from onrecord.read.jsonld import PageFacts, page_facts, split_names


def facts(article: dict[str, Any], *others: dict[str, Any]) -> PageFacts:
    return page_facts([json.dumps([{"@type": "NewsArticle", **article}, *others])])


def test_page_without_article() -> None:
    assert page_facts(['{"@type": "WebSite", "name": "Courier"}']) == PageFacts()


@pytest.mark.parametrize(
    "script", ["", "{", "null", "[[]]", '"text"', "[" * 100_000, '{"@type": 5}', '{"@type": [null]}']
)
def test_script_that_says_nothing(script: str) -> None:
    assert page_facts([script]) == PageFacts()


@pytest.mark.parametrize("kind", ["NewsArticle", "Article", "ReportageNewsArticle", "https://schema.org/NewsArticle"])
@pytest.mark.parametrize("wrap", ["{}", "[{}]", '{{"@graph": [{}]}}', '{{"mainEntity": {}}}', "//<![CDATA[\n{}\n//]]>"])
def test_article_wherever_it_stands(kind: str, wrap: str) -> None:
    node = f'{{"@type": "{kind}", "headline": "Strike\n goes on"}}'
    assert page_facts([wrap.format(node)]).headline == "Strike goes on"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
        ({"name": ["Jane Doe", "John Roe"]}, ("Jane Doe", "John Roe")),
        ([{"name": "By Jane Doe and John Roe"}, "Jane Doe"], ("Jane Doe", "John Roe")),
        ({"givenName": "Jane", "familyName": "Doe"}, ("Jane Doe",)),
        ({"@id": "#jane"}, ("Jane Doe",)),
        ({"@type": "Organization", "name": "Wire Agency"}, ("Wire Agency",)),
        ("https://social.example/janedoe", ()),
        ([None, 5, {}, {"@id": "#nobody"}], ()),
    ],
)
def test_authors(author: Any, names: tuple[str, ...]) -> None:
    assert facts({"author": author}, {"@id": "#jane", "@type": "Person", "name": "Jane Doe"}).authors == names


@pytest.mark.parametrize(
    ("article", "outlet"),
    [
        ({"publisher": {"name": "Courier"}, "isPartOf": {"name": "Weekend"}}, "Courier"),
        ({"publisher": {"@id": "#org"}}, "The Courier"),
        ({"publisher": "Courier"}, "Courier"),
        ({"publisher": {}, "isPartOf": {"@type": "WebSite", "name": "Courier"}}, "Courier"),
        ({}, None),
    ],
)
def test_outlet(article: dict[str, Any], outlet: str | None) -> None:
    assert facts(article, {"@id": "#org", "name": "The Courier"}).outlet == outlet


def test_date_keeps_its_time_and_zone() -> None:
    assert facts({"datePublished": "2021-05-17T06:45:00+02:00"}).published == "2021-05-17T06:45:00+02:00"


@pytest.mark.parametrize("date", ["yesterday", "", None, 20210517])
def test_date_that_is_none_is_left_to_others(date: Any) -> None:
    assert facts({"datePublished": date}).published is None


def test_address_from_the_page_it_is_the_main_entity_of() -> None:
    assert facts({"mainEntityOfPage": {"@id": "https://c.example/a"}}).url == "https://c.example/a"
    assert facts({"mainEntityOfPage": "https://c.example/a", "url": "/a"}).url == "https://c.example/a"


def test_markup_and_entities_in_a_headline() -> None:
    assert facts({"headline": "<b>Talks</b> &amp; strikes&#8217;"}).headline == "Talks & strikes’"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Jane Doe, John Roe and Mary Major", ["Jane Doe", "John Roe", "Mary Major"]),
        ("Jane Doe; John Roe", ["Jane Doe", "John Roe"]),
        ("Martin Low, Jr. & Alexandra Anders", ["Martin Low, Jr.", "Alexandra Anders"]),
        ("  ", []),
    ],
)
def test_split_names(byline: str, names: list[str]) -> None:
    assert split_names(byline) == names
