import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from onrecord.annotate.events import TYPES
from onrecord.training.corpus import load
from onrecord.training.event_corpus import ANNOTATED, BORDERS, OWN, collate, from_annotated, from_own, from_plv

TEXT = "Norland expelled two envoys of Sudria."


def test_a_tagged_sentence_gives_its_pair_its_type_and_its_trigger() -> None:
    (lesson,) = from_own([{"text": "<a>Norland</a> <t>expelled</t> two envoys of <r>Sudria</r>.", "type": "SANCTION"}])
    assert [t.pair for t in lesson.told] == [(0, 1), (1, 0)]
    batch = collate([lesson])
    assert TYPES[int(batch.types[0].nonzero()[0])] == "SANCTION"
    assert batch.trigger[0].nonzero().flatten().tolist() == [1]


def test_what_plv_calls_by_one_name_may_be_either_of_ours() -> None:
    row = {"sentence": TEXT, "source_spans": [[0, 7]], "target_spans": [[31, 37]], "root": "YIELD"}
    (lesson,) = from_plv([row])
    assert {TYPES[k] for k in lesson.told[0].types} == {"CONCEDE", "RETREAT"}


def test_pairs_without_an_event_in_annotated_news_are_lessons_too() -> None:
    row = {
        "id": "a", "sentence": [0, len(TEXT)], "lead": None, "participants": [[[0, 7]], [[31, 37]]],
        "codes": ["NOR", None], "pairs": [[0, 1], [1, 0]],
        "events": [{"pair": [0, 1], "type": "SANCTION", "status": "asserted", "trigger": [[8, 16]]}],
    }  # fmt: skip
    (lesson,) = from_annotated([row], {"a": TEXT})
    assert [bool(t.types) for t in lesson.told] == [True, False]
    assert list(from_annotated([row], {"a": TEXT}, coded=True)) == []


def test_our_own_files_can_be_read_whole() -> None:
    for path in (OWN, *BORDERS):
        own = load(path)
        assert len(list(from_own(own))) == len(own)
    assert all(
        set(row) == {"id", "sentence", "lead", "participants", "codes", "pairs", "events"} for row in load(ANNOTATED)
    )
