"""Windows met before are remembered, wherever they stand."""

from onrecord.annotate.memory import Memory, Reading, fingerprint
from onrecord.annotate.windows import Window
from onrecord.annotate.words import word_blocks

NOTHING = Reading((), ())


def window(text: str, inside: bool = False) -> Window:
    words = next(word_blocks(text, inside=inside))
    return Window(words, 0, len(words), 0, len(words))


def nothing(new: list[Window]) -> list[Reading]:
    return [NOTHING] * len(new)


def test_the_same_words_are_read_once() -> None:
    memory = Memory()
    asked: list[Window] = []

    def read(new: list[Window]) -> list[Reading]:
        asked.extend(new)
        return nothing(new)

    for text in ("Ada Brandt said so.", "Ivo Okoro denied it.", "Ada Brandt said so."):
        assert memory.recall([window(text)], read) == [NOTHING]
    assert len(asked) == 2
    assert (memory.read, memory.recalled) == (2, 1)


def test_words_count_where_they_stand_as_well_as_what_they_are() -> None:
    story = window("She said so.")
    same = [story, window("She said so."), window("  She said so.")]
    assert len({fingerprint(w) for w in same}) == 1
    half = Window(story.words, 0, len(story), 0, 2)
    other = [story, half, window("she said so."), window("“She said so.”"), window("She said so.", inside=True)]
    assert len({fingerprint(w) for w in other}) == len(other)


def test_the_least_recently_met_is_forgotten_first() -> None:
    memory = Memory(size=2)
    texts = ("One said so.", "Two said so.", "One said so.", "Three said so.", "One said so.", "Two said so.")
    for text in texts:
        memory.recall([window(text)], nothing)
    assert (memory.read, memory.recalled) == (4, 2)
    memory.forget()
    memory.recall([window("One said so.")], nothing)
    assert (memory.read, memory.recalled) == (1, 0)
