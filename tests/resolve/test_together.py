"""People named together, as whom "they", "both" and "all of whom" mean."""

import pytest
from marked_statements import speakers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Brandt and Tom Okoro met on Monday. {They} [promised] <help>.", ["Ada Brandt", "Tom Okoro"]),
        (
            "Sens. Ada Brandt (D-N.J.), Tom Okoro (D-W.Va.) and Mia Lund (R-Fla.), {all of whom} [opposed] <it>, met.",
            ["Ada Brandt", "Tom Okoro", "Mia Lund"],
        ),
        (
            "They met Ada Brandt, Republican of Iowa, and Tom Okoro, {both of whom} [opposed] <it>.",
            ["Ada Brandt", "Tom Okoro"],
        ),
        ("They met Ada Brandt of Iowa, {all of whom} [opposed] <it>.", ["(all of whom)"]),
        ("Ada Brandt called. Tom Okoro left. {The two} [promised] <help>.", ["Ada Brandt", "Tom Okoro"]),
        ("Ada Brandt called. Tom Okoro left. {The couple} [promised] <help>.", ["Ada Brandt", "Tom Okoro"]),
        ("Ada Brandt and Tom Okoro met. {Those} [who doubt] <it> left.", ["(Those)"]),
    ],
)
def test_several_speak_as_one(text: str, names: list[str]) -> None:
    assert speakers(text) == names
