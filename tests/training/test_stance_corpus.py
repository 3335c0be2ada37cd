import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

from onrecord.training.event_corpus import collate
from onrecord.training.stance_corpus import fold_of, from_newsmtsc

ROW = {
    "id": "news_7_3_1_Ann Berg_0_8",
    "sentence": "Ann Berg called Norland a bully.",
    "targets": [{"start": 0, "end": 8, "polarity": 0}, {"start": 16, "end": 23, "polarity": -1}],
}


def test_each_target_of_a_sentence_is_one_attitude_and_no_pair_is_asked() -> None:
    (lesson,) = from_newsmtsc([ROW])
    assert (lesson.told, lesson.felt) == ((), ((0, 1), (1, 0)))
    batch = collate([lesson, lesson])
    assert batch.felt_at.tolist() == [0, 0, 1, 1]
    assert batch.attitude.tolist() == [1, 0, 1, 0]
    assert len(batch.at) == 0


def test_sentences_of_one_article_are_in_the_same_part() -> None:
    assert fold_of(ROW, 5) == fold_of({"id": "news_7_3_9_Norland_4_11"}, 5)
