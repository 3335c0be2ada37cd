"""Articles made by hand: a quarrel over a strait between two invented countries, told by several outlets."""

from onrecord.records import Article, Dateline, Entity, Event, Evidence, Mention, Record, Spans, Statement

CODES = {"Marenia": "MRN", "Tovia": "TOV"}
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u0000'\"&amp;"


def spans(text: str, *parts: str) -> Spans:
    """The spans of parts, each looked for behind the one before."""
    out, at = [], 0
    for part in parts:
        at = text.index(part, at)
        out.append((at, at + len(part)))
        at += len(part)
    return tuple(out)


def mention(text: str, words: str, type_: str = "name", nth: int = 0) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Mention((at, at + len(words)), type_)  # type: ignore[arg-type]


def strait() -> Record:
    text = (
        "PORT AVEL, Nov 3 (Coral) - Marenia will not reopen the northern strait before spring, Foreign Minister Ilse "
        'Varen said in an interview with the Harbour Post.\n\n"We have counted the ships," she said. "The envoys tell '
        'us that the blockade is over."\n\nTovia condemned the closure.'
    )
    varen = Entity(
        "e1", "Ilse Varen", "person", True, ("Varen",), "MRN", "Foreign Minister", "MRN",
        mentions=(mention(text, "Ilse Varen"), mention(text, "she", "pronoun")),
    )  # fmt: skip
    (post,) = spans(text, "Harbour Post")
    return Record(
        Article(
            "strait", text, "https://coral.example/strait?a=1&b=2", "Coral News Agency", "Strait stays shut",
            ("Jo Harl",), "en", "2020-11-03", Dateline("PORT AVEL", "2020-11-03", "Coral", (0, 24)),
        ),
        (
            varen,
            Entity("e2", "The envoys", "group", False, mentions=(mention(text, "The envoys", "description"),)),
            Entity("e3", "Marenia", "country", True, country="MRN", code="MRN", mentions=(mention(text, "Marenia"),)),
            Entity("e4", "Tovia", "country", True, country="TOV", code="TOV", mentions=(mention(text, "Tovia"),)),
        ),
        (
            Statement(
                "s1", spans(text, "Foreign Minister Ilse Varen"), spans(text, "said"),
                spans(text, "Marenia will not reopen the northern strait before spring"), "indirect", "e1", None, 0.93,
                about=("e3",), through=("Harbour Post",), venue="interview", speaker_confidence=0.97,
                provenance=(Evidence("through", "Harbour Post", post),),
            ),
            Statement(
                "s2", spans(text, "she"), spans(text, "she said")[:1], spans(text, '"We have counted the ships,"',
                '"The envoys tell us that the blockade is over."'), "direct", "e1", None, 0.9, speaker_confidence=0.55,
            ),
            Statement(
                "s3", spans(text, "The envoys"), spans(text, "tell us"), spans(text, "that the blockade is over"),
                "indirect", "e2", "s2", 0.48,
            ),
        ),
        (
            Event(
                "v1", "e4", "e3", "TOV", "MRN", "ACCUSE", spans(text, "condemned the closure"), "asserted", 0.8,
                quad=3, goldstein=-2.0, date="2020-11-03",
            ),
            Event(
                "v2", "e3", "e4", "MRN", "TOV", "COERCE", spans(text, "the blockade"), "negated", 0.6, quad=4,
                goldstein=-5.0, on_word_of="s3",
            ),
        ),
        "test-1",
    )  # fmt: skip


def told(id_: str, content: str, speaker: str, outlet: str, day: str, **more: object) -> Record:
    """A record of one statement: CONTENT, SPEAKER said. `about` are names of countries in the content."""
    text = f"{content}, {speaker} said."
    about = tuple(more.pop("about", ()))  # type: ignore[call-overload]
    role = more.pop("role", None)
    countries = tuple(
        Entity(f"c{n}", name, "country", True, code=CODES[name], country=CODES[name],
               mentions=(mention(text, name),))
        for n, name in enumerate(about)
    )  # fmt: skip
    person = Entity("e1", speaker, "person", True, role=role, mentions=(mention(text, speaker),))  # type: ignore[arg-type]
    fields = {"quote": "indirect", "speaker": "e1", "parent": None, "confidence": 0.8, **more}
    return Record(
        Article(id_, text, None, outlet, f"{outlet}: {content[:30]}", (), "en", day),
        (person, *countries),
        (
            Statement(
                "s1", spans(text, speaker), spans(text, "said"), ((0, len(content)),),
                about=tuple(e.id for e in countries), **fields,  # type: ignore[arg-type]
            ),
        ),
        model="test-1",
    )  # fmt: skip


def affair() -> list[Record]:
    """Nine articles of a November: echoes, two spellings of one man, a hostile text, an undated one."""
    return [
        strait(),
        told("echo-1", "Tovia will answer any closure of the northern strait with sanctions", "Oren Madakh",
             "Tovia Today", "2020-11-05", about=["Tovia"], role="Prime Minister"),
        told("echo-2", "Tovia will answer any closure of the northern strait with sanctions on Marenia", "Oren Madakh",
             "Harbour Post", "2020-11-06", about=["Tovia", "Marenia"], role="Prime Minister"),
        told("spelling", "Marenia must pay for every ship", "Orren Madack", "Coral News Agency", "2020-11-12",
             about=["Marenia"]),
        told("answer", "Marenia hears threats from Tovia every autumn", "Ilse Varen", "Harbour Post", "2020-11-14",
             about=["Marenia", "Tovia"], role="Foreign Minister"),
        told("talks", "Marenia and Tovia will hold talks in December", "Ilse Varen", "Coral News Agency", "2020-11-20",
             about=["Marenia", "Tovia"], role="Foreign Minister"),
        told("denial", "Tovia never promised any talks", "Oren Madakh", "Tovia Today", "2020-11-21", about=["Tovia"],
             quote="direct"),
        told("evil", EVIL + " is what we say", "Mallory <b>Bold</b>", "Evil & Sons", "2020-11-22"),
        Record(Article("silent", "Nothing was said here."), (), (), model="test-1"),
    ]  # fmt: skip
