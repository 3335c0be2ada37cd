import pytest

from onrecord.annotate.drafts import Draft, with_cue_trimmed


@pytest.mark.parametrize(
    ("cue", "kept"),
    [("said in an", "said"), ("told the", "told"), ("said", "said"), ("according to", "according to"), ("The", "The")],
)
def test_a_cue_ends_before_the_words_that_open_what_follows_it(cue: str, kept: str) -> None:
    text = f"The minister {cue} interview"
    start = len("The minister ")
    draft = with_cue_trimmed(Draft(((0, 12),), ((start, start + len(cue)),), (), 0.9), text)
    assert [text[a:b] for a, b in draft.cue] == [kept]
