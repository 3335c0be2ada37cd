"""What statements are about: the shipped topics, and a user's own."""

from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.records import Article, Record, Statement
from onrecord.topics.classify import SHOWN, with_topics
from onrecord.topics.own import distinguishing
from onrecord.topics.scheme import load, shipped
from onrecord.topics.terms import Terms


def topics(content: str, title: str | None = None, own: Path | None = None) -> list[str]:
    """The names of the topics of `content`, Ada Brandt said."""
    text = f"{content}, Ada Brandt said."
    statement = Statement(
        "s1", ((len(text) - 16, len(text) - 6),), (), ((0, len(content)),), "indirect", None, None, 1.0
    )
    scheme = load(own)
    (found,) = with_topics(Record(Article("a", text, title=title), (), (statement,)), scheme).statements
    assert len(found.topics) == len(found.topic_confidence)
    assert all(SHOWN <= confidence <= 1 for confidence in found.topic_confidence)
    assert sorted(found.topic_confidence, reverse=True) == list(found.topic_confidence)
    return [scheme.topics[code].name for code in found.topics]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("The embargo and the sanctions on Sudria will stay", "economic sanction"),
        ("OPEC will not raise its output of crude oil", "oil and gas"),
        ("The rebels broke the ceasefire and shelled our soldiers", "armed conflict"),
        ("The central bank will cut interest rates", "interest rates"),
        ("Refugees from the camp will be resettled", "refugees and internally displaced people"),
        ("Uranium enrichment will go on under the nuclear programme", "nuclear policy"),
    ],
)
def test_its_words_tell_a_topic(content: str, name: str) -> None:
    assert name in topics(content)


def test_without_words_of_any_topic_there_is_none() -> None:
    assert topics("It was a long walk and she liked it") == []


def test_topics_given_before_give_way_though_there_are_none_now() -> None:
    text = "It was a long walk and she liked it"
    before = Statement("s1", (), (), ((0, len(text)),), "indirect", None, None, 1.0)
    before = replace(before, topics=("medtop:20000642",), topic_confidence=(0.9,))
    (found,) = with_topics(Record(Article("a", text), (), (before,)), shipped()).statements
    assert (found.topics, found.topic_confidence) == ((), ())


def test_words_are_taken_by_the_longest_term_and_by_case() -> None:
    terms = Terms(shipped())
    names = {hit.code for hit in terms.find("He flew to the West Bank. Who said so? They fed the horses.")}
    assert "medtop:20000060" in names
    assert not names & {"medtop:20000274", "medtop:20000449", "medtop:20000350"}
    assert "medtop:20000350" in {hit.code for hit in terms.find("The Fed waits.")}
    assert not {hit.code for hit in terms.find("important")}


def test_of_a_topic_and_its_part_the_part_is_given() -> None:
    scheme = shipped()
    found = topics("The embargo and the sanctions on Sudria hurt relations with allies, the foreign ministry said")
    assert "economic sanction" in found
    assert not {scheme.topics[code].name for code in scheme.above("medtop:20000642")} & {*found}


def test_topics_are_found_by_code_name_and_words() -> None:
    scheme = shipped()
    for words in ("medtop:20000642", "20000642", "Economic sanction", "economic sanctions", "sanctions"):
        found = scheme.find(words)
        assert found is not None
        assert found.code == "medtop:20000642"
    assert scheme.find("cabbages") is None
    assert "medtop:20000642" in scheme.within("medtop:11000000")


def test_every_topic_leads_to_one_of_the_seventeen() -> None:
    scheme = shipped()
    tops = {code for code, topic in scheme.topics.items() if topic.broader is None}
    assert len(tops) == 17
    assert all({code, *scheme.above(code)} & tops for code in scheme.topics)


def test_own_topics_come_by_terms_and_by_examples(tmp_path: Path) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(
        '[[topics]]\nname = "Vole bridge"\nterms = ["Vole bridge"]\nbroader = "medtop:20000337"\n'
        '[[topics]]\nname = "lighthouses"\nexamples = ["The lighthouse on the cliff is to be automated", '
        '"Keepers of the lighthouse will strike", "A lighthouse has burnt"]\n'
    )
    assert "Vole bridge" in topics("The Vole bridge will open in May", own=own)
    assert "lighthouses" in topics("Every lighthouse shall have its lamp", own=own)
    assert load(own).above("Vole bridge")[0] == "medtop:20000337"


def test_of_topics_with_the_same_term_the_one_like_the_statement_is_given(tmp_path: Path) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(
        '[[topics]]\nname = "school heads"\nterms = ["principal"]\nhints = ["pupils", "teacher", "classroom"]\n'
        '[[topics]]\nname = "debt repayment"\nterms = ["principal"]\nhints = ["creditor", "borrower", "interest"]\n'
    )
    lent = topics("The principal of the loan will be repaid to the lenders in full", own=own)
    taught = topics("The principal will let the students go home before lessons are over", own=own)
    assert "debt repayment" in lent
    assert "school heads" not in lent
    assert "school heads" in taught
    assert "debt repayment" not in taught


def test_examples_give_the_words_that_they_share_and_other_news_lacks() -> None:
    examples = ["The lighthouse was said to be old", "Said of a lighthouse", "The lighthouse keeper spoke"]
    assert distinguishing(examples) == ("lighthouse",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("topics = 3", r"has no topics: begin each with a line \[\[topics\]\]"),
        ('[[topics]]\nterms = ["x"]', "topic 1: name is missing"),
        ('[[topics]]\nname = "x"\nterms = "y"', "terms is 'y', not a list of texts"),
        ('[[topics]]\nname = "x"\nwords = ["y"]', "words is not known here; name, "),
        ('[[topics]]\nname = "x"\nexamples = ["She said so"]', "has no terms"),
        ('[[topics]]\nname = "x"\nterms = ["y"]\nbroader = "z"', "broader = 'z' of 'x' is the code of no topic"),
        ("[[", "is not TOML"),
    ],
)
def test_a_bad_file_is_one_error_that_names_the_field(text: str, message: str, tmp_path: Path) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(text)
    with pytest.raises(InputError, match=message):
        load(own)
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "none.toml")
