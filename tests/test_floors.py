"""The ratchet: accuracy on the dev articles may not fall below evals/floors.json."""

import json
import runpy
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.evaluate import attribution, calibration, datelines, gap, links, record, speakers
from onrecord.evaluate.predictions import attributions_of, judged, record_of_row
from onrecord.events import in_records
from onrecord.records import Happening, Report

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
FLOORS = json.loads((ROOT / "evals" / "floors.json").read_text("utf-8"))

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not DATA.exists(), reason="the gold articles (../shared/data) are not on this machine"),
]


def words(text: str, spans: Sequence[Sequence[int]]) -> str:
    return " … ".join(text[a:b].strip(' .,"“”') for a, b in spans)


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
    records = [record_of_row(row).to_dict() for row in rows]
    whole = record.score(rows, records)
    assert whole.who_said_what.f1 >= floor["who-said-what F1"]
    for name in ("datelines", "nested recall", "provenance recall"):
        assert whole.to_dict()[name] >= floor[name], name
    assert whole.events.f1 >= floor["events F1"]
    wrong = links.score(rows, records).share
    assert wrong is not None
    assert wrong <= floor["wrong links at most"]


def test_the_article_it_was_born_from() -> None:
    """Every source, cue and content word for word, every speaker right, the nested one too, the daily it was told,
    the wire's header, and what the two sides do to each other, none of it as a fact.
    """
    row = attribution.load_rows(DATA / "wires" / "dev.jsonl", ("statements",))[0]
    made = record_of_row(row).to_dict()
    parts = ("source", "cue", "content")
    found = {tuple(words(row["text"], s[part]) for part in parts) for s in made["statements"]}
    assert {tuple(words(row["text"], s[part]) for part in parts) for s in row["statements"]} <= found
    score = record.score([row], [made]).to_dict()
    assert score["who-said-what"]["r"] == score["nested recall"] == score["provenance recall"] == 1.0
    assert score["datelines"] == 1.0
    entities = {entity["id"]: entity for entity in made["entities"]}
    sides = {id_: entity["country"] or entity["name"] for id_, entity in entities.items()}
    events = {(sides[e["actor"]], sides[e["recipient"]], e["type"]) for e in made["events"]}
    assert {("RUS", "European Union", type_) for type_ in ("REJECT", "ACCUSE", "AGREE")} <= events
    assert ("European Union", "RUS", "SANCTION") in events
    words_of = {s["id"]: entities[s["speaker"]]["name"] for s in made["statements"]}
    assert {words_of.get(e["on_word_of"]) for e in made["events"]} == {"Sergey Lavrov"}


def test_sentences_without_an_event_seldom_get_one() -> None:
    """CAMEO's mere statements and appeals (penta 0), 99 of 236 of them taught; an appeal is an event to us."""
    lines = (DATA / "events" / "cameo_extra.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["penta"] == 0]
    coded = [bool(record_of_row({"text": row["sentence"]}).events) for row in rows]
    assert sum(coded) / len(coded) <= FLOORS["events"]["over-coding at most"]


ONE_EVENT = {
    "sanctions on Tehran": ("SANCTION", {"002": 1146, "003": 566, "004": 1871}),
    "the strike on the oil plants": ("ASSAULT", {"002": 857, "004": 2388}),
    "war, should Iran be attacked": ("THREATEN", {"002": 217, "003": 0}),
    "wreckage on display": ("ACCUSE", {"002": 1224, "003": 1324}),
    "demands like a gangster's": ("ACCUSE", {"009": 36, "010": 123}),
    "against the spirit of the summit": ("ACCUSE", {"009": 635, "010": 1000}),
}
"""Type, and where in which articles it is told: a character of its sentence."""


@pytest.fixture(scope="module")
def told_by_several() -> list[Happening]:
    rows = [json.loads(line) for line in (DATA / "wires" / "dev.jsonl").read_text("utf-8").splitlines()]
    groups = {article for _, places in ONE_EVENT.values() for article in places}
    return in_records(record_of_row(row) for row in rows if row["id"] in groups).happenings()


def test_an_event_told_by_several_outlets_is_one_and_no_other(told_by_several: list[Happening]) -> None:
    rows = attribution.load_rows(DATA / "wires" / "dev.jsonl", ("statements",))
    text = {row["id"]: row["text"] for row in rows}

    def tells(report: Report, event: str) -> bool:
        type_, places = ONE_EVENT[event]
        start = text[report.article].find(report.told)
        return report.event.type == type_ and 0 <= places.get(report.article, -1) - start < len(report.told)

    found = []
    for happening in told_by_several:
        told = {event: {r.article for r in happening.reports if tells(r, event)} for event in ONE_EVENT}
        found.append({event: articles for event, articles in told.items() if articles})
    assert [told for told in found if len(told) > 1] == []
    assert {event: set(places) for event, (_, places) in ONE_EVENT.items()} == {
        event: articles for told in found for event, articles in told.items() if len(articles) > 1
    }


def test_events_of_news_that_was_only_scored() -> None:
    pairs, typed = runpy.run_path(str(ROOT / "evals" / "events_unseen.py"))["measured"](DATA)
    assert pairs.f1 >= FLOORS["events"]["unseen pairs F1"]
    assert typed.f1 >= FLOORS["events"]["unseen F1"]


def test_speakers_on_polnear_dev() -> None:
    named = speakers.load_speakers(DATA / "speakers" / "polnear_dev.jsonl")
    wanted = {row["id"] for row in named}
    rows = [row for row in attribution.load_gold(DATA / "polnear" / "dev.jsonl") if row["id"] in wanted]
    score = speakers.score(rows, named, [record_of_row(row).to_dict() for row in rows])
    for kind, floor in FLOORS["speakers"].items():
        assert score.right[kind] / score.seen[kind] >= floor, kind


@pytest.mark.parametrize(("measure", "floor"), [("measured", "speakers unseen"), ("measured_given", "speakers read")])
def test_speakers_on_articles_that_were_only_scored(measure: str, floor: str) -> None:
    score = runpy.run_path(str(ROOT / "evals" / "speakers_unseen.py"))[measure](DATA, looked_at=False)
    for kind, least in FLOORS[floor].items():
        assert score.right[kind] / score.seen[kind] >= least, kind


def test_pronouns_of_gap() -> None:
    """The shipped weights learned from these texts (decision 14): this guards against breakage, it measures nothing."""
    score, floor = gap.score(gap.load(DATA / "gap" / "gap-validation.tsv")), FLOORS["gap validation"]
    assert score.overall.f1 >= floor["F1"]
    assert score.bias is not None
    assert floor["bias at least"] <= score.bias <= floor["bias at most"]


def test_datelines_on_reuters() -> None:
    score = datelines.score_datelines(attribution.load_rows(DATA / "reuters" / "wires.jsonl"))
    assert score.place_right is not None
    assert score.place_right >= FLOORS["reuters"]["dateline place"]
    assert score.invented == 0


def test_more_like_this_on_the_wires() -> None:
    found = runpy.run_path(str(ROOT / "evals" / "alike_pairs.py"))["measured"](DATA / "wires")
    for name, floor in FLOORS["alike"].items():
        assert found[name] >= floor, name
