"""The news outlets and networks an article names: known ones, and any that stands beside a word for what it is.

told CNN                                       a known name
the Kommersant daily, the newspaper Le Monde   a name beside a head noun
IRNA, the state news agency                    a name that an apposition explains
the Harbour Post                               a name that ends as newspapers' names do
Iranian state television, local media          no name: these words stand for it
the channel                                    the last outlet named before that a channel can be
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from onrecord.records import Span
from onrecord.resolve.media import Kind, names_by_first_word
from onrecord.resolve.wording import either

Surety = Literal["shaped", "unnamed", "known", "headed"]
_SURETIES: tuple[Surety, ...] = ("shaped", "unnamed", "known", "headed")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One place where an article names an outlet."""

    name: str
    kind: Kind | None
    surety: Surety
    span: Span
    """Of the name, or of the words that stand for it."""
    whole: Span
    """With article, adjectives, head noun and apposition."""


def outlets_in(text: str, own: str | None = None) -> tuple[Outlet, ...]:
    """Every outlet a text names, in text order, none inside another.

    `own` is the outlet of the article itself: what "this newspaper" says. Takes time linear in the text.
    """
    found = [*_known(text), *_headed(text), *_shaped(text), *_unnamed(text)]
    named = _networks(text, [_with_surroundings(text, outlet) for outlet in _apart(found)])
    return tuple(_apart([*named, *_anaphors(text, named, own), *_shortened(text, named)]))


def _apart(found: Sequence[Outlet]) -> list[Outlet]:
    """Of outlets that overlap the one with most words to it, in text order."""
    kept: list[Outlet] = []
    last: Outlet | None = None
    for outlet in sorted(found, key=lambda o: o.whole):
        if last is None or outlet.whole[0] >= last.whole[1]:
            kept.append(outlet)
        elif _worth(outlet) > _worth(last):
            kept[-1] = outlet
        last = kept[-1]
    return kept


def _networks(text: str, named: Sequence[Outlet]) -> list[Outlet]:
    """Without programmes that stand behind their network: `NBC's Meet the Press` is NBC."""
    owned = {b for a, b in pairwise(named) if text[a.span[1] : b.span[0]] in ("’s ", "'s ", "’ ", "' ")}
    return [outlet for outlet in named if outlet not in owned]


def _worth(outlet: Outlet) -> tuple[bool, int]:
    return outlet.surety != "unnamed", outlet.whole[1] - outlet.whole[0] + _SURETIES.index(outlet.surety)


# --- names ------------------------------------------------------------------------------------------------------------

_WORD_START = re.compile(r"(?<![^\W_])[^\W_]+")
_WORD = r"(?:[^\W\d_a-z][\w&.’'-]*[\w&]|[^\W\d_a-z])"
_NAME = rf"{_WORD}(?: (?:(?:de|del|della|di|la|le|el|al|am|i|of|y) )?(?:{_WORD}|\d+))*"
_PEOPLES = ("ian", "ean", "can", "man", "ish", "ese", "ani", "aqi", "eli", "emi", "abi", "ari")
_OTHER_PEOPLES = re.compile(
    either(r"""
    U\.?S\.?, U\.?K\.?, EU, Swiss, French, Dutch, Greek, Czech, Thai, Turk, Uzbek, Kazakh, Arab, Arabic, Saudi, Omani
    Kuwaiti, Somali, Afghan, Iraqi, Israeli, Bangladeshi, Philippine, Filipino, Montenegrin, Slovak, Croat, Serb, Kurd
    Welsh, Scots, Basque, Kyrgyz, Tajik, Latvian, Hong, Kong, New, Zealand, North, South, West, East
    """)
)
_NOT_PEOPLES = frozenset(("Guardian", "Caixin", "Politiken", "Jordan"))
_NO_NAME = frozenset(("The", "A", "An", "This", "That", "His", "Her", "Its", "Their", "But", "And", "In", "On"))


def _of_a_people(word: str) -> bool:
    """Whether a capitalised word says what country something is of: Iranian, French, North."""
    return _OTHER_PEOPLES.fullmatch(word) is not None or (
        word.endswith(_PEOPLES) and word[:1].isupper() and word not in _NOT_PEOPLES
    )


def _bare(name: str) -> str:
    """A run of capitalised words without owners, peoples and weekdays before the name; empty when nothing is left."""
    words = name.split()
    for place, word in enumerate(words[:-1]):
        if word.endswith(("’s", "'s", "s’", "s'")):
            words = words[place + 1 :]
            break
    while words and (
        _of_a_people(words[0])
        or words[0].endswith(("-language", "-based"))
        or words[0] in _NO_NAME
        or words[0].endswith("day")
    ):
        words = words[1:]
    return " ".join(words)


def _has_any(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _known(text: str) -> Iterator[Outlet]:
    names = names_by_first_word()
    for match in _WORD_START.finditer(text):
        for name, kind in names.get(match[0], ()):
            at = match.start()
            end = at + len(name)
            if text.startswith(name, at) and not text[end : end + 1].isalnum() and text[end : end + 1] != "-":
                yield Outlet(name, kind, "known", (at, end), (at, end))
                break


# --- names beside a word for what they are ----------------------------------------------------------------------------

_HEAD = re.compile(
    r"(?<![^\W_])(?:(?P<agency>(?:news|press|state|wire) (?:agency|service)|news ?wire)"
    r"|(?P<print>newspaper|daily|weekly|tabloid|broadsheet|magazine|news (?:web ?site|site|portal|outlet))"
    r"|(?P<site>website|site)|(?P<air>(?:(?:news|television|TV|radio|cable|satellite) )*(?:channel|broadcaster|station)"
    r"|(?:(?:news|television|TV|radio|cable) )+network))"
    r"(?![^\W_]| (?:editor|reporter|columnist|owner|publisher|executive|host|anchor|journalist)s?\b)"
)
_NAME_BEFORE = re.compile(
    rf"(?<![\w’'.-])(?P<name>{_NAME})(?P<apposed>, (?:the|an?|{_WORD}[’']s)(?: [a-z-]+| {_WORD}n){{0,4}})? \Z"
)
_NAME_BEHIND = re.compile(rf"(?P<comma>,?) (?P<name>(?:al-|el-)?{_NAME})")
_OWNER_OF_MORE = re.compile(r"[’']s?(?: .*)?\Z")
_HEADS = (
    "agency", "service", "wire", "newspaper", "daily", "weekly", "tabloid", "broadsheet", "magazine", "site", "portal",
    "outlet", "channel", "broadcaster", "station", "network",
)  # fmt: skip
"""One of these stands in whatever `_HEAD` finds; most texts have none, and looking for them is many times quicker."""
_WITH_ARTICLE = re.compile(r"(?:\b[Tt]he|\b[Ii]ts|\b[Tt]heir|[’']s) (?:[\w-]+ ){0,2}\Z")
_ADJECTIVE = re.compile(r"(?:\b[Tt]he|[’']s|\b[a-z-]{3,}|\b[A-Z][a-z]+) \Z")


def _headed(text: str) -> Iterator[Outlet]:
    for head in _HEAD.finditer(text) if _has_any(text, _HEADS) else ():
        window = text[max(0, head.start() - 80) : head.start()]
        # "the White House website" is none: with so wide a word the name must stand behind it
        outlet = (None if head["site"] else _named_before(window, head)) or _named_behind(window, head)
        if outlet:
            yield outlet


def _kind(match: re.Match[str]) -> Kind | None:
    kinds: tuple[Kind, ...] = ("agency", "print", "air")
    return next((kind for kind in kinds if match[kind]), None)


def _named_before(window: str, head: re.Match[str]) -> Outlet | None:
    """`Anadolu news agency`, `IRNA, the state news agency`; not `the Iranian news agency`, nor `He reads daily`."""
    before = _NAME_BEFORE.search(window)
    name = _bare(before["name"]) if before else ""
    if before is None or not name or name.endswith(("’", "'", "’s", "'s")):
        return None
    start = head.start() - len(window) + before.end("name") - len(name)
    if head[0] in ("daily", "weekly") and not _ADJECTIVE.search(head.string, max(0, start - 30), start):
        return None
    return Outlet(name, _kind(head), "headed", (start, start + len(name)), (start, head.end()))


def _named_behind(window: str, head: re.Match[str]) -> Outlet | None:
    """`the newspaper Le Monde`, `the state news agency, IRNA`."""
    behind = _NAME_BEHIND.match(head.string, head.end())
    if behind is None or (behind["comma"] and not _WITH_ARTICLE.search(window)):
        return None
    name = _OWNER_OF_MORE.sub("", behind["name"])
    if behind["comma"] and (" " in name or not name.isupper()):
        return None  # "the newspaper, Ada Brandt said": only what looks like an agency's short form
    start = behind.start("name")
    return Outlet(name, _kind(head), "headed", (start, start + len(name)), (head.start(), start + len(name)))


# --- names by their shape, and no names -------------------------------------------------------------------------------

_SHAPED = re.compile(
    rf"(?<![^\W_])(?:{_WORD} ){{1,3}}(?:Times|Post|News|Herald|Tribune|Gazette|Journal|Telegraph|Chronicle|Observer"
    r"|Courier|Examiner|Inquirer|Sentinel|Standard|Dispatch|Mail|TV|Radio|Television|News Agency|News Network|Magazine"
    r"|Broadcasting Corporation|Broadcasting|radio|television)(?![^\W_])"
    rf"|(?<![^\W_])(?:Radio|Daily|Channel|Television) (?:{_WORD}|\d+)(?: News)?"
)
_SHAPES = (
    "Times", "Post", "News", "Herald", "Tribune", "Gazette", "Journal", "Telegraph", "Chronicle", "Observer", "Courier",
    "Examiner", "Inquirer", "Sentinel", "Standard", "Dispatch", "Mail", "TV", "Radio", "Television", "Magazine",
    "Broadcasting", "radio", "television", "Daily", "Channel",
)  # fmt: skip
"""One of these stands in whatever `_SHAPED` finds."""
_ON_AIR = re.compile(r"TV|[Rr]adio|[Tt]elevision|Channel|Broadcasting")
_OF_STATE = either("""
    [Ss]tate(?:[- ](?:run|owned|controlled|funded|backed))?, [Oo]fficial, [Ll]ocal, [Nn]ational, semi-official
    pro-government, independent
""")
_NOT_MEDIA = "conference|secretary|office|officer|release|briefing|corps|freedom"
_UNNAMED = re.compile(
    rf"(?<![^\W_])(?P<whose>{_WORD}(?: {_WORD})? )?(?P<what>{_OF_STATE} (?:news )?"
    rf"(?:media|television|TV|radio|broadcaster|news agency|newspaper|press|outlets?))(?![^\W_]| (?:{_NOT_MEDIA}))"
    rf"|(?<![^\W_])(?P<people>(?:{_WORD} )?{_WORD}) (?:news )?(?:media|television|TV|radio|press)"
    rf"(?![^\W_]| (?:{_NOT_MEDIA}))"
)
_MEDIA = ("media", "television", "TV", "radio", "broadcaster", "agency", "newspaper", "press", "outlet")
"""One of these stands in whatever `_UNNAMED` finds."""
_ANAPHOR = re.compile(
    r"(?<![^\W_])(?P<which>[Tt]he|[Tt]his) (?:same )?(?:(?P<agency>(?:news |press )?agency)|(?P<print>newspaper|paper"
    r"|daily|weekly|magazine|tabloid|publication)|(?P<air>(?:(?:news|TV|television|radio) )?(?:channel|network"
    r"|broadcaster|station))|news (?:website|site)|(?:news )?outlet)(?![\w’'-]| [A-Z])"
)
_LAST_WORDS = either("""
    Times, Post, Journal, Globe, Herald, Tribune, Telegraph, Chronicle, Mail, Star, Examiner, Monitor, Beast, Beacon
    Caller, Review, Gazette, Inquirer, Register, Standard, Observer, Sun, Mirror, Express, Independent
""")
_SHORT = re.compile(rf"(?<![^\W_])[Tt]he (?P<last>{_LAST_WORDS})(?![\w’'-]*\w| [A-Z])")


def _shaped(text: str) -> Iterator[Outlet]:
    for match in _SHAPED.finditer(text) if _has_any(text, _SHAPES) else ():
        name = _bare(match[0])
        if " " in name:
            span = (match.end() - len(name), match.end())
            yield Outlet(name, "air" if _ON_AIR.search(name) else "print", "shaped", span, span)


def _unnamed(text: str) -> Iterator[Outlet]:
    for match in _UNNAMED.finditer(text) if _has_any(text, _MEDIA) else ():
        owner = match["whose"] or match["people"] or ""
        of_a_country = _of_a_people(owner.split()[-1]) if owner else False
        if match["what"] is None and not of_a_country:
            continue
        possessive = owner.rstrip().endswith(("’s", "'s"))
        start = match.start() if of_a_country or possessive else match.start("what")
        start += len(match[0][start - match.start() :]) - len(match[0][start - match.start() :].removeprefix("The "))
        span = (start, match.end())
        yield Outlet(text[start : match.end()], None, "unnamed", span, span)


def _anaphors(text: str, named: Sequence[Outlet], own: str | None) -> Iterator[Outlet]:
    for match in _ANAPHOR.finditer(text) if named or own else ():
        name = own if match["which"] in ("This", "this") else _referred(match, named)
        if name:
            yield Outlet(name, _kind(match), "known", match.span(), match.span())


def _shortened(text: str, named: Sequence[Outlet]) -> Iterator[Outlet]:
    """`the Times`, once the article has named the New York Times."""
    for match in _SHORT.finditer(text) if named else ():
        earlier = (o for o in reversed(named) if o.span[1] <= match.start() and o.name.endswith(f" {match['last']}"))
        full = next((outlet for outlet in earlier if outlet.name.casefold() != match[0].casefold()), None)
        if full:
            yield Outlet(full.name, full.kind, "headed", match.span(), match.span())


def _referred(match: re.Match[str], named: Sequence[Outlet]) -> str | None:
    """The outlet last named before "the channel" that is of its kind."""
    kind = _kind(match)
    kinds = (kind,) if kind else ("agency", "print", "air")
    earlier = (o for o in reversed(named) if o.span[1] <= match.start() and o.surety != "unnamed" and o.kind in kinds)
    return next((outlet.name for outlet in earlier), None)


# --- what stands around -----------------------------------------------------------------------------------------------

_EPITHETS = either(r"""
    [Tt]he, THE, [Aa]n?, [Ii]ts, [Hh]is, [Hh]er, [Tt]heir, [A-Z][\w.]*(?: [A-Z]\w+)?[’']s?
    [A-Z]\w+(?: [A-Z]\w+)? (?:affiliate|partner), state, official, semi-official, private, independent, conservative
    liberal, local, national, public, leading, influential, popular, business, financial, news, sports?, cable, online
    daily, weekly, newspaper, magazine, broadcaster, agency, pan-Arab, domestic, subsequent, recent, separate
    [\w.]+-(?:run|owned|controlled|funded|backed|language|based|government|leaning|wing|linked|affiliated)
    U\.?S\.?, U\.?K\.?, French, Dutch, Swiss, Greek, Saudi
    (?:North |South )?[A-Z][a-z]+(?:ian|ean|can|man|ish|ese|ani|aqi|eli)
""")
_BEFORE_NAME = re.compile(rf"(?:(?<![^\W_]){_EPITHETS} )+\Z")


def _with_surroundings(text: str, outlet: Outlet) -> Outlet:
    """The outlet with what stands before its name; a capital "The" is its own unless a head noun follows."""
    start, end = outlet.whole
    before = _BEFORE_NAME.search(text, max(0, start - 60), start)
    whole = (before.start() if before else start, end)
    first = outlet.span[0]
    if text[max(0, first - 4) : first] == "The " and outlet.kind in ("print", "agency") and outlet.surety != "headed":
        return replace(outlet, name=f"The {outlet.name}", span=(first - 4, outlet.span[1]), whole=whole)
    return replace(outlet, whole=whole)
