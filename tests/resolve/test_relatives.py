"""Whom "who", "which" and an apposition stand for."""

import pytest
from marked_statements import speakers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It came from Jonas Lund, a harbour pilot {who} [said] <no>.", "Jonas Lund"),
        ("It came from Jonas Lund, a harbour pilot, {who} [said] <no>.", "Jonas Lund"),
        ("It came from Jonas Lund, the head of the opposition in Orland, {who} [said] <no>.", "Jonas Lund"),
        ("It came from Jonas Lund, 24, from Ohio, {who} [said] <no>.", "Jonas Lund"),
        ("It came from Senator Jonas Lund of Ohio, {who} [said] <no>.", "Jonas Lund"),
        ("It came from Ada Lund, a host at Orland News {who} [said] <no>.", "Ada Lund"),
        ("It came from Jonas Lund Jr., {who} [said] <no>.", "Jonas Lund Jr."),
        ("It came from the Coral Union, an organization {that} [said] <no>.", "Coral Union"),
        ("It came from a friend of Jonas, a pilot and a man {who} [said] <no>.", "(who)"),
        ("It came from voters {who} [said] <no>.", "(who)"),
    ],
)
def test_a_relative_pronoun_is_whoever_stands_before_it(text: str, name: str) -> None:
    assert speakers(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met Jonas Lund, {a pilot} who [said] <no>.", "Jonas Lund"),
        ("They asked the Coral Union, {a group} that [wants] <more>.", "Coral Union"),
        ("They met in Lerne, {a pilot} [said] <no>.", "(a pilot)"),
        ("They met, and {a pilot} [said] <no>.", "(a pilot)"),
        ("They met with Jonas Lund, {a pilot} [said] <no>.", "(a pilot)"),
    ],
)
def test_an_apposition_is_whom_it_stands_behind(text: str, name: str) -> None:
    assert speakers(text) == [name]
