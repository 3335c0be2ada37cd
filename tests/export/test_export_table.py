import io
from dataclasses import replace

import pytest
from lxml import html
from rich.console import Console

from onrecord.export.table import html_table, print_records, statements_table
from onrecord.export.wording import certainty, nested, one_line, shorten, tidy
from onrecord.records import Article, Entity, Mention, Record, Statement


def shown(*records, width=120, **options):
    stream = io.StringIO()
    print_records(records, Console(file=stream, width=width, **options))
    return stream.getvalue()


def test_table_shows_speakers_cues_and_confidence(record):
    text = shown(record)
    for part in ("Ilse Varen", "tell us", "indirect", "sure 0.93", "likely 0.66", "check 0.48", record.article.title):
        assert part in text


def test_markup_in_the_article_is_text(record):
    assert "[who asked" in shown(record, width=160)
    assert "[bold]" in shown(replace(record, article=replace(record.article, title="[bold]x[/nope]")))


def test_nested_stand_under_their_parent(record):
    rows = [line for line in shown(record, width=160).splitlines() if "↳" in line]
    assert [row.split()[1:4] for row in rows] == [["unnamed:", "The", "envoys"], ["unnamed:", "Our", "pilots"]]


def cells(record):
    """The notebook table's cells, a list of rows."""
    rows = html.fromstring(html_table(record)).xpath(".//tbody/tr")
    return [[cell.text_content() for cell in row] for row in rows]


def test_speakers_stand_with_the_articles_own_words(record):
    assert [row[0] for row in cells(record)] == [
        "Ilse Varen",  # "Foreign Minister Ilse Varen" holds the name
        'Ilse Varen? ("she")',
        'Ilse Varen? ("she")',
        "↳ unnamed: The envoys",
        "↳ unnamed: Our pilots",
        "unnamed: a senior official [who asked not to be named]",
        'Ilse Varen ("Varen added")',
    ]


def test_a_pronoun_that_nothing_settles_is_unresolved(record):
    they = Entity("e1", "They", "other", False, mentions=(Mention((0, 4), "pronoun"),))
    assert cells(replace(record, entities=(they,)))[0][0].startswith("unresolved: They")
    lost = replace(record.statements[1], speaker=None, speaker_confidence=None)
    assert cells(replace(record, statements=(lost,)))[0][0] == "unresolved: she"


def test_provenance_has_a_column_where_any_statement_has_one(record):
    said = replace(record.statements[0], said_on="2020-11-02", addressee="e3")
    (row,) = cells(replace(record, statements=(said,)))
    assert row[4] == "Harbour Post, interview, to The envoys, Nov 2"
    bare = replace(record, statements=record.statements[3:])
    assert {len(row) for row in cells(record)} == {6}
    assert {len(row) for row in cells(bare)} == {5}
    assert "provenance" in shown(record, width=120)
    assert "provenance" not in shown(bare, width=120)


def test_in_a_narrow_terminal_provenance_stands_under_the_content(record):
    text = shown(record, width=80)
    assert "provenance" not in text
    assert "· Harbour Post," in text


def test_nothing_steers_the_terminal(record):
    text = record.article.text.replace("Ilse", "\x1b[2J")
    assert "\x1b" not in shown(replace(record, article=replace(record.article, text=text, title="a\x1b]0;b\x07")))


def test_lone_surrogates_can_be_printed(record):
    shown(replace(record, article=replace(record.article, title="t\ud800"))).encode("utf-8")


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_table_keeps_within_the_terminal(record, width):
    assert max(map(len, shown(record, width=width).splitlines())) <= width
    assert "0.93" in shown(record, width=width)


def test_table_without_width(record):
    assert statements_table(record).row_count == len(record.statements)


def test_article_without_statements(record):
    assert "no statements" in shown(Record(Article("a", "Nothing."), (), ()))


def test_html_table_escapes(record):
    evil = replace(record, article=replace(record.article, title="<script>x</script>", outlet="\ud800"))
    table = html_table(evil)
    table.encode("utf-8")
    parsed = html.fromstring(table)
    assert not parsed.xpath(".//script")
    assert len(parsed.xpath(".//tbody/tr")) == len(record.statements)
    assert "a senior official [who asked not to be named]" in parsed.text_content()


@pytest.mark.parametrize(("confidence", "word"), [(1, "sure"), (0.85, "sure"), (0.84, "likely"), (0.59, "check")])
def test_certainty(confidence, word):
    assert certainty(confidence) == word


def test_shorten_keeps_head_and_tail():
    text = "The first words matter most of all, and " * 5 + "the last ones too."
    short = shorten(text, 60)
    assert len(short) <= 60
    assert short.startswith("The first words")
    assert short.endswith("ones too.")
    assert shorten("short", 60) == "short"
    assert len(shorten("x" * 100, 20)) <= 20


def test_one_line():
    assert one_line(" a\n\tb\u202e\x00c ") == "a b c"


def test_tidy_joins_and_clamps():
    assert tidy(((5, 9), (1, 3), (3, 4), (8, 99), (7, 7), (6, 2)), 10) == [(1, 4), (5, 10)]


def test_nested_goes_as_deep_as_it_must():
    chain = [Statement(f"s{i}", (), (), (), "direct", None, f"s{i - 1}" if i else None, 0.5) for i in range(3000)]
    record = Record(Article("a", ""), (), tuple(chain))
    assert [depth for _, depth in nested(record)] == list(range(3000))
