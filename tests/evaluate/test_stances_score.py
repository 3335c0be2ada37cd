import json
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate.stances import judge_rows, load, score


def row(*polarities: int) -> dict[str, object]:
    return {"sentence": "A sued B.", "targets": [{"start": 0, "end": 1, "polarity": p} for p in polarities]}


def test_figures_are_means_over_the_three_attitudes() -> None:
    figures = score([row(-1, 0), row(1), row(1)], [[-1, 0], [1], [0]])
    assert figures.f1 == {"against": 1.0, "neither": pytest.approx(2 / 3), "for": pytest.approx(2 / 3)}
    assert figures.macro_f1 == pytest.approx(7 / 9)
    assert (figures.accuracy, figures.targets) == (0.75, 4)


def test_what_lay_out_of_reach_counts_as_wrong() -> None:
    assert score([row(1)], [[None]]).accuracy == 0.0


@pytest.mark.parametrize(
    ("bad", "why"), [({"polarity": 2}, "polarity 2"), ({"end": 90}, "outside the sentence"), ({"start": None}, "")]
)
def test_a_bad_row_is_named(tmp_path: Path, bad: dict[str, object], why: str) -> None:
    file = tmp_path / "gold.jsonl"
    target = {"start": 0, "end": 1, "polarity": 1, **bad}
    file.write_text("\n".join(json.dumps(r) for r in (row(0), {"sentence": "A sued B.", "targets": [target]})))
    with pytest.raises(GoldError, match=rf"gold.jsonl:2.*{why}"):
        load(file)


@pytest.mark.model
def test_praise_and_blame_are_told_apart() -> None:
    sentences = {
        "Ada Brandt is a hero, an honest and brilliant leader who saved the country.": 1,
        "Ada Brandt is a corrupt liar whose shameful crimes have ruined the country.": -1,
    }
    rows = [{"sentence": s, "targets": [{"start": 0, "end": 10, "polarity": p}]} for s, p in sentences.items()]
    assert list(judge_rows(rows)) == [[1], [-1]]
