"""Labels of a transcript as sources."""

from onrecord.annotate.drafts import Draft
from onrecord.annotate.transcripts import with_labels

TEXT = "A talk follows:\n\nBRANDT: It is late.\n\nOKORO: It is not, Brandt says.\n"


def spans(text: str, *parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


def draft(source: str, content: str) -> Draft:
    return Draft(spans(TEXT, source), spans(TEXT, "follows"), spans(TEXT, content), 0.9)


def told(found: Draft) -> tuple[str, str, str]:
    source, cue, content = (" | ".join(TEXT[a:b] for a, b in part) for part in (found.source, found.cue, found.content))
    return source, cue, content


def test_what_begins_behind_a_label_or_with_it_is_its_speakers() -> None:
    for content in ("It is late.", "BRANDT: It is late."):
        (found,) = with_labels(TEXT, [draft("A talk", content)])
        assert told(found) == ("BRANDT", ":", "It is late.")


def test_nothing_behind_the_next_label_is_said() -> None:
    (found,) = with_labels(TEXT, [draft("A talk", "It is late.\n\nOKORO: It is not")])
    assert told(found) == ("BRANDT", ":", "It is late.")


def test_other_statements_and_texts_with_one_label_stay() -> None:
    inner = draft("Brandt says", "It is not")
    assert with_labels(TEXT.replace("OKORO: It", "OKORO : It"), [inner]) == [inner]
    elsewhere = draft("Brandt says", "is not")
    assert with_labels(TEXT, [elsewhere]) == [elsewhere]
