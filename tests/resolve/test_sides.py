"""Sides inside quotations: "we" of somebody who speaks for a country, and "they" against it."""

from marked_statements import marked

from onrecord.records import Annotation
from onrecord.resolve.speakers import resolve

OPENING = "Norwegian Foreign Minister Ada Brandt left Norway for Sweden on Monday. Sweden has shut the road. "


def speakers(text: str) -> list[str | None]:
    """Of the statement inside, number 1, and of the one around it, number 2."""
    article, attributions = marked(text, parents={1: 2})
    made = resolve(article, Annotation(tuple(attributions), "test"))
    names = {e.id: e.name for e in made.entities}
    return [names.get(s.speaker or "") for s in made.statements]


def test_they_who_tell_us_are_the_side_spoken_of() -> None:
    quoted = "<2“{They} [tell] us <that we must wait>,”> {2Brandt} [2said]."
    assert speakers(OPENING + quoted) == ["Sweden", "Ada Brandt"]


def test_the_own_side_is_never_they() -> None:
    own = "Norway waits. Norway will wait. Norway is patient. "
    quoted = "<2“{They} [tell] us <that we must wait>,”> {2Brandt} [2said]."
    assert speakers(OPENING + own + quoted) == ["Sweden", "Ada Brandt"]


def test_we_of_a_minister_is_the_country() -> None:
    quoted = "<2“{We} [have said] <that the road must open>,”> {2Brandt} [2said]."
    assert speakers(OPENING + quoted) == ["Norway", "Ada Brandt"]
