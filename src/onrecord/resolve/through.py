"""By which outlets a statement came: those that words of its sentence tie to it.

    made to       told CNN; in an interview with the Kommersant daily; on Twitter; a New York Times interview
    relayed by    according to TASS; IRNA reported; quoted by AFP; in a statement carried by KCNA; the BBC quoted her

An outlet that the sentence names for another reason (as its topic, or in what was said) is none of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.records import Span
from onrecord.resolve.frames import BLANK, Frame
from onrecord.resolve.outlets import Outlet
from onrecord.resolve.wording import either

_SAME_CLAUSE = rf"[^,.;{BLANK}\n]"
_AND = re.compile(r"(?:,| and|, and| or) ")
_MARK = r"[“\"‘']?"


@dataclass(frozen=True, slots=True)
class Way:
    """One outlet a statement came by; `relayed` when it passed on what was said rather than being spoken to."""

    name: str
    span: Span
    relayed: bool
    social: bool = False


def ways(frame: Frame, outlets: Sequence[Outlet]) -> tuple[Way, ...]:
    """The outlets that `frame`'s statement was made to or came through, nearest the speaker first, each once."""
    found = [
        way
        for outlet in outlets
        if frame.start <= outlet.whole[0] and outlet.whole[1] <= frame.end and BLANK not in frame.text(outlet.span)
        for way in _way(frame, outlet)
    ]
    found.sort(key=lambda way: (way.relayed, way.span))
    found += _joined(frame, outlets, found)
    first: dict[str, Way] = {}
    for way in found:
        first.setdefault(way.name.casefold().removeprefix("the "), way)
    return tuple(first.values())


def _joined(frame: Frame, outlets: Sequence[Outlet], found: Sequence[Way]) -> Iterator[Way]:
    """`CNN and the Harbour Post`: the second shares what ties the first."""
    for first, second in pairwise(outlets):
        way = next((way for way in found if way.span == first.span), None)
        if (
            way
            and first.whole[1] < second.whole[0] <= frame.end
            and _AND.fullmatch(frame.text((first.whole[1], second.whole[0])))
        ):
            yield replace(way, name=second.name, span=second.span)


@dataclass(frozen=True, slots=True)
class _Place:
    """An outlet in its sentence, with the words before and behind it."""

    frame: Frame
    outlet: Outlet
    before: str
    behind: str

    @property
    def start(self) -> int:
        return self.outlet.whole[0]

    def in_zones(self, match: re.Match[str]) -> bool:
        """Whether a match in `before` begins where words belong to the statement's cue."""
        return self.frame.in_zones(self.frame.start + match.start("link"))


def _way(frame: Frame, outlet: Outlet) -> Iterator[Way]:
    start, end = (place - frame.start for place in outlet.whole)
    place = _Place(frame, outlet, frame.words[:start], frame.words[end:])
    social = outlet.kind == "social"
    if not social and (_speaks(place) or _relays(place) or _quotes(place)):
        yield Way(outlet.name, outlet.span, relayed=True)
    elif _was_told(place) or _carried_it(place):
        yield Way(outlet.name, outlet.span, relayed=False, social=social)


# --- relayed by -------------------------------------------------------------------------------------------------------

_REPORT_BY = re.compile(r"\b(?:reports?|story|stories|article|account) (?:by|from|in|on) \Z")
_TELLS_WHAT_WAS_SAID = re.compile(
    r"\b(?:report|said|says?|saying|according|quot|cit|wrote|writ|add|note|noting|reveal|disclos|point)", re.IGNORECASE
)
_CREDITED = either("""
    [Aa]ccording to, [Cc]iting, [Qq]uoted by, [Cc]ited by, [Rr]eported by, [Aa]s (?:reported|quoted|cited) (?:by|in|on)
    [Qq]uoted as saying (?:by|in|on)
""")
_ITS_REPORT = r"(?:an? |the )?(?:earlier |recent |new )?(?:reports?|story|stories|article|transcript|account)"
_ACCORDING = re.compile(rf"\b{_CREDITED} (?:{_ITS_REPORT} (?:in|by|from|on|of) )?\Z")
_PASSED_ON = either("""
    carried, published, reported, quoted, cited, released, broadcast, aired, airing, printed, relayed, distributed
    disseminated, issued, televised, read out, read, translated, obtained, seen, reviewed, shared, run, shown
    posted, provided, given
""")
_RELAYED = re.compile(
    rf"\b(?P<link>{_PASSED_ON})\b{_SAME_CLAUSE}{{0,45}}? (?P<preposition>by|on|in|to|through|via|with) {_MARK}\Z"
)
_REPORTED = re.compile(
    r"(?:,? (?:has |had |have )?(?:also |earlier |later |first |previously |separately )?"
    r"(?P<verb>reported|reports?|said|says|wrote|writes|added))\b"
)
_QUOTED = re.compile(
    r"(?:’s|'s)?(?: news)?(?: (?:report|story|article))?,? (?:[\w’'-]+ ){0,3}?"
    r"(?P<verb>quot(?:ed|es|ing)|cit(?:ed|es|ing))\b"
)
_OPENS_ASIDE = re.compile(rf"(?:[,;({BLANK}”\"—–-]|\bas|\A)\s*\Z")
_ENDS_ASIDE = re.compile(
    rf"[.,;)\n”\"]|\Z|\s*{BLANK}|\s(?:on|late|early|earlier|last|this|citing|quoting|without|from|in|at|over|that"
    r"|[A-Z]\w+day)\b"
)


def _speaks(place: _Place) -> bool:
    """The outlet is the source itself: "Coral reported"; or its report is."""
    frame, outlet = place.frame, place.outlet
    for start, end in frame.source:
        if start <= outlet.whole[0] and outlet.whole[1] <= end:
            rest, lead = frame.text((outlet.whole[1], end)), frame.text((start, outlet.whole[0]))
            cue = " ".join(frame.text(span) for span in frame.cue)
            whole_source = not lead.strip() and (not rest.strip() or rest.startswith(","))
            return (whole_source or bool(_REPORT_BY.search(lead))) and bool(_TELLS_WHAT_WAS_SAID.search(cue))
    return False


def _relays(place: _Place) -> bool:
    """`according to TASS`, `in a statement carried by KCNA`."""
    if _ACCORDING.search(place.before):
        return place.frame.in_zones(place.start) or place.start >= place.frame.core[0]
    relayed = _RELAYED.search(place.before)
    if relayed is None or not place.in_zones(relayed):
        return False
    return place.outlet.kind != "print" or relayed["preposition"] in ("by", "in")


def _quotes(place: _Place) -> bool:
    """`…, IRNA reported`, `IRNA reported that she said`, `the Herald quoted her as saying`."""
    core_start, core_end = place.frame.core
    reported = _REPORTED.match(place.behind)
    if reported and place.start >= core_end and _OPENS_ASIDE.search(place.before):
        return _ENDS_ASIDE.match(place.behind, reported.end()) is not None
    if place.start >= core_start:
        return False
    ahead = place.frame.text((place.start, core_start))
    if reported and reported["verb"] in ("reported", "reports") and not place.before.strip(' “"'):
        return "," not in ahead
    quoted = _QUOTED.match(place.behind)
    return quoted is not None and (BLANK not in ahead or not quoted["verb"].endswith("ing"))


# --- made to ----------------------------------------------------------------------------------------------------------

_REPORTER = either("reporters?, journalists?, interviewers?, correspondents?, hosts?")
_SOMEBODY = rf"(?:(?:[A-Z][\w.’'-]+ ){{1,4}}|(?:an? |the )?{_REPORTER} )(?:of|from|at|with|on|for) "
_TOLD = re.compile(rf"\b(?P<link>told|tells?|telling|informed|informing) (?:{_SOMEBODY})?{_MARK}\Z")
_WRITINGS = either("op-ed, opinion piece, columns?, articles?, essay, editorial(?! board), commentary")
_FORMS = either("""
    interviews?, conversation, discussion, remarks, comments, statements?, e-?mails?, (?:text )?messages?, letters?
    appearance, briefing, blog, posts?, posting, tweets?, videos?, speech, address, programme?, show, broadcast, report
    story, accounts?, page, feed, channel, note, thread, call
""")
_GIVEN = re.compile(
    rf"\b(?P<link>{_WRITINGS}|{_FORMS})\b{_SAME_CLAUSE}{{0,70}}?,?"
    rf" (?P<preposition>with|to|on|by|in|for|from|via|through) {_MARK}\Z"
)
_SPEAKING = either("""
    [Ss]peaking, [Tt]alking, spoke, contacted, reached, [Cc]hallenged, [Pp]ressed, [Qq]uestioned, [Aa]sked, appearing
    appeared, interviewed, [Ww]riting, wrote, written, writes, [Pp]osting, posted, tweeted, announced, added, said, says
    saying, declared
""")
_SPOKEN = re.compile(
    rf"\b(?P<link>{_SPEAKING})\b{_SAME_CLAUSE}{{0,45}}? (?P<preposition>with|to|on|by|in|for|via) {_MARK}\Z"
)
_POSTED = re.compile(rf"{_WRITINGS}|blog|post|interview", re.IGNORECASE)
_SAYS = frozenset(("said", "says", "saying", "added", "announced", "declared"))
_WRITTEN = re.compile(rf"(?:{_WRITINGS}|writ|wrote|publish|interview|comments|remarks)", re.IGNORECASE)
_PREPOSITION = re.compile(rf"(?:\A|[\s,(“\"‘'{BLANK}])(?P<link>[Oo]n|[Vv]ia|[Tt]hrough) {_MARK}\Z")
_SAID_TO = re.compile(
    r"\b(?P<link>said|admitted|confirmed|acknowledged|explained|confided|revealed|disclosed|complained)"
    rf" (?P<preposition>to) {_MARK}\Z"
)
_OWN_FORM = re.compile(
    r"(?:’s|'s)?(?: [\w-]+){0,2}? (?:interview|op-ed|opinion piece|town hall|podcast|column|debate|forum|broadcast|post"
    r"|posting|video|message|thread|page|account)\b"
)
_IN_ITS = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Aa]t|[Tt]o|[Ff]or|[Ww]ith)(?: an?| the| his| her| their)?(?: [\w-]+){0,2}\Z"
)


def _was_told(place: _Place) -> bool:
    """`told CNN`, as the statement's cue or going on from it: `said …, telling CNN that …`."""
    told = _TOLD.search(place.before)
    if told is None or place.outlet.kind == "social":
        return False
    return told["link"] in ("telling", "informing") or place.in_zones(told)


def _carried_it(place: _Place) -> bool:
    """`in an interview with CNN`, `on Twitter`, `in a CNN interview`."""
    in_zones = place.frame.in_zones(place.start)
    if _OWN_FORM.match(place.behind) and _IN_ITS.search(place.before.rstrip()):
        return in_zones
    if (said := _SAID_TO.search(place.before)) and place.outlet.kind != "social":
        return place.in_zones(said)
    for pattern in (_GIVEN, _SPOKEN):
        link = pattern.search(place.before)
        if link and _fits(link["preposition"], link["link"], place.outlet):
            return place.in_zones(link)
    preposition = _PREPOSITION.search(place.before)
    return preposition is not None and in_zones and _fits(preposition["link"].casefold(), "", place.outlet)


def _fits(preposition: str, link: str, outlet: Outlet) -> bool:
    """Whether a preposition goes with what kind of outlet it is: on air, in print."""
    if preposition == "in":
        return outlet.kind != "social" and _WRITTEN.match(link) is not None
    if preposition in ("on", "via", "through"):
        return outlet.kind in ("air", "social") or outlet.surety == "unnamed" or _POSTED.match(link) is not None
    return outlet.kind != "social" and link.casefold() not in _SAYS
