"""What somebody says on a topic, over time."""

from onrecord.positions.position import position
from onrecord.records import Article, Entity, Record, Stance, Statement


def said(id_: str, day: str | None, content: str, speaker: str = "Ada Brandt", *stances: Stance) -> Record:
    text = f"{content}, {speaker} said."
    end = len(text) - 6
    source = ((end - len(speaker), end),)
    statement = Statement(
        "s1", source, ((end + 1, end + 5),), ((0, len(content)),), "indirect", "e1", None, 0.9, stances=stances
    )
    entities = (Entity("e1", speaker, "person", True, country="SUD"), Entity("e2", "Norland", "country", True))
    return Record(Article(id_, text, outlet="Courier", published=day), entities, (statement,))


RAISE = "Norland should lift the sanctions and the embargo on its timber"
KEEP = "Norland should not lift the sanctions and the embargo on its timber"


def test_statements_stand_in_order_of_time_and_a_turn_is_seen() -> None:
    found = position(
        [
            said("b", "2021-05-02", KEEP, "Ada Brandt", Stance("e2", "against", 0.8)),
            said("a", "2021-03-01", RAISE, "Ada Brandt", Stance("e2", "for", 0.9)),
            said("c", "2021-06-01", "Rain will fall on the pilgrims"),
            said("d", "2021-06-01", KEEP, "Bo Harl"),
            said("e", None, "The sanctions shall stay"),
        ],
        "Brandt",
        "sanctions",
    )
    assert found.topic == "medtop:20000642"
    assert [s.article for s in found.said] == ["a", "b", "e"]
    assert (found.first, found.last) == ("2021-03-01", "2021-05-02")
    (turn,) = found.turns
    assert (turn.was, turn.now, turn.kind) == (0, 1, "reversal")
    assert {reason.why for reason in turn.why} == {"negation", "stance"}
    rows = [(a.name, a.month, a.favourable, a.against, a.neither) for a in found.attitudes]
    assert rows == [("Norland", "2021-03", 1, 0, 0), ("Norland", "2021-05", 0, 1, 0)]


def test_on_one_day_it_is_a_contradiction() -> None:
    other = "Whoever fells its oaks has earned it, so nobody will lift the sanctions and the embargo"
    found = position([said("a", "2021-03-01", RAISE), said("b", "2021-03-01", other)], "Ada Brandt", "sanctions")
    assert [turn.kind for turn in found.turns] == ["contradiction"]


def test_reports_of_one_utterance_are_one() -> None:
    records = [said("a", "2021-03-01", RAISE), said("b", "2021-03-02", RAISE), said("c", "2021-05-02", KEEP)]
    found = position(records, "Ada Brandt", "sanctions")
    assert [len(s.reports) for s in found.said] == [2, 1]
    assert found.said[0].day == "2021-03-01"


def test_a_country_by_its_code_and_a_topic_by_plain_words() -> None:
    records = [
        said("a", "2021-03-01", "The timber of the north will be sold"),
        said("b", "2021-03-02", RAISE, "Bo Harl"),
    ]
    found = position(records, "SUD", "timber")
    assert found.topic is None
    assert [s.speaker for s in found.said] == ["Ada Brandt", "Bo Harl"]
    assert position(records, "NOR", "timber").said == ()
