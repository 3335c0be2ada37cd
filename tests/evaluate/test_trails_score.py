"""Our scorer of trails beside the one that lies by the repository: the same figures on whatever is predicted."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate.trails import format_score, load_groups, score

TEXT = "Ana Lindt said the road is closed. She added that the bridge is open. Nobody said the ferry sails."
CONTENTS = ("the road is closed", "the bridge is open", "the ferry sails")


def article(id_: str, *ids: str) -> dict[str, Any]:
    spans = [[[TEXT.index(c), TEXT.index(c) + len(c)]] for c in CONTENTS]
    return {"id": id_, "text": TEXT, "statements": [{"id": i, "content": s} for i, s in zip(ids, spans, strict=False)]}


def member(key: str) -> dict[str, str]:
    return dict(zip(("article", "statement"), key.split(":"), strict=True))


GOLD = [article("a", "g1", "g2", "g3"), article("b", "g1", "g2", "g3"), article("c", "g1", "g2", "g3")]
GROUPS: list[dict[str, Any]] = [
    {
        "trails": [{"members": [member(k) for k in ("a:g1", "b:g1", "c:g2")]}],
        "undecided": [[member("a:g3"), member("b:g3")]],
    },
    {"trails": [{"members": [member(k) for k in ("a:g2", "b:g2")]}]},
]
RECORDS = [article("a", "s1", "s2", "s3"), article("b", "s1", "s2", "s3"), article("c", "s1")]
KEYS = [("a", "s1"), ("a", "s2"), ("a", "s3"), ("b", "s1"), ("b", "s2"), ("b", "s3"), ("c", "s1")]


def test_pairs_are_counted_and_what_was_not_found_is_told() -> None:
    given = score(GOLD, GROUPS, RECORDS, [[("a", "s1"), ("b", "s1"), ("c", "s1")]])
    assert given.to_dict() == {
        "pairs": {"p": 1 / 3, "r": 1 / 4, "f1": pytest.approx(2 / 7)},
        "found": 1 / 2,
        "gold pairs": 4,
        "predicted pairs": 3,
    }
    assert "of the findable 0.500 (2)" in format_score(given)


def test_undecided_pairs_count_neither_way() -> None:
    assert score(GOLD, GROUPS, RECORDS, [[("a", "s3"), ("b", "s3")]]).pairs.predicted == 0


@pytest.mark.parametrize("seed", range(20))
def test_figures_are_those_of_the_shared_scorer(load_script: Any, seed: int) -> None:
    rng = random.Random(seed)
    trails = [rng.sample(KEYS, rng.randint(1, 5)) for _ in range(rng.randint(0, 4))]
    rows = [{"members": [member(":".join(key)) for key in trail]} for trail in trails]
    theirs = load_script("trails").score(GOLD, GROUPS, RECORDS, rows)
    assert score(GOLD, GROUPS, RECORDS, trails).to_dict() == theirs


def test_figures_on_the_wires_are_those_of_the_shared_scorer(load_script: Any, shared_data: Any) -> None:
    lines = shared_data("wires", "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    groups = load_groups(shared_data("wires", "trails_dev.json"))
    rng = random.Random(1)
    keys = [(row["id"], s["id"]) for row in rows for s in row["statements"]]
    trails = [[(m["article"], m["statement"]) for m in t["members"]] for g in groups for t in g["trails"]]
    trails += [rng.sample(keys, 6) for _ in range(30)]
    given = [{"members": [member(":".join(key)) for key in trail]} for trail in trails]
    assert score(rows, groups, rows, trails).to_dict() == load_script("trails").score(rows, groups, rows, given)


@pytest.mark.parametrize(
    "wrong", ["{}", "[1]", '[{"trails": [{}]}]', '[{"trails": [{"members": [{"article": "a"}]}]}]', "["]
)
def test_gold_in_another_form_is_one_clear_error(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "groups.json"
    path.write_text(wrong)
    with pytest.raises(GoldError, match=r"groups\.json"):
        load_groups(path)
