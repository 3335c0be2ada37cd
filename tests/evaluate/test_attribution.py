import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import GoldError
from onrecord.evaluate.attribution import format_score, load_gold, quote_of, right_predictions, score

TEXT = 'Rain fell. Ana Lindt said the road is closed. "We wait," Lindt said.'


def spans(text, *parts):
    return [[text.index(part), text.index(part) + len(part)] for part in parts]


def attribution(text, source, cue, content):
    return {
        "source": spans(text, *source) if source else [],
        "cue": spans(text, *cue) if cue else [],
        "content": spans(text, *content),
    }


FIRST = attribution(TEXT, ["Ana Lindt"], ["said"], ["the road is closed"])
SECOND = attribution(TEXT, ["Lindt said."], [], ['"We wait,"'])
SECOND["source"] = [[TEXT.rindex("Lindt"), TEXT.rindex("Lindt") + 5]]


def article(*attributions, name="a", text=TEXT):
    return {"id": name, "text": text, "attributions": list(attributions)}


def one(gold, predicted):
    return score([article(*gold)], [article(*predicted)])


def test_perfect_prediction_is_perfect():
    result = one([FIRST, SECOND], [SECOND, FIRST])
    assert result.overlap.f1 == result.exact.f1 == result.tokens["source"].f1 == 1
    assert result.to_dict()["counts"] == {"articles": 1, "gold": 2, "predicted": 2}


def test_nothing_predicted_is_zero_not_an_error():
    result = score([article(FIRST)], [])
    assert result.overlap.to_dict() == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert result.overlap.gold == 1


def test_tokens_count_words_and_forgive_punctuation():
    predicted = dict(FIRST, content=spans(TEXT, "the road is closed. "), source=spans(TEXT, "Ana"))
    result = one([FIRST], [predicted])
    assert result.tokens["content"].f1 == 1
    assert result.tokens["source"].to_dict() == {"p": 1.0, "r": 0.5, "f1": 2 / 3}


def test_overlap_takes_half_and_exact_does_not():
    result = one([FIRST], [dict(FIRST, content=spans(TEXT, "the road"))])
    assert (result.overlap.hits, result.exact.hits) == (1, 0)
    assert one([FIRST], [dict(FIRST, content=spans(TEXT, "the"))]).overlap.hits == 0


def test_overlap_needs_the_source_too():
    assert one([FIRST], [dict(FIRST, source=spans(TEXT, "Rain"))]).overlap.hits == 0
    assert one([FIRST], [dict(FIRST, source=[])]).overlap.hits == 0
    assert one([dict(FIRST, source=[])], [dict(FIRST, source=[])]).exact.hits == 1


def test_cue_is_not_compared():
    assert one([FIRST], [dict(FIRST, cue=[])]).exact.hits == 1


def test_pairing_is_one_to_one():
    result = one([FIRST], [FIRST, FIRST])
    assert (result.overlap.hits, result.overlap.p, result.overlap.r) == (1, 0.5, 1.0)


def test_pairing_takes_the_best_overlap_first():
    worse = dict(FIRST, content=spans(TEXT, "the road is"))
    result = one([worse, FIRST], [FIRST])
    assert result.overlap.hits == result.exact.hits == 1


def test_right_predictions_are_named_by_index():
    wrong = dict(FIRST, source=spans(TEXT, "Rain"))
    assert right_predictions(article(FIRST, SECOND), article(wrong, SECOND, FIRST, FIRST)) == {1, 2}


def test_recall_by_quote_type():
    recall = one([FIRST, SECOND], [SECOND]).to_dict()["recall"]
    assert recall == {"direct": {"r": 1.0, "n": 1}, "indirect": {"r": 0.0, "n": 1}, "mixed": {"r": 0.0, "n": 0}}


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ('"We wait," he said.', '"We wait,"', "direct"),
        ("He said they wait.", "they wait", "indirect"),
        ('He said they "wait and see" now.', 'they "wait and see" now', "mixed"),
        ("Il dit « on attend ».", "« on attend »", "direct"),
        ("„Wir warten“, sagte er.", "„Wir warten“", "indirect"),  # “ opens anew in this plain rule
        ("He said “…”.", "…", "indirect"),
    ],
)
def test_quote_of(text, content, expected):
    assert quote_of(text, spans(text, content)) == expected


def test_unknown_and_doubled_predictions_are_refused():
    with pytest.raises(GoldError, match="zzz"):
        score([article(FIRST)], [article(name="zzz")])
    with pytest.raises(GoldError, match="twice"):
        score([article(FIRST)], [article(FIRST), article(FIRST)])


def test_format_score_names_every_figure():
    lines = format_score(one([FIRST, SECOND], [SECOND])).splitlines()
    assert [line.split()[0] for line in lines] == ["counts", "source", "cue", "content", "overlap", "exact", "recall"]
    assert "P 1.000  R 0.500  F1 0.667" in lines[4]


def test_load_gold_reads_what_it_was_given(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\ufeff" + json.dumps(article(FIRST)) + "\n\n", encoding="utf-8")
    assert load_gold(path) == [article(FIRST)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"id": 3}', "field id must be a string"),
        ('{"id": "b", "text": "x"}', "field attributions must be a list"),
        ('{"id": "b", "text": "x", "attributions": [1]}', r"attributions\[0\] must be an object"),
        ('{"id": "b", "text": "x", "attributions": [{"source": []}]}', r"attributions\[0\]\.cue must be a list"),
        ('{"id": "b", "text": "x", "attributions": [{"source": [[0]], "cue": []}]}', "is not"),
        ('{"id": "b", "text": "x", "attributions": [{"source": [[0, 2]], "cue": []}]}', "outside the text"),
        ('{"id": "b", "text": "x", "attributions": [{"source": [[0, true]], "cue": []}]}', "is not"),
        (json.dumps(article(FIRST)), "is that of line 1"),
    ],
)
def test_load_gold_names_the_line_and_the_field(tmp_path, line, message):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(article(FIRST)) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=message) as caught:
        load_gold(path)
    assert str(caught.value).startswith(f"{path}:2: ")


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_load_gold_refuses_files_that_hold_none(tmp_path, content):
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GoldError, match=r"gold\.jsonl"):
        load_gold(path)


@st.composite
def articles(draw):
    text = draw(st.text(alphabet="ab é_1.,'\"“”«»„\n", min_size=1, max_size=40))
    at = st.integers(0, len(text))
    span = st.tuples(at, at).map(sorted).filter(lambda s: s[0] < s[1])
    role = st.lists(span, max_size=2)
    made = st.lists(st.fixed_dictionaries({"source": role, "cue": role, "content": role}), max_size=4)
    return article(*draw(made), text=text), article(*draw(made))


@settings(max_examples=300, deadline=None)
@given(pairs=st.lists(articles(), max_size=3), missing=st.booleans())
def test_equal_to_the_script_on_anything(load_script, pairs, missing):
    script = load_script("attribution")
    gold = [dict(g, id=str(i)) for i, (g, _) in enumerate(pairs)]
    predicted = [dict(p, id=str(i)) for i, (_, p) in enumerate(pairs)][missing:]
    assert score(gold, predicted).to_dict() == script.score(gold, predicted)


def perturbed(rows, rate, seed):
    """Copies of gold with spans moved, sources lost, attributions dropped and doubled."""
    dice = random.Random(seed)

    def moved(spans):
        shift = dice.choice([0, 0, 1, 7, 30]) if dice.random() < rate else 0
        return [[max(0, s - shift), e] for s, e in spans]

    out = []
    for row in rows:
        kept = [a for a in row["attributions"] if dice.random() > rate / 2]
        kept += [a for a in kept if dice.random() < rate / 4]
        made = [{role: moved(a[role]) if dice.random() > rate / 4 else [] for role in a} for a in kept]
        out.append({"id": row["id"], "attributions": made})
    return out


@pytest.mark.parametrize("rate", [0, 0.3, 0.9])
def test_equal_to_the_script_on_real_gold(load_script, shared_data, rate):
    script = load_script("attribution")
    gold = load_gold(shared_data("polnear", "dev.jsonl"))
    predicted = perturbed(gold, rate, seed=3)
    ours = score(gold, predicted).to_dict()
    assert ours == script.score(gold, predicted)
    assert ours["overlap"]["f1"] > 0.2
