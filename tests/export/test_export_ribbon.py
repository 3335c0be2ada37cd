from dataclasses import replace

from onrecord.export.ribbon import ribbons
from onrecord.records import Article, Dateline, Entity, Evidence, Record, Statement


def words_of(record, name):
    """A statement's ribbon: each link's role, text and the words it is anchored to."""
    text = record.article.text
    return [
        (link.role, link.text, text[slice(*link.span)] if link.span else None) for link in ribbons(record)[name].links
    ]


def test_from_the_speaker_to_the_house(record):
    assert words_of(record, "s1") == [
        ("speaker", "Ilse Varen", "Foreign Minister Ilse Varen"),
        ("through", "Harbour Post", "Harbour Post"),
        ("agency", "CORAL", "CORAL"),
        ("outlet", "Coral News Agency", None),
        ("venue", "interview", "interview"),
    ]


def test_a_nested_statement_is_told_by_the_one_around_it(record):
    assert [link[:2] for link in words_of(record, "s3a")][:2] == [("speaker", "The envoys"), ("teller", "Ilse Varen")]


def test_carried_evidence_says_so(record):
    (venue,) = ribbons(record)["s2"].around
    assert venue.carried


def test_values_without_evidence_are_not_anchored(record):
    said = replace(record.statements[0], provenance=(), said_on="2020-11-02", addressee="e3")
    assert words_of(replace(record, statements=(said,)), "s1")[1:] == [
        ("through", "Harbour Post", None),
        ("agency", "CORAL", "CORAL"),
        ("outlet", "Coral News Agency", None),
        ("venue", "interview", None),
        ("addressee", "The envoys", None),
        ("said_on", "Nov 2, 2020", None),
    ]


def test_words_said_to_somebody_are_the_addressee_where_no_entity_is(record):
    told = replace(record.statements[0], venue=None, provenance=(Evidence("addressee", "envoys", (0, 4)),))
    assert words_of(replace(record, statements=(told,)), "s1")[-1] == ("addressee", "envoys", "PORT")


def report(speaker, **changes):
    """A radio's report of what somebody said: `speaker` of the outer statement as named."""
    text = "VELM (KORVA) - State radio said the guards saw nothing."
    fields = {"quote": "indirect", "parent": None, "confidence": 0.9, "through": ("state radio",)}
    through = (Evidence("through", "state radio", (15, 26)),)
    outer = Statement("s1", ((15, 26),), ((27, 31),), ((32, 54),), speaker=speaker, provenance=through, **fields)
    fields["parent"] = "s1"
    inner = Statement("s2", ((32, 42),), ((43, 46),), ((47, 54),), speaker=None, provenance=through, **fields)
    entities = (Entity("e1", "State radio", "organization", True),)
    return Record(Article("a", text, **changes), entities, (outer, inner))


def test_a_link_stands_once_for_its_words():
    assert [link[:2] for link in words_of(report("e1"), "s2")] == [
        ("speaker", "the guards"),
        ("through", "state radio"),
        ("article", "this article"),
    ]


def test_an_outlet_that_is_the_agency_stands_once():
    made = report("e1", dateline=Dateline("VELM", None, "KORVA", (0, 14)), outlet="Korva")
    assert words_of(made, "s1")[-1] == ("agency", "KORVA", "KORVA")


def test_an_agency_that_the_dateline_spells_otherwise_has_the_dateline():
    made = report("e1", dateline=Dateline("VELM", None, "Korva News", (0, 14)))
    assert words_of(made, "s1")[-1] == ("agency", "Korva News", "VELM (KORVA) -")


def test_a_circle_of_parents_ends():
    made = report("e1")
    outer, inner = made.statements
    circle = replace(made, statements=(replace(outer, parent="s2"), inner))
    assert len(ribbons(circle)["s1"].chain) <= 4
