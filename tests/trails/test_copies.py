"""Wire copy among articles made by hand."""

from onrecord.records import Article, Dateline
from onrecord.trails.copies import Copies, common_passages

PARAGRAPHS = (
    "The harbour of Avel will stay closed to foreign frigates until the talks end, the ministry of ports said Friday.",
    "Two dozen trawlers had waited outside the mole since Tuesday night, when the first storm of the season broke.",
    "Captains complained that nobody had told them of the closure before they left the fishing grounds in the north.",
    "The talks with the neighbours on the border river go into their third week, and neither side expects a quick end.",
)
STORY = "\n\n".join(PARAGRAPHS)
OTHER = "\n\n".join(
    (
        "Villages along the coast prepared for the festival of nets, which has been held in spring for two centuries.",
        "Dancers from nine parishes meet in the old granary, and the mayor opens a barrel of the sweet dark beer.",
    )
)


def article(id_: str, text: str, **facts: object) -> Article:
    return Article(id_, text, **{"published": "2021-03-05", **facts})  # type: ignore[arg-type]


def found(*articles: Article) -> list[list[str]]:
    copies = Copies()
    for one in articles:
        copies.add(one)
    return [[c.article for c in group.copies] for group in copies.groups()]


def test_moved_trimmed_and_reworded_copies_are_one_report() -> None:
    moved = "\n\n".join(PARAGRAPHS[::-1])
    trimmed = "\n\n".join(PARAGRAPHS[:2])
    reworded = STORY.replace("complained", "grumbled")
    (group,) = found(*(article(i, t) for i, t in zip("abcd", (STORY, moved, trimmed, reworded), strict=True)))
    assert sorted(group) == ["a", "b", "c", "d"]


def test_a_quotation_in_common_makes_no_copy() -> None:
    assert found(article("a", STORY), article("b", OTHER + "\n\n" + PARAGRAPHS[0])) == []


def test_the_same_text_of_another_week_is_no_copy() -> None:
    assert found(article("a", STORY), article("b", STORY, published="2021-03-25")) == []
    assert found(article("a", STORY), article("b", STORY, published=None)) == [["a", "b"]]


def test_the_agency_comes_first_credited_or_not() -> None:
    dateline = Dateline("AVEL", None, "Reuters", (0, 0))
    copies = Copies()
    copies.add(article("b", STORY, outlet="Courier", published="2021-03-04"))
    copies.add(article("c", STORY + "\n\nReuters contributed.", outlet="Herald"))
    copies.add(article("a", STORY, outlet="Reuters", dateline=dateline))
    (group,) = copies.groups()
    assert [(c.article, c.credited) for c in group.copies] == [("a", True), ("b", False), ("c", True)]


def test_a_copy_that_is_taken_out_links_nothing_any_more() -> None:
    copies = Copies()
    for id_, text in (("a", "\n\n".join(PARAGRAPHS[:2])), ("b", STORY), ("c", "\n\n".join(PARAGRAPHS[2:]))):
        copies.add(article(id_, text))
    assert copies.group("a") == {"a", "b", "c"}
    copies.remove("b")
    assert copies.group("a") == {"a"}
    assert list(copies.groups()) == []


def test_passages_are_shown_in_both_texts() -> None:
    theirs = OTHER + "\n\n" + "\n\n".join(PARAGRAPHS[1:3]) + "\n\n" + OTHER
    ((mine, other),) = common_passages(STORY, theirs)
    assert STORY[slice(*mine)] == theirs[slice(*other)] == "\n\n".join(PARAGRAPHS[1:3]).removesuffix(".")
    assert common_passages(STORY, OTHER) == []
