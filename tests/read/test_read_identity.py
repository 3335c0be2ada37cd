"""Ids: the same for the same article, however it came."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.identity import article_id, url_key

PLAIN = "https://courier.example/world/strike?id=7&page=2"


@pytest.mark.parametrize(
    "url",
    [
        "http://courier.example/world/strike?id=7&page=2",
        "HTTPS://Courier.Example:443/world/strike?id=7&page=2#comments",
        " https://courier.example/world/strike?page=2&id=7 ",
        "https://courier.example/world/strike?utm_source=x&id=7&UTM_medium=y&page=2&fbclid=z&gclid",
    ],
)
def test_addresses_of_one_page(url: str) -> None:
    assert url_key(url) == url_key(PLAIN)
    assert article_id("any text", url) == article_id("another text", PLAIN)


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/world/Strike?id=7&page=2",
        "https://courier.example/world/strike?id=7",
        "https://courier.example/world/strike?id=7&page=2&utmost=1",
        "https://courier.example:8080/world/strike?id=7&page=2",
        "https://m.courier.example/world/strike?id=7&page=2",
    ],
)
def test_addresses_of_other_pages(url: str) -> None:
    assert url_key(url) != url_key(PLAIN)


@pytest.mark.parametrize(
    "url", ["https://courier.example", "https://courier.example/", "http://courier.example/#top", ""]
)
def test_front_page_tells_no_articles_apart(url: str) -> None:
    assert article_id("one", url) == article_id("one")
    assert article_id("one", url) != article_id("two", url)


@pytest.mark.parametrize("url", ["urn:newsml:courier:1", "http://[half", "not an address"])
def test_other_names_count_as_they_are(url: str) -> None:
    assert url_key(url) == url


def test_id_is_pinned() -> None:
    """Archives hold these ids: a change of how they are made is a break."""
    assert article_id("The minister spoke.") == "a6109a3578074dc2d7308"
    assert article_id("", PLAIN) == "a3c76a908a8a9bd191c9e"


@given(st.text(st.characters()), st.none() | st.text(st.characters()))
def test_any_string_has_an_id(text: str, url: str | None) -> None:
    assert re.fullmatch(r"a[0-9a-f]{20}", article_id(text, url))
