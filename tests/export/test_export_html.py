import re
import time
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from onrecord.export.html import render_page
from onrecord.export.wording import tidy, visible
from onrecord.records import Article, Entity, Evidence, Mention, Record, Statement

ROLES = ("source", "cue", "content")


def parse(page):
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def text_box(page, index=0):
    return parse(page).xpath("//div[@class='text']")[index]


def carried(box, role, key):
    """The words of all pieces that carry a role of a statement."""
    return "".join(piece.text for piece in box.xpath("./*") if key in piece.get(f"data-{role}", "").split())


def article(text, *statements, **changes):
    return Record(Article(changes.pop("id", "a"), text, **changes), (), statements)


def indirect(content, name="s1", **changes):
    fields = {"source": (), "cue": (), "quote": "indirect", "speaker": None, "parent": None, "confidence": 0.5}
    return Statement(id=name, content=content, **(fields | changes))


def test_text_is_shown_exactly(record):
    assert text_box(render_page([record])).text_content() == record.article.text


def test_every_span_is_marked(record):
    box = text_box(render_page([record]))
    for statement in record.statements:
        for role in ROLES:
            parts = [record.article.text[start:end] for start, end in getattr(statement, role)]
            assert carried(box, role, statement.id) == "".join(parts)


def test_every_marked_piece_names_its_statements(record):
    for piece in text_box(render_page([record])).xpath("./*[@data-s]"):
        named = {key for role in ROLES for key in piece.get(f"data-{role}", "").split()}
        assert named == set(piece.get("data-s").split())


def test_underline_tells_direct_from_indirect_and_mixes(record):
    box = text_box(render_page([record]))
    lines = {piece.text: piece.get("class") for piece in box.xpath("./*")}
    assert "solid" in lines['"There is,"']
    assert "dashed" in lines["Marenia will not reopen the northern strait before spring"]
    assert "solid" in lines['"frank & slow"']
    assert "dashed" in lines[" and would resume next week"]


def test_nested_statements_stand_in_brackets(record):
    box = text_box(render_page([record]))
    (inside,) = box.xpath("./*[@data-open][1]")
    assert (inside.text, inside.get("data-open"), inside.get("data-close")) == ("that the blockade is over", "[", "]")
    assert inside.get("data-content") == "s3a s3"
    assert "inner-dashed" in inside.get("class")


def test_a_piece_lights_the_innermost_statement_it_is_part_of(record):
    box = text_box(render_page([record]))
    lit = {piece.text: piece.get("data-on") for piece in box.xpath("./*[@data-s]")}
    assert lit["The envoys"] == "s3a"
    assert lit["that the blockade is over"] == "s3a"
    assert lit["she"] is None  # all of its statements


def test_cards_are_linked_and_nested(record):
    page = parse(render_page([record]))
    cards = page.xpath("//li[@data-card]")
    assert [card.get("id") for card in cards] == [f"wire-1/{s.id}" for s in record.statements]
    envoys = page.get_element_by_id("wire-1/s3a")
    assert envoys.xpath(".//a[@class='within']/@href") == ["#wire-1/s3"]
    assert envoys.xpath(".//a[@class='permalink']/@href") == ["#wire-1/s3a"]
    assert "likely 0.71" in envoys.text_content()
    assert "The envoys" in envoys.text_content()


def test_header_names_the_article(record):
    header = parse(render_page([record])).xpath("//article/header")[0].text_content()
    for fact in (record.article.title, "Coral News Agency", "Nov 3, 2020", "PORT AVEL", "7 statements", "2 nested"):
        assert fact in header


def test_ids_are_unique_and_links_lead_somewhere(record):
    strange = article("x y", indirect(((0, 1),), "a b"), indirect(((0, 1),), "title"), id='odd "id"/s1 é')
    page = parse(render_page([record, record, strange]))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", name) for name in ids)
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    assert set(page.xpath("//@aria-describedby")) <= set(ids)


def test_script_in_the_text_is_inert():
    evil = "<script>alert(1)</script> </div> {{ 7 * 7 }} <img src=x onerror=alert(1)> &amp; '\""
    made = article(
        evil, indirect(((0, 30),)), title=evil, outlet=evil, url="javascript:alert(1)", id=evil, language=evil
    )
    page = render_page([made])
    assert text_box(page).text_content() == evil
    assert len(parse(page).xpath("//script")) == 1
    assert not parse(page).xpath("//img | //@onerror | //a[starts-with(@href, 'javascript')]")


def test_page_asks_for_nothing(record):
    page = render_page([record])
    assert not re.findall(r"(?:src|@import|url\()\s*=?\s*[\"']?(?:https?:)?//", page)
    assert "default-src 'none'" in page
    assert parse(page).xpath("//link/@href") == ["data:,"]


def test_same_records_same_page(record):
    assert render_page([record]) == render_page([deepcopy(record)])


def test_whitespace_stays(record):
    text = "\n\n  a\tb\r\nc\r\n\n d\x85e\u2028f  \n"
    assert text_box(render_page([article(text, indirect(((3, 9),)))])).text_content() == text


def test_what_html_cannot_carry_is_replaced_one_for_one():
    page = render_page([article("a\ud800b\x00c\x1bd", title="t\udfff", outlet="\ud800", id="\ud800")])
    page.encode("utf-8")
    assert text_box(page).text_content() == "a\ufffdb␀c␛d"


def test_statements_without_content_or_in_circles_are_kept():
    odd = [
        indirect((), "s1", parent="s2"),
        indirect((), "s2", parent="s1"),
        indirect(((5, 2), (9, 99)), "s3", parent="?"),
    ]
    page = parse(render_page([article("abc", *odd)]))
    assert sorted(page.xpath("//li/@data-card")) == ["s1", "s2", "s3"]


def test_an_article_without_statements_says_so():
    page = parse(render_page([article("Nothing said.")]))
    assert "No statements" in page.xpath("//aside")[0].text_content()


def test_empty_page():
    assert "no articles" in render_page([])


def many_statements(count):
    """A text of `count` sentences, each with a statement that holds another."""
    sentence = 'Vice-consul Orr said the guards claim "the gate is shut" at noon.\n'
    statements = []
    mentions = []
    for number in range(count):
        at = number * len(sentence)
        mentions += [Mention((at, at + 15), "description"), Mention((at + 25, at + 31), "pronoun")]
        evidence = (Evidence("said_on", "2020-11-03", (at + 58, at + 62)), Evidence("venue", "gate", (0, 4), True))
        role = {"source": ((at, at + 15),), "cue": ((at + 16, at + 20),), "quote": "mixed"}
        role |= {"speaker": "e1", "said_on": "2020-11-03", "venue": "gate", "provenance": evidence}
        statements.append(indirect(((at + 21, at + 64),), f"s{number}", **role))
        statements.append(indirect(((at + 38, at + 56),), f"s{number}a", parent=f"s{number}"))
    orr = Entity("e1", "Orr", "person", True, mentions=tuple(mentions))
    return replace(article(sentence * count, *statements), entities=(orr,))


def test_long_texts_take_linear_time():
    def seconds(count):
        record = many_statements(count)
        start = time.process_time()
        render_page([record])
        return time.process_time() - start

    seconds(50)
    assert seconds(4000) < 30 * seconds(400)


@st.composite
def records(draw):
    text = draw(st.text(st.characters() | st.sampled_from("\r\n\t\0\x1b<>&\"'“”«»‘’[{"), max_size=60))
    place = st.integers(-2, len(text) + 3)
    role = st.lists(st.tuples(place, place), max_size=3).map(tuple)
    statements = []
    for number in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([None, "s0", "s1", "s9"]))
        quote = draw(st.sampled_from(["direct", "indirect", "mixed"]))
        fields = {name: draw(role) for name in ROLES}
        statements.append(Statement(f"s{number}", **fields, quote=quote, speaker=None, parent=parent, confidence=0.5))
    span = st.tuples(place, place)
    mentions = st.lists(st.builds(Mention, span, st.sampled_from(["name", "pronoun", "description"])), max_size=4)
    entities = tuple(
        Entity(name, draw(st.text(max_size=9)), "person", draw(st.booleans()), mentions=tuple(draw(mentions)))
        for name in draw(st.sampled_from([(), ("e1",), ("e1", "s0 x"), ("title", "s0")]))
    )
    statements = [
        replace(
            statement,
            speaker=draw(st.sampled_from([None, "e1", "title", "?"])),
            speaker_confidence=draw(st.sampled_from([None, 0.5, 0.7, 0.9])),
            through=("A",),
            provenance=(Evidence("through", "A", draw(span), draw(st.booleans())),),
        )
        for statement in statements
    ]
    return replace(article(text, *statements), entities=entities)


@settings(max_examples=150, deadline=None)
@given(record=records())
def test_any_text_and_any_spans_round_trip(record):
    page = render_page([record])
    page.encode("utf-8")
    box, text = text_box(page), record.article.text
    assert box.text_content() == visible(text)
    ids = parse(page).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in parse(page).xpath("//a/@href")} <= set(ids)
    for statement in record.statements:
        for role in ROLES:
            parts = [visible(text[start:end]) for start, end in tidy(getattr(statement, role), len(text))]
            assert carried(box, role, statement.id) == "".join(parts)


@pytest.mark.parametrize(
    ("text", "solid"),
    [
        ("he “waits” now", ["“waits”"]),
        ("he «waits» now", ["«waits»"]),
        ("he 'waits' doesn't", ["'waits'"]),
        ("he ‘doesn’t wait’ now", ["‘doesn’t wait’"]),
        ('he "waits and', ['"waits and']),
        ("no marks", []),
    ],
)
def test_quoted_words_of_a_mixed_content_are_solid(text, solid):
    page = render_page([article(text, indirect(((0, len(text)),), quote="mixed"))])
    assert [piece.text for piece in text_box(page).xpath("./*[contains(@class, 'solid')]")] == solid


def test_articles_of_one_page_keep_apart(record):
    second = replace(record, article=replace(record.article, id="wire-2"))
    page = render_page([record, second])
    assert len(parse(page).xpath("//nav//a")) == 2
    assert text_box(page, 1).text_content() == record.article.text


def said_of(piece):
    """What a mention says on hover, line by line."""
    return piece.get("title").split("\n")


def pieces(record, words):
    """The pieces of the text with exactly these words."""
    return [piece for piece in text_box(render_page([record])).xpath("./*") if piece.text == words]


def test_a_pronoun_says_whom_it_means_and_what_named_them(record):
    (she,) = pieces(record, "she")
    assert said_of(she) == [
        "Ilse Varen",
        "person · Foreign Minister · MRN",
        "last named before as “Ilse Varen”",
        "as the speaker: check 0.55",
    ]
    (name,) = pieces(record, "Ilse Varen")
    assert she.get("data-by") == name.get("id")
    assert she.get("href") == "#wire-1/e1"


def test_the_whole_source_means_its_speaker(record):
    (title,) = pieces(record, "Foreign Minister ")
    assert said_of(title)[0] == "Ilse Varen"
    assert title.get("tabindex") == "-1"  # the name beside it is where the tab key stops


def test_who_is_not_named_is_told_by_words_and_shape(record):
    (official,) = pieces(record, "a senior official [who asked not to be named]")
    assert "unnamed" in official.get("class").split()
    assert "not named in the article" in said_of(official)
    page = parse(render_page([record]))
    assert "not named" in page.get_element_by_id("wire-1/s4").text_content()
    assert "not named" not in page.get_element_by_id("wire-1/s1").text_content()


def test_a_speaker_to_check_is_told_by_words_and_shape(record):
    (she,) = pieces(record, "she")
    assert "unsure" in she.get("class").split()
    (name,) = pieces(record, "Ilse Varen")
    assert "unsure" not in name.get("class").split()
    assert "who: ●○○ check 0.55" in parse(render_page([record])).get_element_by_id("wire-1/s2").text_content()


def test_nobody_resolved_is_told(record):
    lost = replace(record, statements=(replace(record.statements[1], speaker=None),))
    (she,) = pieces(replace(lost, entities=()), "she")
    assert "unresolved" in she.get("class").split()
    assert "not resolved" in she.get("title")
    assert "not resolved" in parse(render_page([lost])).get_element_by_id("wire-1/s2").text_content()


def test_links_of_a_ribbon_lead_to_their_words(record):
    page = parse(render_page([record]))
    for link in page.xpath("//*[@class='ribbon']//a"):
        words = page.get_element_by_id(link.get("href")[1:])
        assert link.get("data-words") in words.get("data-w").split()
    card = page.get_element_by_id("wire-1/s1")
    assert card.xpath(".//ol[@class='chain']/li/*/text()") == [
        "Ilse Varen",
        "Harbour Post",
        "CORAL",
        "Coral News Agency",
    ]
    assert card.xpath(".//ul[@class='around']/li/a/text()") == ["interview"]
    assert card.xpath(".//li[@class='outlet']/span/text()") == ["Coral News Agency"]  # stands nowhere in the text


def test_carried_provenance_is_said_to_be_from_an_earlier_statement(record):
    (venue,) = parse(render_page([record])).xpath("//*[@id='wire-1/s2']//li[@class='venue carried']")
    assert "earlier statement" in venue.text_content()


def test_everybody_meant_is_listed_with_the_words_for_them(record):
    row = parse(render_page([record])).get_element_by_id("wire-1/e1")
    assert row.xpath(".//p[@class='words']/a/text()") == ["Ilse Varen", "she", "Varen"]
    assert row.xpath(".//a[@class='fact']/@href") == ["#wire-1/s1"]
    assert "4 statements" in row.text_content()


def test_a_datelines_day_without_a_year_is_shown_in_words(record):
    undated = replace(record.article.dateline, date="--11-03")
    page = parse(render_page([replace(record, article=replace(record.article, dateline=undated))]))
    assert page.xpath("//*[@class='place']")[0].text_content() == "dateline PORT AVEL · Nov 3 · CORAL"
