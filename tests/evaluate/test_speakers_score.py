"""Speakers and GAP against gold."""

import json
from pathlib import Path

import pytest

from onrecord.errors import GoldError
from onrecord.evaluate import attribution, gap, speakers
from onrecord.evaluate.predictions import resolved_row

TEXT = "Ada Lund said the road is closed. Guards said it is open."


def gold():
    spans = [("Ada Lund", "said", "the road is closed"), ("Guards", "said", "it is open")]
    found = [
        {role: [[TEXT.index(part), TEXT.index(part) + len(part)]] for role, part in zip(ROLES, parts, strict=True)}
        for parts in spans
    ]
    return {"id": "a", "text": TEXT, "attributions": found}


ROLES = ("source", "cue", "content")
NAMED = {
    "id": "a",
    "speakers": [
        {"attribution": 0, "name": "Ada Lund", "mention": "name", "names": ["Lund"]},
        {"attribution": 1, "name": None, "mention": "description", "names": []},
    ],
}


def record(first="Lund", named=False):
    entities = [{"id": "e1", "name": first, "named": True}, {"id": "e2", "name": "Guards", "named": named}]
    statements = [
        {"id": f"s{k}", "content": a["content"], "speaker": f"e{k}"} for k, a in enumerate(gold()["attributions"], 1)
    ]
    return {"id": "a", "entities": entities, "statements": statements}


def test_right_names_and_rightly_no_name() -> None:
    made = speakers.score([gold()], [NAMED], [record()])
    assert made.who_said_what.f1 == 1.0
    assert "right speaker  unnamed      1.000  (of 1)" in speakers.format_score(made)


def test_a_wrong_name_and_a_name_for_nobody_are_wrong() -> None:
    made = speakers.score([gold()], [NAMED], [record("Berg", named=True)])
    assert (made.who, made.predicted, made.gold) == (0, 2, 2)


def test_speakers_of_an_unknown_article_are_refused() -> None:
    with pytest.raises(GoldError, match="not in gold"):
        speakers.score([], [NAMED], [])


def test_a_line_without_speakers_is_named(tmp_path: Path) -> None:
    path = tmp_path / "speakers.jsonl"
    path.write_text('{"id": "a", "speakers": []}\n{"id": "b"}\n')
    with pytest.raises(GoldError, match=":2: needs id and speakers"):
        speakers.load_speakers(path)


def test_equal_to_the_script(load_script, shared_data, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(shared_data().parent / "score"))
    script = load_script("speakers")
    named = speakers.load_speakers(shared_data("speakers", "polnear_dev.jsonl"))
    wanted = {row["id"] for row in named}
    rows = [r for r in attribution.load_gold(shared_data("polnear", "dev.jsonl")) if r["id"] in wanted]
    records = [json.loads(json.dumps(resolved_row(row).to_dict())) for row in rows]
    ours, theirs = speakers.score(rows, named, records[:-1]).to_dict(), script.score(rows, named, records[:-1])
    assert ours["right speaker"] == theirs["right speaker"]
    assert ours["who-said-what"] == pytest.approx(theirs["who-said-what"])


def test_the_resolver_keeps_its_floor(shared_data) -> None:
    named = speakers.load_speakers(shared_data("speakers", "polnear_dev.jsonl"))
    wanted = {row["id"] for row in named}
    rows = [r for r in attribution.load_gold(shared_data("polnear", "dev.jsonl")) if r["id"] in wanted]
    made = speakers.score(rows, named, [resolved_row(row).to_dict() for row in rows])
    assert made.right["all"] / made.seen["all"] >= 0.89


def gap_row(**changes):
    text = "Ada Lund met Peter Berg before he left."
    row = {"ID": "x-1", "Text": text, "Pronoun": "he", "A": "Ada Lund", "B": "Peter Berg"}
    row |= {"A-coref": "FALSE", "B-coref": "TRUE"}
    return row | {f"{k}-offset": str(text.index(row[k])) for k in ("A", "B")} | {"Pronoun-offset": "31"} | changes


def test_gap_decides_for_each_name() -> None:
    assert gap.answer(gap_row()) == (False, True)


def test_gap_counts_by_gender() -> None:
    rows = [(gap_row(), (False, True)), (gap_row(Pronoun="She"), (True, False))]
    made = gap.score_answers(rows)
    assert (made.masculine.f1, made.feminine.f1, made.overall.f1, made.bias) == (1.0, 0.0, 0.5, 0.0)


def test_gap_files_need_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "gap.tsv"
    path.write_text("ID\tText\nx\tAda\n")
    with pytest.raises(GoldError, match="no Pronoun"):
        gap.load(path)
