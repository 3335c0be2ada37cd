"""Flags of reversals against judged pairs."""

import json
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate.positions import PositionScore, format_score, load_gold, score
from onrecord.records import Article, Record, Statement

TEXTS = {
    "a": "The kingdom will cut its petroleum output",
    "b": "The kingdom has no intention to cut its petroleum output",
    "c": "The kingdom wants others to cut their petroleum output",
}


def test_flags_are_counted_against_judgements(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.jsonl"
    rows = [("a", "b", True), ("a", "c", False), ("b", "c", False), ("a", "gone", True)]
    sides = {name: [name, [[0, len(TEXTS.get(name, ""))]]] for name in ("a", "b", "c", "gone")}
    gold.write_text("".join(json.dumps({"pair": [sides[x], sides[y]], "reversal": r}) + "\n" for x, y, r in rows))
    records = [
        Record(Article(id_, text), (), (Statement("s1", (), (), ((0, len(text)),), "indirect", None, None, 1.0),))
        for id_, text in TEXTS.items()
    ]
    found = score(load_gold(gold), records)
    assert found == PositionScore(3, 1, 2, 1)
    assert "precision 0.500" in format_score(found)


def test_a_broken_pair_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.jsonl"
    gold.write_text('{"pair": [["a", [[0, 3]]]], "reversal": true}\n')
    with pytest.raises(GoldError, match=r"pairs.jsonl:1: is no judged pair"):
        load_gold(gold)
