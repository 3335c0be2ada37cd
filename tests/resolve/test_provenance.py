"""How statements came: the outlets, occasions, days and addressees that the words around them say."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_statements import marked

from onrecord.records import Annotation, Article, Attribution, Dateline, Evidence
from onrecord.resolve.provenance import Provenance, provenance, provenances
from onrecord.resolve.speakers import resolve


def read(text: str, **options: object) -> Provenance:
    """The provenance of the only attribution in a marked text."""
    article, (attribution,) = marked(text, **options)
    return provenance(article, attribution)


def through(text: str) -> list[str]:
    return [quoted.value for quoted in read(text).through]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("{Ada Brandt} [told] CNN <the bridge is open>.", ["CNN"]),
        ("<“The bridge is open,”> {Brandt} [told] the Kommersant daily.", ["Kommersant"]),
        ("<The bridge is open>, {Brandt} [said] in an interview with the Kommersant daily.", ["Kommersant"]),
        (
            "In an interview published by Al Jazeera on Monday, {Brandt} [warned] <that tolls would rise>.",
            ["Al Jazeera"],
        ),
        ("In a recent Harbour Post interview, {Brandt} [praised] <the crew>.", ["Harbour Post"]),
        ("{Brandt} [told] Lena Moor of Channel 9 News <that tolls would rise>.", ["Channel 9 News"]),
        ("{Brandt} [told] NBC's “Meet the Press” <that tolls would rise>.", ["NBC"]),
        ("Speaking to the German newspaper Bild, {Brandt} [said] <tolls would rise>.", ["Bild"]),
        ("{Brandt} [said] <“all is well,”> telling Capital FM radio that tolls would fall.", ["Capital FM radio"]),
        ("<Tolls would rise>, {Brandt} [said], according to Orland's Corvo news agency.", ["Corvo"]),
        ("<Tolls would rise>, {Brandt} [said], according to state media.", ["state media"]),
        ("<“Tolls will rise,”> {Brandt} [said], Orland's state-run Corvo News reported.", ["Corvo News"]),
        ("{Brandt}, quoted by the Corvo news agency, [confirmed] <the move>.", ["Corvo"]),
        ("{Brandt} [said] in a statement carried by the official KCNA news agency <that tolls would rise>.", ["KCNA"]),
        (
            "Orland's Tarn Ilbo newspaper this week quoted {officials} as [saying] <that tolls would rise>.",
            ["Tarn Ilbo"],
        ),
        ("{The state-owned Corvo news agency} [reported] <that tolls would rise>.", ["Corvo"]),
        ("{IRNA, the state news agency,} [said] <tolls would rise>.", ["IRNA"]),
        ("{Last week's report from The Washington Post} [said] <tolls would rise>.", ["The Washington Post"]),
        ("<Tolls would rise>, {Brandt} [said] on Telegram.", ["Telegram"]),
        ("{Brandt} [welcomed] <the move> on Twitter: <“A good day.”>", ["Twitter"]),
        ("{Brandt} [wrote] in The Atlantic <that tolls would rise>.", ["The Atlantic"]),
        ("{Brandt} [told]\u00a0the\u00a0Harbour\nPost <tolls would rise>.", ["Harbour Post"]),
        ("In a Facebook post after the vote, {Brandt} [wrote]: <“A good day.”>", ["Facebook"]),
        ("{Officials} who spoke with the Harbour Post [said] <tolls would rise>.", ["Harbour Post"]),
        ("Asked by the Harbour Post about tolls, {Brandt} [said] <they would rise>.", ["Harbour Post"]),
        ("{Brandt} [said] on Telegram and Facebook <that tolls would rise>.", ["Telegram", "Facebook"]),
        ("{IRNA, the official agency,} [noted] <that tolls had risen>.", ["IRNA"]),
        ("{Brandt} [told] CNN <tolls would rise>, the Corvo news agency reported.", ["CNN", "Corvo"]),
    ],
)
def test_through(text: str, outlets: list[str]) -> None:
    assert through(text) == outlets


@pytest.mark.parametrize(
    "text",
    [
        "{Brandt} [told] reporters <that tolls would rise>.",
        "{Brandt} [told] parliament <that CNN and the BBC were lying>.",
        "{Brandt} [criticized] <the BBC> after the Guardian reported on her trip.",
        "{Brandt}, who once worked for Reuters, [said] <tolls would rise>.",
        "{Brandt} [dismissed] <a report by NBC News>.",
        "{The Orland Times analyst Ada Brandt} [said] <tolls would rise>.",
        "{Facebook} [said] <it would close the page>.",
        "{Brandt} [told] the Iranian delegation <that tolls would rise>.",
    ],
)
def test_an_outlet_named_for_another_reason_is_none(text: str) -> None:
    assert through(text) == []


def test_the_channel_is_the_last_one_named() -> None:
    article, (_, last) = marked(
        "{Brandt} [spoke to] CNN and the Times of Orland <about tolls>.\n\n"
        "<2“They will rise,”> {2Brandt} [2said] in an interview with the channel."
    )
    ((quoted,),) = [found.through for found in provenances(article, [last])]
    assert (quoted.value, article.text[slice(*quoted.span)]) == ("CNN", "the channel")


def test_this_newspaper_is_the_articles_own() -> None:
    assert [
        q.value for q in read("{Brandt} [told] this newspaper <tolls would rise>.", outlet="Harbour Post").through
    ] == ["Harbour Post"]


def test_a_tweet_is_on_twitter() -> None:
    found = read("{Brandt} [tweeted] <that tolls would rise>.")
    assert ([q.value for q in found.through], found.venue and found.venue.value) == (["Twitter"], "post")


@pytest.mark.parametrize(
    ("text", "venue", "words"),
    [
        ("{Brandt} [said] in a televised interview <that tolls would rise>.", "interview", "interview"),
        ("At a joint news conference, {Brandt} [said] <tolls would rise>.", "press conference", "news conference"),
        ("{Brandt} [told] a press briefing <that tolls would rise>.", "briefing", "briefing"),
        ("{The joint statement} [said] <tolls would rise>.", "statement", "statement"),
        ("{The two ports} issued a joint statement [expressing] <regret>.", "statement", "statement"),
        ("[Said] a statement on Monday from {the ministry}: <“Tolls will rise.”>", "statement", "statement"),
        ("{Brandt} [warned] <against tolls> in a letter to the council.", "letter", "letter"),
        ("{Brandt} [pledged] at their June summit meeting <to open the bridge>.", "summit", "summit meeting"),
        ("{Brandt} [told] the Spring Forum in Tarn <that tolls would rise>.", "forum", "Forum"),
        ("{Brandt} [said] on Facebook <that tolls would rise>.", "post", "Facebook"),
        ("{Brandt} [said] in a speech at a rally <that tolls would rise>.", "speech", "speech"),
    ],
)  # fmt: skip
def test_venue(text: str, venue: str, words: str) -> None:
    article, (attribution,) = marked(text)
    found = provenance(article, attribution).venue
    assert found is not None
    assert (found.value, article.text[slice(*found.span)]) == (venue, words)


def test_an_occasion_in_what_was_said_is_not_where_it_was_said() -> None:
    assert read("{Brandt} [said] <she would give an interview at the summit>.").venue is None


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("{Brandt} [told] reporters <that tolls would rise>.", "reporters"),
        ("{Brandt} [told] members of the council on Monday <that tolls would rise>.", "members of the council"),
        ("{Orland} [warned] President Tom Okoro on Thursday <against closing the strait>.", "President Tom Okoro"),
        ("{They} [tell] us <that tolls would rise>.", "us"),
        ("In a letter to Congress, {Brandt} [said] <tolls would rise>.", "Congress"),
        ("{Brandt} [told] CNN <tolls would rise>.", None),
        ("{Brandt} [told] a news conference <tolls would rise>.", None),
        ("{Brandt} [said] <tolls would rise>.", None),
    ],
)  # fmt: skip
def test_addressee(text: str, addressee: str | None) -> None:
    found = read(text).addressee
    assert (found.value if found else None) == addressee


def carried(text: str, speakers: list[str] | None = None) -> list[list[str]]:
    article, attributions = marked(text)
    return [[q.value for q in found.through if q.carried] for found in provenances(article, attributions, speakers)]


def test_an_interview_goes_on_while_its_speaker_does() -> None:
    text = (
        "{Brandt} [said] in an interview with the Harbour Post <that tolls would rise>.\n\n"
        "<2“We have no choice,”> {2she} [2pointed out].\n\n"
        "<3“The bridge is old,”> {3Brandt} [3added].\n\n"
        "<4“It is not,”> {4Okoro} [4said]."
    )
    assert carried(text) == [[], ["Harbour Post"], ["Harbour Post"], []]
    assert carried(text, ["brandt", "brandt", "brandt", "okoro"]) == [[], ["Harbour Post"], ["Harbour Post"], []]


@pytest.mark.parametrize(
    "later",
    [
        "{2She} [2said] on Twitter <2that tolls would fall>.",
        "She gave a speech in May. {2She} [2said] <2the bridge was old>.",
        "{2She} had [2said] earlier <2that tolls would fall>.",
        "{2Okoro} [2added] <2that tolls would fall>.",
        "The strait is long.\n\nIt was closed in May.\n\nNo ship passed.\n\n{2She} [2said] <2it is open>.",
    ],
)
def test_another_occasion_is_not_carried_over(later: str) -> None:
    assert (
        carried(f"{{Brandt}} [said] in an interview with the Harbour Post <that tolls would rise>.\n\n{later}")[1] == []
    )


def test_a_post_goes_on_only_where_a_word_says_so() -> None:
    first = "{Brandt} [said] on Facebook <that tolls would rise>. "
    assert carried(first + "{2She} [2added] <2that it was late>.")[1] == ["Facebook"]
    assert carried(first + "{2She} [2said] <2that it was late>.")[1] == []


def test_statements_of_one_sentence_share_its_words() -> None:
    article, attributions = marked(
        "{2}{Brandt} [told] CNN <the port “won't blink” at <2a strike>, which {2she} [2said] <2would lead to war>>."
    )
    assert [[q.value for q in p.through] for p in provenances(article, attributions)] == [["CNN"], ["CNN"]]


def test_words_inside_an_outlets_report_came_through_it() -> None:
    article, attributions = marked(
        "{The Corvo news agency} [reported] <that {2Brandt} [2told] aides <2tolls would rise>>.", parents={2: 1}
    )
    assert [[q.value for q in p.through] for p in provenances(article, attributions)] == [["Corvo"], ["Corvo"]]


def test_words_inside_anothers_words_do_not_share_their_occasion() -> None:
    article, attributions = marked(
        "In an interview with CNN on Monday, {Brandt} [said] <{2the envoys} [2insist] <2that it is over>>.",
        parents={2: 1},
    )
    assert not provenances(article, attributions)[1]


def test_a_record_holds_values_and_their_words() -> None:
    article, attributions = marked(
        "{Ada Brandt} [told] reporters in an interview with CNN on Monday <that tolls would rise>.",
        published="2020-11-03",
    )
    record = resolve(article, Annotation(tuple(attributions), "test"))
    (statement,) = record.statements
    assert (statement.through, statement.venue, statement.said_on) == (("CNN",), "interview", "2020-11-02")
    assert [(e.name, e.named) for e in record.entities if e.id == statement.addressee] == [("reporters", False)]
    words = {e.kind: article.text[slice(*e.span)] for e in statement.provenance}
    assert words == {"through": "CNN", "venue": "interview", "said_on": "on Monday", "addressee": "reporters"}
    assert statement.provenance[0] == Evidence("through", "CNN", statement.provenance[0].span)


def test_nothing_said_nothing_found() -> None:
    assert not read("{Brandt} [said] <tolls would rise>.", published="2020-11-03")
    assert provenances(Article("a", ""), []) == ()


LINE = (
    "told CNN, the newspaper “ ” \n\n Ada Brandt on Monday . in an interview with Twitter said 's agency, IRNA by which"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINE.split(" ")), max_size=40).map(" ".join), st.data())
def test_any_spans_of_any_text_are_read(text: str, data: st.DataObject) -> None:
    def spans() -> tuple[tuple[int, int], ...]:
        edges = data.draw(st.lists(st.integers(0, len(text)), max_size=4).map(sorted))
        return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b)

    attributions = [Attribution(spans(), spans(), spans(), "indirect", 0.5) for _ in range(3)]
    article = Article("a", text, published="2020-11-03", dateline=Dateline("X", "2020-11-03", None, (0, 0)))
    for found in provenances(article, attributions):
        for evidence in found.evidence():
            assert 0 <= evidence.span[0] < evidence.span[1] <= len(text)
            assert evidence.value


def test_the_shared_wires(pytestconfig: pytest.Config) -> None:
    """On hand-annotated articles, where they are there: outlets found, and few that nobody annotated."""
    import json

    path = Path(pytestconfig.rootpath).parent / "shared" / "data" / "wires" / "dev.jsonl"
    if not path.exists():
        pytest.skip("needs the annotated wires in ../shared/data, which are not part of the project")
    hits = wanted = given_ = right = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        spans = [{k: tuple(map(tuple, s[k])) for k in ("source", "cue", "content")} for s in row["statements"]]
        place = {s["id"]: i for i, s in enumerate(row["statements"])}
        attributions = [
            Attribution(**s, quote="indirect", confidence=0.9, parent=place.get(gold["parent"]))
            for s, gold in zip(spans, row["statements"], strict=True)
        ]
        article = Article(row["id"], row["text"], outlet=row["outlet"], published=row["published"])
        for gold, found in zip(row["statements"], provenances(article, attributions), strict=True):
            named = {name.removeprefix("The ") for name in gold["through"] or ()}
            stated = {q.value.removeprefix("The ") for q in found.through if not q.carried and "tweet" not in
                      row["text"][slice(*q.span)]}  # fmt: skip
            wanted, hits = wanted + bool(named), hits + bool(named & stated)
            given_, right = given_ + len(stated), right + len(stated & named)
    assert hits / wanted >= 0.9
    assert right / given_ >= 0.9
