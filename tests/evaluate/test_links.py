"""Links against gold that says which country an entity is of."""

from onrecord.evaluate import links

GOLD = {
    "id": "a",
    "entities": [
        {"name": "Ada Brandt", "country": "ORL", "mentions": ["Brandt", "she"]},
        {"name": "Orland", "country": "ORL", "mentions": ["Orland", "it"]},
        {"name": "World Trade Council", "country": None, "mentions": ["WTC"]},
    ],
}


def entity(name: str, country: str | None, code: str | None = "X") -> dict[str, object]:
    return {"name": name, "aliases": [], "country": country, "code": code}


def scored(*entities: dict[str, object]) -> links.LinkScore:
    return links.score([GOLD], [{"id": "a", "entities": list(entities)}])


def test_a_link_to_another_country_is_wrong() -> None:
    score = scored(entity("Brandt", "ORL"), entity("Orland", "VEL"))
    assert (score.links, score.judged, score.share) == (2, 2, 0.5)
    assert score.wrong == (("a", "Orland", "VEL", "ORL"),)


def test_what_gold_gives_no_country_for_is_counted_but_not_judged() -> None:
    score = scored(entity("World Trade Council", None), entity("Somebody Else", "ORL"))
    assert (score.links, score.judged, score.share) == (2, 0, None)


def test_entities_without_a_link_do_not_count() -> None:
    assert scored(entity("Brandt", None, code=None)).links == 0


def test_the_wrong_ones_are_named() -> None:
    assert "a: Orland is VEL, gold ORL" in links.format_score(scored(entity("Orland", "VEL")))
