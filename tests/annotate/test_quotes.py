"""Quotation marks: what stands inside them, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quotes import quote_type, quoted_spans
from onrecord.paragraphs import is_hard_wrapped, paragraphs


def quoted(text: str) -> list[str]:
    return [text[a:b] for a, b in quoted_spans(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agree," she said.', ['"We agree,"']),
        ("“We agree,” she said.", ["“We agree,”"]),
        ("«Nous sommes d’accord», a-t-elle dit.", ["«Nous sommes d’accord»"]),
        ("„Einverstanden“, sagte sie.", ["„Einverstanden“"]),
        ("``We agree,'' she said.", ["``We agree,''"]),
        ("‘We agree,’ she said.", ["‘We agree,’"]),
        ("'We agree,' she said.", ["'We agree,'"]),
        ("“He called it a ‘mistake’ twice,” she said.", ["“He called it a ‘mistake’ twice,”"]),
        ('She wrote “no" by hand.', ['“no"']),
        ("“First.\n\n“Second,” he said.", ["“First.", "“Second,”"]),
    ],
)
def test_marks_of_every_kind(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister's aides didn't answer the parties' letters.",
        "the Joneses' house and the workers' union",
        "Rock 'n' roll of the '90s",
        "Tell 'em it’s late, ’tis over.",
        "He is 6'2\" tall.",
        "cut off here” and on it went",
    ],
)
def test_apostrophes_and_stray_marks_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ('"We agree," she said.', '"We agree,"', "direct"),
        ("She said they agree.", "they agree", "indirect"),
        ('She said they "fully agree" on it.', 'they "fully agree" on it', "mixed"),
    ],
)
def test_quote_type_goes_by_the_share_inside_the_marks(text: str, content: str, expected: str) -> None:
    start = text.index(content)
    spans = ((start, start + len(content)),)
    assert quote_type(text, spans, quoted_spans(text, paragraphs(text))) == expected


@given(st.text(alphabet="ab \n\"'“”‘’«»„.", max_size=80))
def test_quotations_are_sorted_disjoint_and_inside_a_paragraph(text: str) -> None:
    blocks = paragraphs(text)
    found = quoted_spans(text, blocks)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert all(any(p <= a < b <= q for p, q in blocks) for a, b in found)


def test_a_line_break_ends_a_paragraph() -> None:
    text = "One line.\nAnother.\n\n  A third. "
    assert [text[a:b] for a, b in paragraphs(text)] == ["One line.", "Another.", "A third."]


WRAPPED = """   The minister told reporters in the capital on Monday that the
talks would go on next week and that both sides had shown some
will to find a common ground on the tariffs now in dispute.
   He gave no date for the signing of an agreement, and aides of
his said none had been set so far.
"""


def test_wrapped_copy_has_the_paragraphs_its_indents_show() -> None:
    assert is_hard_wrapped(WRAPPED)
    found = [WRAPPED[a:b].split(maxsplit=1)[0] for a, b in paragraphs(WRAPPED)]
    assert found == ["The", "He"]


@given(st.text())
def test_paragraphs_cover_everything_that_is_not_blank(text: str) -> None:
    covered = "".join(text[a:b] for a, b in paragraphs(text))
    assert "".join(covered.split()) == "".join(text.split())
