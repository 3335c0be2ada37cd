"""What a source's words name when they come in pieces or hold more than the speaker."""

import pytest
from marked_statements import speakers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{Norway} at its meeting in {Warsaw} [promised] <to send ships>.", ["Norway"]),
        ("{Sweden}, {which} [called] <the strike a test>, sent ships.", ["Sweden"]),
        ("{European leaders} met after {Britain’s} vote, [offering] <a new deal>.", ["(European leaders)"]),
        ("{Ada Brandt and Tom Okoro} ran again, {each} [touting] <a record>.", ["Ada Brandt", "Tom Okoro"]),
        ("<It is over>, [said] {Ada Brandt}, {the envoy of Norway}.", ["Ada Brandt"]),
        ("{Many leaders} shared her view, but {the Coral Union} [wants] <more>.", ["Coral Union"]),
        ("{The} first goal of {the Coral Union} [is] <peace>.", ["Coral Union"]),
    ],
)
def test_of_a_source_in_pieces_the_first_speaks(text: str, names: list[str]) -> None:
    assert speakers(text) == names


@pytest.mark.parametrize("example", ["such as", "like", "including"])
def test_those_given_as_examples_are_the_speakers(example: str) -> None:
    text = f"Some, {{{example} Senator Ada Brandt, R-Ohio, and Tom Okoro}}, [say] <the bill must change>."
    assert speakers(text) == ["Ada Brandt", "Tom Okoro"]
