"""The ratchet: accuracy on the dev articles may not fall below evals/floors.json."""

import json
from pathlib import Path

import pytest

from onrecord.evaluate import attribution, calibration, datelines, record
from onrecord.evaluate.predictions import attributions_of, judged, record_of_row

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
FLOORS = json.loads((ROOT / "evals" / "floors.json").read_text("utf-8"))

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not DATA.exists(), reason="the gold articles (../shared/data) are not on this machine"),
]


def test_attributions_on_polnear_dev() -> None:
    rows = attribution.load_gold(DATA / "polnear" / "dev.jsonl")
    predicted = [attributions_of(row) for row in rows]
    score, floor = attribution.score(rows, predicted), FLOORS["polnear dev"]
    assert score.overlap.f1 >= floor["overlap F1"]
    assert score.exact.f1 >= floor["exact F1"]
    for kind, figure in score.recall.items():
        assert figure.r >= floor[f"recall {kind}"], kind
    assert calibration.expected_calibration_error(*judged(rows, predicted)) <= floor["calibration error at most"]


def test_attributions_on_international_wires() -> None:
    rows = attribution.load_rows(DATA / "wires" / "dev.jsonl", ("statements",))
    gold = [{**row, "attributions": [s for s in row["statements"] if not s.get("parent")]} for row in rows]
    score, floor = attribution.score(gold, [attributions_of(row) for row in rows]), FLOORS["wires dev"]
    assert score.overlap.f1 >= floor["overlap F1, outer"]
    whole = record.score(rows, [record_of_row(row).to_dict() for row in rows]).to_dict()
    assert whole["datelines"] >= floor["datelines"]


def test_datelines_on_reuters() -> None:
    score = datelines.score_datelines(attribution.load_rows(DATA / "reuters" / "wires.jsonl"))
    assert score.place_right is not None
    assert score.place_right >= FLOORS["reuters"]["dateline place"]
    assert score.invented == 0
