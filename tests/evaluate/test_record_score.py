import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import GoldError
from onrecord.evaluate.record import RecordScore, format_score, score

TEXT = "Ana Lindt said the road is closed. She told the Herald they tell us the bridge is open."


def at(part):
    return [[TEXT.index(part), TEXT.index(part) + len(part)]]


def gold(**changes):
    row = {
        "id": "a",
        "text": TEXT,
        "entities": [
            {"name": "Ana Lindt", "mentions": ["Lindt", "She", "the minister"]},
            {"name": "the guards", "named": False, "mentions": ["they"]},
            {"name": "Northern Transport Board", "mentions": ["NTB", "the board"]},
        ],
        "statements": [
            {"id": "g1", "content": at("the road is closed"), "speaker": "Ana Lindt", "parent": None},
            {
                "id": "g2",
                "content": at("they tell us the bridge is open"),
                "speaker": "Ana Lindt",
                "through": ["Herald"],
            },
            {"id": "g3", "content": at("the bridge is open"), "speaker": "the guards", "parent": "g2"},
        ],
        "dateline": None,
        "events": [{"actor": "NOR", "recipient": "EU", "type": "CONSULT"}],
    }
    return row | changes


def record(**changes):
    row = {
        "id": "a",
        "entities": [
            {"id": "e1", "name": "Lindt", "aliases": []},
            {"id": "e2", "name": "guards", "named": False, "aliases": []},
        ],
        "statements": [
            {"id": "s1", "content": at("the road is closed"), "speaker": "e1", "parent": None},
            {"id": "s2", "content": at("they tell us the bridge is open"), "speaker": "e1", "through": ["the Herald"]},
            {"id": "s3", "content": at("the bridge is open"), "speaker": "e2", "parent": "s2"},
        ],
        "dateline": None,
        "events": [{"actor_code": "NOR", "recipient_code": "EU", "type": "CONSULT"}],
    }
    return row | changes


def with_statement(index, **changes):
    statements = record()["statements"]
    statements[index] = statements[index] | changes
    return record(statements=statements)


def test_a_right_record_is_right_throughout():
    figures = score([gold()], [record()]).to_dict()
    assert figures["statements"]["f1"] == figures["who-said-what"]["f1"] == figures["events"]["f1"] == 1
    assert (figures["nested recall"], figures["provenance recall"], figures["datelines"]) == (1, 1, None)


def test_missing_record_is_nothing_found_and_surplus_is_left():
    result = score([gold()], [record(id="other")])
    assert (result.gold, result.pred, result.content, result.nested_gold) == (3, 0, 0, 1)


def test_wrong_speaker_keeps_the_statement():
    result = score([gold()], [with_statement(0, speaker="e2")])
    assert (result.content, result.who) == (3, 2)


@pytest.mark.parametrize(
    ("speaker", "entity", "right"),
    [
        ("Ana Lindt", {"name": "Ms Lindt", "aliases": ["lindt's"]}, True),
        ("Ana Lindt", {"name": "the minister", "aliases": []}, False),
        ("Ana Lindt | Bo Quist", {"name": "Bo Quist"}, True),
        ("Northern Transport Board", {"name": "the NTB"}, True),
        ("the guards", {"name": "a guard", "named": False}, True),
        ("the guards", {"name": "Ana Lindt"}, False),
        (None, {"name": "Ana Lindt"}, False),
        (None, None, True),
        ("Ana Lindt", None, False),
    ],
)
def test_who_said_it(speaker, entity, right):
    row = gold(statements=[{"id": "g1", "content": at("the road is closed"), "speaker": speaker}])
    predicted = record(
        entities=[{"id": "e1", **entity}] if entity else [],
        statements=[{"id": "s1", "content": at("the road is closed"), "speaker": "e1" if entity else None}],
    )
    assert score([row], [predicted]).who == right


def test_nested_needs_the_right_parent():
    assert score([gold()], [with_statement(2, parent="s1")]).nested == 0
    assert score([gold()], [with_statement(2, parent=None)]).nested == 0


def test_provenance_needs_the_outlet():
    assert score([gold()], [with_statement(1, through=["the Post"])]).to_dict()["provenance recall"] == 0


def test_unknown_gold_parent_is_named():
    row = gold(statements=[{"id": "g1", "content": at("the road"), "speaker": None, "parent": "g9"}])
    with pytest.raises(GoldError, match="g9"):
        score([row], [])


@pytest.mark.parametrize(
    ("wanted", "given_", "figure"),
    [
        (None, None, None),
        ({"place": "OSLO", "date": "2020", "agency": "ABC"}, {"place": "Oslo", "date": "2020", "agency": "abc"}, 1),
        ({"place": "OSLO", "date": None, "agency": None}, {"place": "OSLO", "date": "2020-01-02", "agency": None}, 0),
        ({"place": "OSLO", "date": None, "agency": None}, None, 0),
        (None, {"place": "OSLO", "date": None, "agency": None}, 0),
    ],
)  # fmt: skip
def test_datelines(wanted, given_, figure):
    assert score([gold(dateline=wanted)], [record(dateline=given_)]).to_dict()["datelines"] == figure


def test_events_are_one_to_one():
    twice = [{"actor_code": "NOR", "recipient_code": "EU", "type": "CONSULT"}] * 2
    assert score([gold()], [record(events=twice)]).events.to_dict() == {"p": 0.5, "r": 1.0, "f1": 2 / 3}


def test_format_score_names_every_figure():
    text = format_score(score([gold()], [record()]))
    for name in ("statements", "who-said-what", "nested recall", "provenance recall", "events"):
        assert name in text
    assert "none in gold" in text


def equal(ours, theirs):
    """The script leaves counts out that it never met; ours are all there."""
    full = {name: 0 for name in RecordScore.__slots__ if name != "articles"}
    return ours == theirs | {"counts": full | theirs["counts"]}


@st.composite
def statements(draw, speakers, prefix):
    places = st.integers(0, len(TEXT))
    spans = st.lists(st.tuples(places, places).map(sorted), max_size=2)
    out = []
    for index in range(draw(st.integers(0, 4))):
        parents = st.sampled_from([None, *(s["id"] for s in out)])
        through = st.sampled_from([None, [], ["Herald"], ["the Herald", "Post"]])
        made = {"content": draw(spans), "speaker": draw(st.sampled_from(speakers)), "parent": draw(parents)}
        out.append({"id": f"{prefix}{index}", **made, "through": draw(through)})
    return out


DATELINES = st.none() | st.fixed_dictionaries(
    {"place": st.sampled_from([None, "OSLO", "oslo"]), "date": st.sampled_from([None, "2020"]), "agency": st.none()}
)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_equal_to_the_script_on_anything(load_script, data):
    script = load_script("record")
    speakers = [None, "Ana Lindt", "the guards", "Northern Transport Board", "Nobody | Ana Lindt", "Else"]
    row = gold(statements=data.draw(statements(speakers, "g")), dateline=data.draw(DATELINES))
    made = record(statements=data.draw(statements([None, "e1", "e2", "e9"], "s")), dateline=data.draw(DATELINES))
    rows, records = [row, gold(id="b")], [made]
    assert equal(score(rows, records).to_dict(), script.score(rows, records))


def as_record(row, dice, rate):
    """A gold row as the record a reader might have made of it."""
    names = {entity["name"]: f"e{index}" for index, entity in enumerate(row["entities"])}
    entities = [
        {"id": names[e["name"]], "name": e["name"], "named": e.get("named", True), "aliases": e.get("mentions", [])[:1]}
        for e in row["entities"]
    ]
    made = []
    for statement in row["statements"]:
        if dice.random() < rate:
            continue
        shift = dice.choice([0, 10, 60]) if dice.random() < rate else 0
        content = [[max(0, s - shift), e] for s, e in statement["content"]]
        speaker = names.get(statement["speaker"]) if dice.random() > rate else dice.choice([*names.values(), None])
        made.append({**statement, "content": content, "speaker": speaker})
    kept = {statement["id"] for statement in made}
    made = [s | {"parent": s["parent"] if s["parent"] in kept else None} for s in made]
    events = [
        {"actor_code": e["actor"], "recipient_code": e["recipient"], "type": e["type"]}
        for e in row["events"]
        if dice.random() > rate
    ]
    dateline = row["dateline"] if dice.random() > rate else None
    return {"id": row["id"], "entities": entities, "statements": made, "events": events, "dateline": dateline}


@pytest.mark.parametrize("rate", [0, 0.2, 0.6])
def test_equal_to_the_script_on_real_gold(load_script, shared_data, rate):
    script = load_script("record")
    with shared_data("wires", "dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    dice = random.Random(5)
    records = [as_record(row, dice, rate) for row in rows]
    ours = score(rows, records).to_dict()
    assert equal(ours, script.score(rows, records))
    assert ours["who-said-what"]["f1"] > 0.1
