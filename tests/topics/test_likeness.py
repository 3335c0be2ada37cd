"""How like a statement topics are, whether or not one of their words stands in it."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.records import Spans
from onrecord.topics.likeness import Likeness
from onrecord.topics.scheme import Scheme, load

OWN = """
[[topics]]
name = "hospitals"
about = "Where the sick are treated."
terms = ["hospital"]

[[topics]]
name = "signal stations"
examples = ["The lighthouse on the cliff will have no keeper", "Keepers of the lighthouse strike", "A lighthouse burnt"]

[[topics]]
name = "chess"
terms = ["=checkmate"]
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    path = tmp_path / "topics.toml"
    path.write_text(OWN)
    return load(path)


def like(scheme: Scheme, content: str, beginning: str = "") -> dict[str, float]:
    """By name, how like a content each topic is that stands in an article after `beginning`."""
    likeness = Likeness(scheme)
    spans: Spans = ((len(beginning), len(beginning) + len(content)),)
    (row,) = likeness.of(beginning + content, [spans])
    return {scheme.topics[code].name: float(row[number]) for code, number in likeness.number.items()}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Doctors and nurses will see every patient on the ward", "hospitals"),
        ("The keepers climb the cliff at dusk", "signal stations"),
        ("The pound and the dollar rose against the yen", "currency values"),
    ],
)
def test_a_topic_is_like_what_is_said_on_it_in_other_words(scheme: Scheme, content: str, name: str) -> None:
    found = like(scheme, content)
    assert found[name] > 0.25
    assert found[name] in sorted(found.values())[-4:]
    assert found["chess"] < 0.1


def test_how_the_article_begins_counts_too(scheme: Scheme) -> None:
    said = "They will not accept that"
    assert (
        like(scheme, said, "Doctors and nurses walked out of the ward. ")["hospitals"]
        > like(scheme, said)["hospitals"] + 0.1
    )


def test_without_words_nothing_is_like_it_and_all_is_finite(scheme: Scheme) -> None:
    likeness = Likeness(scheme)
    assert likeness.of("", []).shape == (0, len(scheme.topics))
    assert np.all(likeness.of("  ", [((0, 1),)]) == 0)
