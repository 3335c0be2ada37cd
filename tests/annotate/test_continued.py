"""A quotation left open at a paragraph's end goes on in the next."""

from onrecord.annotate.continued import continue_quotations
from onrecord.annotate.drafts import Draft
from onrecord.annotate.quotes import quoted_spans
from onrecord.paragraphs import paragraphs
from onrecord.records import Spans


def draft(text: str, *contents: str) -> Draft:
    spans = tuple((text.index(c), text.index(c) + len(c)) for c in contents)
    return Draft(((0, 1),), ((1, 2),), spans, 0.9)


def contents(text: str, drafts: list[Draft]) -> list[list[str]]:
    blocks = paragraphs(text)

    def cut(spans: Spans) -> list[str]:
        return [text[a:b] for a, b in spans]

    return [cut(d.content) for d in continue_quotations(text, drafts, blocks, quoted_spans(text, blocks))]


def test_opened_paragraphs_belong_to_the_statement_that_was_left_open() -> None:
    text = "He said: “We came.\n\n“We saw.\n\n“We left.”\n\n“Others stayed.”"
    assert contents(text, [draft(text, "“We came.")]) == [["“We came.", "“We saw.", "“We left.”"]]


def test_a_closed_quotation_does_not_go_on() -> None:
    text = "He said: “We came.”\n\n“We saw.”"
    assert contents(text, [draft(text, "“We came.”")]) == [["“We came.”"]]


def test_a_paragraph_with_a_statement_of_its_own_keeps_it() -> None:
    text = "He said: “We came.\n\n“We saw,” she said."
    found = contents(text, [draft(text, "“We came."), draft(text, "“We saw,”")])
    assert found == [["“We came."], ["“We saw,”"]]


def test_a_paragraph_without_marks_ends_it() -> None:
    text = "He said: “We came.\n\nThen it rained."
    assert contents(text, [draft(text, "“We came.")]) == [["“We came."]]


def test_paragraphs_left_open_above_belong_to_the_statement_that_closes_them() -> None:
    text = "“We came.\n\n“We saw. We looked.\n\n“We left,” he said."
    assert contents(text, [draft(text, "We looked.", "“We left,”")]) == [
        ["“We came.", "“We saw. We looked.", "“We left,”"]
    ]


def test_what_another_said_is_not_taken() -> None:
    text = "“We came,” she said. “And more.\n\n“We left,” he said."
    found = contents(text, [draft(text, "“We came,”", "“And more."), draft(text, "“We left,”")])
    assert found == [["“We came,”", "“And more."], ["“We left,”"]]
