"""Records made by hand: a wire story of an invented country, with every kind of statement."""

import pytest

from onrecord.records import Article, Dateline, Entity, Evidence, Mention, Record, Spans, Statement

TEXT = """PORT AVEL, November 3. /CORAL/. Marenia will not reopen the northern strait before spring, Foreign Minister \
Ilse Varen said in an interview with the Harbour Post.

"We have heard the promises, and we have counted the ships," she said. "The envoys tell us that the blockade is over. \
Our pilots say otherwise."

The talks, according to a senior official [who asked not to be named], were "frank & slow" and would resume next week.

"There is," Varen added, "no plan B."

Trade between the two countries fell by a third last year."""


def spans(text: str, *parts: str) -> Spans:
    """The spans of parts, each looked for behind the one before."""
    out, at = [], 0
    for part in parts:
        at = text.index(part, at)
        out.append((at, at + len(part)))
        at += len(part)
    return tuple(out)


def statement(name: str, quote: str, speaker: str | None, *, text: str = TEXT, **changes: object) -> Statement:
    """A statement whose source, cue and content are given as parts of the text."""
    roles = {role: spans(text, *changes.pop(role, ())) for role in ("source", "cue", "content")}
    fields = {"parent": None, "confidence": 0.9} | changes
    return Statement(id=name, quote=quote, speaker=speaker, **roles, **fields)


@pytest.fixture
def record() -> Record:
    return wire_record()


def wire_record() -> Record:
    said = statement("s2", "direct", "e1", content=['"We have heard the promises, and we have counted the ships,"'])
    at = TEXT.index("she said")
    name, interview, post, she, varen = spans(TEXT, "Ilse Varen", "interview", "Harbour Post", "she", "Varen")
    (official,) = spans(TEXT, "a senior official [who asked not to be named]")
    return Record(
        Article(
            "wire-1",
            TEXT,
            url="https://news.example/strait?a=1&b=2",
            outlet="Coral News Agency",
            title="Strait stays shut, Marenia’s minister says",
            byline=("Jo Harl",),
            language="en",
            published="2020-11-03",
            dateline=Dateline("PORT AVEL", "2020-11-03", "CORAL", (0, 31)),
        ),
        entities=(
            Entity(
                "e1", "Ilse Varen", "person", True, role="Foreign Minister", country="MRN",
                mentions=(Mention(name, "name"), Mention(she, "pronoun"), Mention(varen, "name")),
            ),
            Entity(
                "e2", "a senior official [who asked not to be named]", "person", False,
                mentions=(Mention(official, "description"),),
            ),
            Entity("e3", "The envoys", "group", False),
            Entity("e4", "Our pilots", "group", False),
        ),
        statements=(
            statement(
                "s1", "indirect", "e1", source=["Foreign Minister Ilse Varen"], cue=["said"], confidence=0.93,
                content=["Marenia will not reopen the northern strait before spring"],
                venue="interview", through=("Harbour Post",), speaker_confidence=0.97,
                provenance=(Evidence("through", "Harbour Post", post), Evidence("venue", "interview", interview)),
            ),
            Statement(
                "s2", ((at, at + 3),), ((at + 4, at + 8),), said.content, "direct", "e1", None, 0.97,
                venue="interview", provenance=(Evidence("venue", "interview", interview, carried=True),),
                speaker_confidence=0.55,
            ),
            Statement(
                "s3", ((at, at + 3),), ((at + 4, at + 8),),
                spans(TEXT, '"The envoys tell us that the blockade is over. Our pilots say otherwise."'),
                "direct", "e1", None, 0.88, speaker_confidence=0.55,
            ),
            statement(
                "s3a", "indirect", "e3", source=["The envoys"], cue=["tell us"], content=["that the blockade is over"],
                parent="s3", confidence=0.71,
            ),
            statement(
                "s3b", "indirect", "e4", source=["Our pilots"], cue=["say"], content=["otherwise"], parent="s3",
                confidence=0.48,
            ),
            statement(
                "s4", "mixed", "e2", cue=["according to"], confidence=0.66,
                source=["a senior official [who asked not to be named]"],
                content=["The talks", 'were "frank & slow" and would resume next week'],
            ),
            statement(
                "s5", "direct", "e1", source=["Varen added"], cue=[], content=['"There is,"', '"no plan B."'],
            ),
        ),
        model="test-1",
    )  # fmt: skip
