"""On what occasion a statement was made: interview, press conference, speech, statement, post, letter and the like."""

import re
from collections.abc import Iterator

from onrecord.records import Span
from onrecord.resolve.frames import BLANK, Frame
from onrecord.resolve.wording import either

Found = tuple[str, Span]

# Of each value the words that say it; the longer before the shorter they end in.
_NOUNS = {
    "press conference": r"(?:press|news|media) conferences?|presser",
    "conference call": r"conference calls?",
    "phone call": r"(?:tele)?phone (?:call|conversation)s?|call(?= with| to)",
    "op-ed": r"op-eds?|opinion (?:piece|article|column)|guest (?:column|essay)|newspaper column|commentary|editorial",
    "interview": r"interviews?|question-and-answer session|Q&A",
    "briefing": r"briefings?",
    "debate": r"debates?",
    "speech": r"speech(?:es)?|address(?:es)?(?! the| a)|keynote|State of the Union",
    "testimony": r"testimony",
    "hearing": r"hearings?",
    "press release": r"(?:press|news) releases?",
    "statement": r"statements?|communiqu[eé]s?",
    "post": r"tweets?|retweets?|(?:blog |[A-Z]\w+ |social media )?post(?:s|ings?)?|thread|tweetstorm",
    "letter": r"letters?",
    "memo": r"memos?|memorand(?:um|a)",
    "email": r"e-?mails?",
    "text message": r"text messages?",
    "video": r"video(?:taped)?(?: message| address| statement| clip| posting)?s?",
    "remarks": r"remarks|comments",
    "court filing": r"(?:court )?filings?|court (?:papers|documents)|legal brief",
    "lawsuit": r"lawsuit",
    "podcast": r"podcasts?",
    "lecture": r"lectures?",
    "sermon": r"sermon|homily",
    "town hall": r"[Tt]own[ -][Hh]alls?(?: meeting| event)?",
    "rally": r"(?:campaign )?[Rr]all(?:y|ies)",
    "forum": r"[Ff]orums?",
    "symposium": r"[Ss]ymposium",
    "seminar": r"[Ss]eminar",
    "panel": r"panel(?: discussion)?",
    "round table": r"[Rr]ound ?[Tt]able",
    "ceremony": r"[Cc]eremony",
    "summit": r"[Ss]ummits?(?: meeting)?",
    "conference": r"[Cc]onferences?",
    "convention": r"[Cc]onvention",
    "talks": r"talks",
    "meeting": r"meetings?|gathering",
    "session": r"session",
    "event": r"event|fundraiser|dinner|luncheon",
}  # fmt: skip
_VENUE = "|".join(f"(?P<v{n}>{pattern})" for n, pattern in enumerate(_NOUNS.values()))
_VALUES = tuple(_NOUNS)
_SMALL = r"(?:of|the|that|and|or|to|with|for|in|on|at|by|from|about|after|before|into|as|which|who|is|was|were|had|has)"
_MODIFIERS = rf"(?:(?!{_SMALL}\b)[\w.&’'“”\"-]+ ){{0,6}}?"
_LINKS = either("""
    [Ii]n, [Aa]t, [Dd]uring, [Oo]n, [Vv]ia, [Tt]hrough, [Bb]y, [Uu]sing, [Aa]ccording to, [Cc]iting, [Gg]iving, gave
    [Ii]ssued, [Ii]ssuing, [Rr]eleas(?:ed|ing), [Pp]ublish(?:ed|ing), put out, [Pp]ost(?:ed|ing), [Ss]ent, [Ss]ending
    delivered, told, tells, telling, read
""")
_ITS = "(?:(?:an?|the|his|her|their|its|this|that|one|another) )?"
_ADJUNCT = re.compile(rf"\b(?P<link>{_LINKS}) {_ITS}{_MODIFIERS}(?:{_VENUE})(?![\w-])")
_SIDELINES = re.compile(rf"\b(?P<link>on the sidelines of) {_ITS}{_MODIFIERS}(?:{_VENUE})(?![\w-])")
_DOCUMENT = re.compile(
    rf"\A(?:{_MODIFIERS}|(?:[\w.’'-]+ ){{0,5}})"
    r"(?P<noun>statement|communiqu[eé]|letter|memo(?:randum)?|tweet|press release|e-?mail)\b(?! (?:writer|author|to))",
    re.IGNORECASE,
)
_SAID_A_STATEMENT = re.compile(rf"\A (?:an?|the) {_MODIFIERS}(?:{_VENUE})\b")
_TWEETED = re.compile(r"\b(?:re-?)?tweet(?:ed|ing)\b|\A(?:re-?)?tweets\b", re.IGNORECASE)
_GATHERINGS = frozenset(
    {"forum", "symposium", "seminar", "panel", "ceremony", "summit", "conference", "convention", "talks", "meeting"}
    | {"session", "event", "rally", "hearing", "remarks", "round table", "town hall"}
)
_CREDIT = re.compile(r", (?=according to |citing )")
_TESTIFIED = re.compile(r"\btestif(?:ied|y|ies|ying)\b", re.IGNORECASE)


def venue(frame: Frame, social: Span | None = None) -> Found | None:
    """What occasion the words around a statement name, and the span of the words.

    `social` is the span of the network it was posted on, where `through` found one. Of several occasions the one
    nearest to the cue holds; one that was only attended ("at a meeting") gives way to how it was said ("in a letter").
    """
    found = [*_of_the_cue(frame), *_adjuncts(frame), *_of_the_source(frame)]
    closer = [f for f in found if f[0] not in _GATHERINGS]
    chosen = next(iter(closer or found), None)
    if social and (chosen is None or chosen[0] not in ("video", "statement", "letter", "interview")):
        return "post", chosen[1] if chosen and chosen[0] == "post" else social
    return chosen


def _of_the_cue(frame: Frame) -> Iterator[Found]:
    for start, end in frame.cue:
        words = frame.text((start, end))
        for pattern, value in ((_TWEETED, "post"), (_TESTIFIED, "testimony")):
            match = pattern.search(words)
            if match:
                yield value, (start + match.start(), start + match.end())


def _adjuncts(frame: Frame) -> Iterator[Found]:
    """`in an interview`, `at their June summit meeting`, `issued a joint statement`, beginning in one of the zones."""
    aside = _SIDELINES.finditer(frame.words) if "sidelines" in frame.words else ()
    matches = [*aside, *_ADJUNCT.finditer(frame.words)]
    for zone in _places(frame):
        for match in matches:
            place = frame.start + match.start()
            if zone[0] <= place < zone[1] and BLANK not in match[0] and _holds(match, frame, place):
                yield _noun_of(match, frame.start)
    if frame.cue and frame.source and frame.cue[-1][1] <= frame.source[0][0]:
        end = frame.cue[-1][1]
        inverted = _SAID_A_STATEMENT.match(frame.text((end, frame.source[0][0])))
        if inverted:
            yield _noun_of(inverted, end)


def _noun_of(match: re.Match[str], offset: int) -> Found:
    number = next(n for n in range(len(_VALUES)) if match[f"v{n}"])
    start, end = match.span(f"v{number}")
    return _VALUES[number], (offset + start, offset + end)


def _places(frame: Frame) -> Iterator[Span]:
    """The zones, and where a credit begins behind them: `…, according to a statement`."""
    yield from frame.zones
    for match in _CREDIT.finditer(frame.text(frame.tail)):
        start = frame.tail[0] + match.end()
        yield start, start + 1


def _holds(match: re.Match[str], frame: Frame, place: int) -> bool:
    """Whether the words found say how this was said: "told" only as its cue, "issued" and the like before its cue."""
    link = match["link"].casefold()
    if link in ("told", "tells", "telling"):
        return any(a <= place < b for a, b in frame.cue)
    if link in ("sent", "read", "gave", "delivered", "issued", "released", "published", "posted", "put out"):
        return place < frame.core[1]
    return True


def _of_the_source(frame: Frame) -> Iterator[Found]:
    """A source that is itself a document: "the joint statement said"."""
    for start, end in frame.source:
        match = _DOCUMENT.match(frame.text((start, end)))
        if match:
            noun = match["noun"].casefold()
            value = next((v for v, pattern in _NOUNS.items() if re.fullmatch(pattern, noun)), noun)
            yield value, (start + match.start("noun"), start + match.end("noun"))
