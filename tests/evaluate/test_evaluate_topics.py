"""Topics against judged statements."""

import json
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate.topics import Judged, format_score, load_gold, score
from onrecord.records import Article
from onrecord.topics.scheme import shipped

TEXT = "The embargo and the sanctions stay. OPEC will not cut its output of crude oil. It rained on her hat."
FIRST, SECOND, THIRD = ((0, 34),), ((36, 77),), ((79, 98),)


def test_right_topics_are_those_judged_and_what_they_are_parts_of() -> None:
    judged = [
        Judged("a", FIRST, ("medtop:20000642",), "held"),
        Judged("a", SECOND, ("medtop:07000000",), "held"),
        Judged("a", THIRD, (), "held"),
        Judged("elsewhere", FIRST, ("medtop:20000642",), "held"),
    ]
    found = score(judged, [Article("a", TEXT), Article("other", TEXT)], shipped())
    assert (found.statements, found.found(), found.found(1.0)) == (2, 1, 0)
    assert {right for _, right in found.given} == {True, False}
    assert 0 < (found.precision(0.5) or 0) < 1
    assert "1 of 2 statements have a right topic" in format_score(found)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"article": "a", "content": [[0, 3]], "topics": []}) + "\n{}\n")
    with pytest.raises(GoldError, match=r"gold.jsonl:2: is no judged statement"):
        load_gold(gold)
