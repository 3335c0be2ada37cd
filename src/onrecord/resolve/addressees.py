"""To whom a statement was made: "told reporters", "warned President Okoro", "in a letter to Congress"."""

import re

from onrecord.records import Span
from onrecord.resolve.frames import Frame
from onrecord.resolve.outlets import Outlet
from onrecord.resolve.wording import either

Found = tuple[str, Span]

_VERBS = either("""
    told, tells?, telling, inform(?:s|ed|ing)?, assur(?:es|ed|ing), remind(?:s|ed|ing), warn(?:s|ed|ing)
    notif(?:ies|ied|ying), advis(?:es|ed|ing), urg(?:es|ed|ing), ask(?:s|ed|ing), order(?:s|ed|ing), direct(?:s|ed|ing)
    instruct(?:s|ed|ing), brief(?:s|ed|ing), address(?:es|ed|ing), call(?:s|ed|ing)? on, promis(?:es|ed|ing)
    thank(?:s|ed|ing), congratulat(?:es|ed|ing)
""")
_TAKES_ONE = re.compile(rf"\b{_VERBS}(?= |\Z)", re.IGNORECASE)
_PRONOUNS = r"(?:us|him|her|them|me|you)\b(?! \w+s\b)"
_STOP = either("""
    that, to, in, on, at, during, after, before, about, when, as, by, from, with, who, while, because, against, over
    for, why, how, what, whether, if, not, it, he, she, they, there, this, here, then, so, again, outside, inside
    near, via, through, aboard, following, ahead, into, and then, late, early, earlier, last, yesterday, today
    tonight, recently, afterwards?, privately, publicly, separately, directly, is, was, were, are, had
    has, have, would, will, could, should, may, can, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
""")
_WORDS = rf"(?!{_STOP}\b)[\w’'.&-]+(?: (?!{_STOP}\b)[\w’'.&-]+){{0,7}}"
_PEOPLE = re.compile(rf" (?P<who>{_PRONOUNS}|{_WORDS})")
_SPOKEN = either("""
    [Ss]peaking, [Tt]alking, spoke, speech, address, remarks, comments, letter, message, memo, e-?mail, appeal, call
    said, statement, testimony, warning, promise, report
""")
_TO = re.compile(rf"\b{_SPOKEN}(?: \w+day)? to (?P<who>{_WORDS})")
_VENUE_WORDS = re.compile(
    r"\b(?:conference|briefing|rally|hearing|forum|interview|summit|meeting|event|session|debate|seminar)\Z"
)
_NO_ONE = re.compile(
    r"\A(?:be|do|make|have|go|get|the effect|date|death|come|prevent|a|an|the|of|[a-z]+ly|more|no|all)\Z"
)


def addressee(frame: Frame, outlets: tuple[Outlet, ...]) -> Found | None:
    """The words for whom a statement was said to, and their span; None when that is an outlet or nobody is named."""
    for start, end in frame.cue:
        for verb in _TAKES_ONE.finditer(frame.text((start, end))):
            found = _fitting(_PEOPLE.match(frame.words, start - frame.start + verb.end()), frame, outlets)
            if found:
                return found
    spoken = [*_TO.finditer(frame.words)] if " to " in frame.words else []
    for zone in frame.zones if spoken else ():
        for match in spoken:
            if zone[0] <= frame.start + match.start() < zone[1]:
                found = _fitting(match, frame, outlets)
                if found:
                    return found
    return None


def _fitting(match: re.Match[str] | None, frame: Frame, outlets: tuple[Outlet, ...]) -> Found | None:
    if match is None:
        return None
    who = match["who"].rstrip(" .")
    start = frame.start + match.start("who")
    span = (start, start + len(who))
    if not who or _NO_ONE.match(who) or _VENUE_WORDS.search(who):
        return None
    if any(span[0] < outlet.whole[1] and outlet.whole[0] < span[1] for outlet in outlets):
        return None
    return who, span
