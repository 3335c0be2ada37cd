"""Those whom an opening describes and the article names where they speak next."""

import pytest
from marked_statements import speakers

NAMED = "\n\nThe rain went on in Lerne on Monday.\n\n{2Ada Brandt} [2said] <2it would end>."


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("{Coral chief} [says] <rain will end>.", "Ada Brandt"),
        ("Rain.\n\n{The head of the Coral Institute} [fears] <more rain>.", "Ada Brandt"),
        ("Rain.\n\n{The woman} [fears] <more rain>.", "Ada Brandt"),
        ("Rain.\n\n{The spokesman} [fears] <more rain>.", "(The spokesman)"),
        ("Rain.\n\n{Her sister} [fears] <more rain>.", "(Her sister)"),
        ("Rain.\n\n{A mayor} [fears] <more rain>.", "(A mayor)"),
        ("Rain.\n\n{The mayor} [fears] <the rain of Ada Brandt>.", "(The mayor)"),
        ("Rain.\n\nWind.\n\nHail.\n\nSnow.\n\n{The mayor} [fears] <more rain>.", "(The mayor)"),
    ],
)
def test_who_speaks_next_is_whom_the_opening_describes(opening: str, name: str) -> None:
    assert speakers(opening + NAMED) == [name, "Ada Brandt"]


def test_a_body_in_the_first_line_is_the_next_to_speak() -> None:
    text = "{Website} [refuses] <to sell>.\n\nIt was lit.\n\n{2The Orland Lamp Union} [2said] <2no>."
    assert speakers(text) == ["Orland Lamp Union", "Orland Lamp Union"]


def test_pronouns_tell_who_cannot_be_meant() -> None:
    text = "{The mayor} [fears] <rain>. {2He} [2fears] <2hail>.\n\nIt rained.\n\n{3Ada Brandt} [3said] <3no>."
    assert speakers(text) == ["(The mayor)", "(The mayor)", "Ada Brandt"]
