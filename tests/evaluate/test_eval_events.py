import json
from pathlib import Path

import pytest

from onrecord.annotate.events import TYPES
from onrecord.errors import GoldError
from onrecord.evaluate.events import likeliest_root, load, score


def row(root: str, penta: int) -> dict[str, object]:
    return {"sentence": "A hit B.", "source_spans": [[0, 1]], "target_spans": [[6, 7]], "root": root, "penta": penta}


def test_figures_are_means_over_the_classes_of_gold() -> None:
    rows = [row("ACCUSE", 3), row("ACCUSE", 3), row("ASSAULT", 4)]
    figures = score(rows, ["ACCUSE", "REJECT", "ASSAULT"])
    assert figures.root.macro_f1 == pytest.approx((2 / 3 + 1) / 2)
    assert figures.root.accuracy == pytest.approx(2 / 3)
    assert figures.penta.accuracy == figures.binary.accuracy == 1.0


def test_yielding_in_two_ways_is_one_root_and_their_shares_add_up() -> None:
    logits = [0.0] * len(TYPES)
    logits[TYPES.index("CONCEDE")] = logits[TYPES.index("RETREAT")] = 2.0
    logits[TYPES.index("ACCUSE")] = 2.5
    assert likeliest_root(logits) == "YIELD"
    assert score([row("RETREAT", 2)], ["YIELD"]).root.accuracy == 1.0


def test_what_lay_out_of_reach_counts_as_wrong() -> None:
    assert score([row("ACCUSE", 3)], [None]).binary.accuracy == 0.0


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(row("ACCUSE", 3)) + "\n" + json.dumps(row("DANCE", 3)) + "\n")
    with pytest.raises(GoldError, match=r"gold.jsonl:2.*DANCE"):
        load(file)
