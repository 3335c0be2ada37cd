"""Who speaks: one hand-written sentence or two for each way a text has of naming its speakers."""

import pytest
from marked_statements import marked

from onrecord.records import Annotation, Article, Attribution, Entity, Record, Statement
from onrecord.resolve.speakers import resolve


def record(text: str, *sources: str, byline: tuple[str, ...] = ()) -> Record:
    """A record whose statements have the given sources, in order of appearance, and one letter of content."""
    found = []
    at = 0
    for source in sources:
        start = text.index(source, at) if source else at
        spans = ((start, start + len(source)),) if source else ()
        at = start + len(source)
        found.append(Attribution(spans, ((at, at + 1),), ((at + 1, at + 2),), "indirect", 0.9))
    return resolve(Article("a", text, byline=byline), Annotation(tuple(found), "test"))


def speakers(made: Record) -> list[str | None]:
    """The speakers' names in order; in brackets one who is not named."""
    found = [made.speaker_of(s) for s in made.statements]
    return [None if e is None else e.name if e.named else f"({e.name})" for e in found]


def speaker(made: Record, index: int = -1) -> Entity:
    entity = made.speaker_of(made.statements[index])
    assert entity is not None
    return entity


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("Orland Foreign Minister Ada Brandt", "Ada Brandt", "Orland Foreign Minister"),
        ("President Ilse de Vries", "Ilse de Vries", "President"),
        ("Ada Brandt, the foreign minister of Orland,", "Ada Brandt", "the foreign minister of Orland"),
        ("France’s Prime Minister Tom Okoro", "Tom Okoro", None),
        ("campaign spokeswoman Ada Brandt", "Ada Brandt", "campaign spokeswoman"),
        ("The minister of trade, Mr. Okoro,", "Okoro", None),
        ("Senator Ada Brandt (D-Ohio)", "Ada Brandt", "Senator"),
        ("the Ministry of Trade", "Ministry of Trade", None),
        ("Japan's Foreign Ministry", "Japan's Foreign Ministry", None),
        ("the Brandt campaign", "Brandt campaign", None),
    ],
)
def test_name_and_role_of_a_source(source: str, name: str, role: str | None) -> None:
    entity = speaker(record(f"On Monday {source} said so.", source))
    assert (entity.name, entity.named) == (name, True)
    assert role is None or entity.role == role


@pytest.mark.parametrize(
    "source",
    [
        "a senior official",
        "Analysts",
        "two people close to the talks",
        "officials in Tehran",
        "European leaders",
        "a poll",
    ],
)
def test_what_names_nobody_stays_unnamed(source: str) -> None:
    made = record(f"{source} said that Ada Brandt had resigned.", source)
    assert speakers(made) == [f"({source})"]


def test_a_surname_is_its_only_bearer() -> None:
    made = record("Minister Ada Brandt said. Brandt added.", "Minister Ada Brandt", "Brandt")
    assert speakers(made) == ["Ada Brandt", "Ada Brandt"]
    assert "Brandt" in speaker(made).aliases


def test_two_of_a_surname_stay_two() -> None:
    text = "Ada Brandt said. Tom Brandt said. Mrs. Brandt said. Mr. Brandt said."
    made = record(text, "Ada Brandt", "Tom Brandt", "Mrs. Brandt", "Mr. Brandt")
    assert speakers(made) == ["Ada Brandt", "Tom Brandt", "Ada Brandt", "Tom Brandt"]


def test_a_surname_of_two_is_nobody_for_certain() -> None:
    made = record("Ada Brandt said. Tom Brandt said. Brandt said.", "Ada Brandt", "Tom Brandt", "Brandt")
    assert speakers(made) == ["Ada Brandt", "Tom Brandt", "Brandt"]


def test_an_acronym_in_brackets_is_the_body() -> None:
    text = "The Northern Transport Commission (NTC) met. The NTC said so."
    assert speakers(record(text, "The NTC")) == ["Northern Transport Commission"]


@pytest.mark.parametrize("country", ["New Zealand", "South Korea"])
def test_a_country_opens_a_sentence_with_a_word_that_is_common_elsewhere(country: str) -> None:
    made = record(f"{country} said a new south wind blew.", country)
    assert (speaker(made).name, speaker(made).kind) == (country, "country")


def test_a_seat_of_government_is_its_country() -> None:
    text = "Russia closed the strait. Moscow said so."
    assert speakers(record(text, "Moscow")) == ["Russia"]


def test_pronouns_agree() -> None:
    text = "Ada Brandt met Peter Okoro on Monday. She said it was late. He said it was not."
    assert speakers(record(text, "She", "He")) == ["Ada Brandt", "Peter Okoro"]


def test_it_is_no_person() -> None:
    text = "Japan closed its embassy, Peter Okoro wrote. It said the staff was safe."
    assert speakers(record(text, "It")) == ["Japan"]


def test_who_is_the_name_before_it() -> None:
    text = "The prize went to Ada Brandt, who said she was glad. Voters who doubt it were few."
    assert speakers(record(text, "who", "who")) == ["Ada Brandt", "(who)"]


@pytest.mark.parametrize(
    "description", ["the top diplomat", "the Russian foreign minister", "Moscow's top diplomat", "the minister"]
)
def test_a_description_finds_the_role(description: str) -> None:
    text = f"Russian Foreign Minister Igor Belov met Senator Ada Brandt. According to {description}, all is well."
    assert speakers(record(text, description)) == ["Igor Belov"]


def test_a_description_of_another_country_is_not_he() -> None:
    text = "Russian Foreign Minister Igor Belov spoke. France's foreign minister said no."
    assert speakers(record(text, "France's foreign minister")) == ["(France's foreign minister)"]


def test_the_ministry_is_the_one_named() -> None:
    text = "Russia’s Defense Ministry confirmed the strike. The ministry added that it was over."
    assert speakers(record(text, "The ministry")) == ["Russia’s Defense Ministry"]


def test_several_named_speakers_make_a_statement_each() -> None:
    made = record("Ada Brandt and Peter Okoro said so. They added more.", "Ada Brandt and Peter Okoro", "They")
    assert speakers(made) == ["Ada Brandt", "Peter Okoro", "Ada Brandt", "Peter Okoro"]
    first, second, *_ = made.statements
    assert first.content == second.content
    assert [s.id for s in made.statements] == ["s1", "s2", "s3", "s4"]
    assert [made.text_of(s.source) for s in (first, second)] == ["Ada Brandt", "Peter Okoro"]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    text = "“It is late,” Ada Brandt said. “We go.”"
    one = Attribution(((15, 25),), ((26, 30),), ((0, 13),), "direct", 0.9)
    two = Attribution((), (), ((32, 39),), "direct", 0.9)
    assert speakers(resolve(Article("a", text), Annotation((one, two), "test"))) == ["Ada Brandt", "Ada Brandt"]


def test_the_writer_says_i() -> None:
    assert speakers(record("I think so.", "I", byline=("Mia Lund",))) == ["Mia Lund"]
    assert speakers(record("I think so.", "I")) == ["(I)"]


def test_first_persons_inside_words_are_their_speaker() -> None:
    text = "Ada Brandt said: “I told them no.”"
    outer = Attribution(((0, 10),), ((11, 15),), ((17, 34),), "direct", 0.9)
    inner = Attribution(((18, 19),), ((20, 24),), ((30, 32),), "indirect", 0.9, parent=0)
    made = resolve(Article("a", text), Annotation((outer, inner), "test"))
    assert speakers(made) == ["Ada Brandt", "Ada Brandt"]


def test_no_source_no_speaker() -> None:
    made = record("It was said.", "")
    assert made.entities == ()
    assert made.statements[0].speaker is None


def test_parents_become_ids_of_the_first_statement() -> None:
    text = "Ada Brandt and Peter Okoro said that critics say no."
    outer = Attribution(((0, 26),), ((27, 31),), ((32, 51),), "indirect", 0.9)
    inner = Attribution(((37, 44),), ((45, 48),), ((49, 51),), "indirect", 0.5, parent=0)
    made = resolve(Article("a", text), Annotation((outer, inner), "test"))
    assert [(s.id, s.parent) for s in made.statements] == [("s1", None), ("s2", None), ("s3", "s1")]


def test_every_link_says_how_sure_it_is() -> None:
    text = "Ada Brandt met Mia Lund. She said so."
    (said,) = record(text, "She").statements
    assert isinstance(said, Statement)
    assert said.speaker_confidence is not None
    assert 0 < said.speaker_confidence < 1


@pytest.mark.parametrize("surname", ["al-Belov", "Belov", "Al-Belov"])
def test_a_surname_goes_with_or_without_its_article(surname: str) -> None:
    text = f"President Igor al-Belov met Ada Brandt. On Monday {surname} said no."
    assert speakers(record(text, surname)) == ["Igor al-Belov"]


@pytest.mark.parametrize("word", ["European", "Christian", "Muslim", "Democratic", "Western"])
def test_an_adjective_names_nobody(word: str) -> None:
    made = record(f"Leaders of Norway met {word} leaders on Monday. A {word} group was there.")
    assert [e.name for e in made.entities] == ["Norway"]


def test_a_first_name_that_is_an_adjective_too_is_a_name() -> None:
    made = record("On Monday Christian Okoro said no. Later Christian said yes.", "Christian Okoro", "Christian")
    assert speakers(made) == ["Christian Okoro", "Christian Okoro"]


def test_a_slip_in_the_name_of_the_united_states() -> None:
    made = record("Norway will answer if the United State escalates.")
    assert {e.name: e.kind for e in made.entities} == {"Norway": "country", "United States": "country"}


@pytest.mark.parametrize(
    ("other", "same"), [("Peter H.B. Okoro", False), ("Peter Okoro", True), ("Peter Wim Okoro", True)]
)
def test_middle_names_at_odds_are_two_people(other: str, same: bool) -> None:
    made = record(f"On Monday Peter W. Okoro said no. Later {other} said yes.", "Peter W. Okoro", other)
    assert (len(set(speakers(made))) == 1) == same


def test_a_pronoun_that_opens_what_is_said_is_likely_the_speaker() -> None:
    text = "Secretary Mark Holm called it war. {President Peter Lund} [announced] <{2he} [2had ordered] <2a review>>."
    article, found = marked(text, parents={2: 1})
    assert speakers(resolve(article, Annotation(tuple(found), "test"))) == ["Peter Lund", "Peter Lund"]


@pytest.mark.parametrize(
    ("text", "sources", "name"),
    [
        ("Prime Minister Laura May said no. May said it twice.", ("Prime Minister Laura May", "May"), "Laura May"),
        ("Vice President Tom R. Okoro Jr. spoke. So did Mr. Okoro.", ("Vice President Tom R. Okoro Jr.", "Mr. Okoro"),
         "Tom R. Okoro Jr."),
    ],
)  # fmt: skip
def test_a_month_and_a_junior_belong_to_a_name(text: str, sources: tuple[str, ...], name: str) -> None:
    assert speakers(record(text, *sources)) == [name, name]


def test_a_day_in_may_is_nobody() -> None:
    made = record("Laura was told on May 3. May was warm, she said.", "she")
    assert not any(e.name.endswith("May") for e in made.entities)


def test_one_whom_a_pronoun_meant_before_is_found_where_he_is_named_again() -> None:
    text = f"Peter Okoro rose. He sang. {'It rained. ' * 13}Okoro came back. He said no."
    article = Article("a", text)
    at = text.rindex("He")
    he = Attribution(((at, at + 2),), ((at + 3, at + 7),), ((at + 8, at + 10),), "indirect", 0.9)
    assert speakers(resolve(article, Annotation((he,), "test"))) == ["Peter Okoro"]


@pytest.mark.parametrize(
    ("opening", "surname", "name"),
    [
        ("Hillary Clinton spoke. Then Bill Clinton sang. Bill Clinton left.", "Clinton", "Hillary Clinton"),
        ("Hillary Clinton spoke. Then Bill Clinton sang. Bill Clinton left.", "Mr. Clinton", "Bill Clinton"),
        ("Peter Okoro spoke. Later Eric Okoro, his son and the candidate’s brother, sang.", "Okoro", "Peter Okoro"),
    ],
)
def test_a_surname_of_two_is_the_one_usually_called_so(opening: str, surname: str, name: str) -> None:
    source = f"On Monday {surname}"
    made = record(f"{opening} {source} said no.", source)
    assert speakers(made) == [name]


@pytest.mark.parametrize("source", ["President Brandt", "Mr. Brandt", "The president"])
def test_a_wife_with_her_first_name_is_not_he(source: str) -> None:
    text = f"President Brandt came. Mr. Brandt slept. His wife, Mary Brandt, sang. {source} said no."
    at = text.rindex(source)
    said = Attribution(((at, at + len(source)),), ((at, at + 1),), ((at + 1, at + 2),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    assert speakers(made) == ["Brandt"]


def test_a_father_nobody_names_is_not_she() -> None:
    made = record("My father said no. Mary Brandt left. She said yes.", "My father", "She")
    assert speakers(made) == ["(My father)", "Mary Brandt"]


def test_a_president_is_not_the_wife_with_her_first_name() -> None:
    text = "Michelle Obama sang. President Obama said no. Obama left. Mrs. Obama said so."
    sources = "Michelle Obama", "President Obama", "Obama", "Mrs. Obama"
    assert speakers(record(text, *sources)) == ["Michelle Obama", "Obama", "Obama", "Michelle Obama"]


def test_a_president_is_not_his_son() -> None:
    text = "President Trump left. Donald Trump Jr. sang. Trump said no."
    made = record(text, "President Trump", "Donald Trump Jr.", "Trump")
    assert speakers(made) == ["Trump", "Donald Trump Jr.", "Trump"]


def test_a_campaign_is_not_its_candidate() -> None:
    made = record("They met Peter J. Okoro at Rally Okoro. Mr. Okoro said no.", "Mr. Okoro")
    assert speakers(made) == ["Peter J. Okoro"]


def test_an_article_joins_two_names_too() -> None:
    made = record("Russia and the United States said so.", "Russia and the United States")
    assert speakers(made) == ["Russia", "United States"]


@pytest.mark.parametrize(
    ("opening", "source", "name"),
    [
        ("Okoro Industries Ltd", "Okoro Industries Ltd", "Okoro Industries Ltd"),
        ("Okoro Industries Ltd", "Its rival, Brandt Corp,", "Brandt Corp"),
    ],
)
def test_the_company_goes_on_speaking(opening: str, source: str, name: str) -> None:
    made = record(f"{opening} met Brandt Corp. {source} said so. The company said no.", source, "The company")
    assert speakers(made)[-1] == name


@pytest.mark.parametrize(("people", "land"), [("Chinese", "China"), ("French", "France")])
def test_a_people_goes_with_its_country(people: str, land: str) -> None:
    made = record(f"The {people} government met. Then {land} said no.", land)
    assert (speaker(made).name, people in speaker(made).aliases) == (land, True)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Mr. Okoro, a Republican who", ["Okoro"]),
        ("the Department of Justice", ["Department of Justice"]),
        ("USA TODAY", ["USA TODAY"]),
        ("Peter Okoro and many observers", ["Peter Okoro"]),
        ("Peter Okoro or another official", ["Peter Okoro"]),
        ("Ada Brandt, a banker and Coral Group partner,", ["Ada Brandt"]),
        ("Ada Brandt, a banker, and Mia Lund", ["Ada Brandt", "Mia Lund"]),
        ("former secretary of State Brandt", ["Brandt"]),
        ("Speaker of the House John Okoro", ["John Okoro"]),
        ("Orland-born Ada Brandt", ["Ada Brandt"]),
        ("the U.S. and its European partners", ["U.S."]),
        ("a delegate supporting Ada Brandt", ["(a delegate supporting Ada Brandt)"]),
        ("many Lebanese", ["(many Lebanese)"]),
        ("the Joint Chiefs of Staff", ["Joint Chiefs of Staff"]),
    ],
)
def test_a_source_of_several_parts(source: str, names: list[str]) -> None:
    assert speakers(record(f"On Monday {source} said no.", source)) == names


def test_a_sentence_full_of_capitals_is_no_headline_below_the_first_two() -> None:
    line = "Secretary of State John Okoro echoed President Brandt."
    text = f"Coral: A Day\n\nIt rained in the north.\n\n{line}\n\nOkoro said no."
    assert speakers(record(text, "Secretary of State John Okoro", "Okoro")) == ["John Okoro", "John Okoro"]


def test_an_agency_opens_a_sentence() -> None:
    assert speakers(record("It rained. Reuters reported no.", "Reuters")) == ["Reuters"]


@pytest.mark.parametrize(("quote", "name"), [("direct", "Peter Holm"), ("indirect", "Tom Okoro")])
def test_nobody_says_he_of_himself_inside_quotation_marks(quote: str, name: str) -> None:
    text = "Peter Holm came. Tom Okoro sang. “Yesterday I said, and he told me so,” Okoro said."
    he = text.index("he told")
    begin, end = text.index("“"), text.index(" Okoro said")
    outer = Attribution(((end + 1, end + 6),), ((end + 7, end + 11),), ((begin, end),), quote, 0.9)  # type: ignore[arg-type]
    made = resolve(Article("a", text), Annotation((outer,), "test"))
    assert [e.name for e in made.entities for m in e.mentions if m.span[0] == he] == [name]
