from onrecord.annotate.event_words import asked
from onrecord.records import Scene, Span

TEXT = "Berg spoke. They seek\nany excuse against Norland."


def at(words: str) -> Span:
    return TEXT.index(words), TEXT.index(words) + len(words)


SENTENCE = (12, len(TEXT))
SCENE = Scene(SENTENCE, at("Berg"), (("e1", (at("Berg"),)), ("e2", (at("Norland"),))), ((0, 1), (1, 0)))


def test_the_lead_is_read_before_the_sentence_and_marks_stand_on_the_participants() -> None:
    given = asked(TEXT, SCENE)
    assert given is not None
    assert given.led == 2  # Berg :
    assert [m.tolist() for m in given.members] == [[0], [len(given.first) - 2]]
    assert given.marks().sum() >= 2
    assert given.pool().sum(1).tolist() == [1.0, 1.0]


def test_words_of_the_sentence_lead_back_to_the_article() -> None:
    given = asked(TEXT, SCENE)
    assert given is not None
    ((begin, end),) = given.ranges([at("any excuse")])
    assert given.span(begin, end) == at("any excuse")


def test_who_stands_beyond_the_networks_reach_is_not_asked_about() -> None:
    text = "Norland " + "word " * 400 + "Sudria"
    far = Scene((0, len(text)), None, (("e1", ((0, 7),)), ("e2", ((len(text) - 6, len(text)),))), ((0, 1),))
    assert asked(text, far) is None
