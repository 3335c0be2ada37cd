"""Heads of state and government, foreign ministers and others of the first row, with their terms, from four sources.

1. The list kept by hand has the fullest names; it goes first.
2. The Factbook's office holders of May 2026 join it, or stand for themselves.
3. REIGN's leaders to March 2021 (MIT), mostly known by surname, add what the two before lack.
4. The Phoenix dictionary (MIT) gives REIGN's surnames their full names, where country and dates single out one.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from onrecord.names import fold, sound
from onrecord.resolve.actors.actor import Actor, Term
from onrecord.resolve.actors.make.by_hand import rows
from onrecord.resolve.actors.make.factbook import State
from onrecord.resolve.actors.make.phoenix import Official
from onrecord.resolve.actors.table import line_of
from onrecord.roles import HEADS, office

_SINCE = 1980  # before it, news is history
_COW = dict(
    pair.split(":")
    for line in (
        "ALG:DZA ANG:AGO AUL:AUS AUS:AUT BAH:BHR AAB:ATG BAR:BRB BFO:BFA BHM:BHS BHU:BTN BNG:BGD BOS:BIH",
        "BOT:BWA BRU:BRN BUI:BDI BUL:BGR CAM:KHM CAO:CMR CAP:CPV CDI:CIV CEN:CAF CHA:TCD CON:COG COS:CRI",
        "CRO:HRV CZE:CSK CZR:CZE DEN:DNK DRC:COD DRV:VNM EQG:GNQ ETM:TLS FRN:FRA GAM:GMB GDR:DDR GFR:DEU",
        "GMY:DEU GRG:GEO GRN:GRD GUA:GTM GUI:GIN HAI:HTI HON:HND ICE:ISL INS:IDN IRE:IRL KOS:XKX KUW:KWT",
        "KYR:KGZ KZK:KAZ LAT:LVA LEB:LBN LES:LSO LIB:LBY LIT:LTU MAA:MRT MNG:MNE MAC:MKD MAD:MDV MAG:MDG",
        "MAL:MYS MAS:MUS MAW:MWI MLD:MDA MNC:MCO MON:MNG MOR:MAR MSI:MHL MYA:MMR MZM:MOZ NAU:NRU NEP:NPL",
        "NEW:NZL NIG:NGA NIR:NER NTH:NLD OMA:OMN PAL:PLW PAR:PRY PHI:PHL POR:PRT ROK:KOR ROM:ROU SAF:ZAF",
        "SAL:SLV SEY:SYC SIE:SLE SIN:SGP SKN:KNA SLO:SVK SLU:LCA SLV:SVN SNM:SMR SOL:SLB SPN:ESP SRI:LKA",
        "SUD:SDN SVG:VCT SWA:SWZ SWD:SWE SWZ:CHE TAJ:TJK TAZ:TZA THI:THA TOG:TGO TRI:TTO UAE:ARE UKG:GBR",
        "URU:URY VAN:VUT YAR:YEM YPR:YEM ZAM:ZMB ZIM:ZWE FIJ:FJI YUG:SRB",
    )
    for pair in line.split()
)
"""REIGN's codes of countries that are not the alpha-3 ones."""
_HOLDER = re.compile(r"(?P<words>[^();]+?)\s*\((?:chairperson )?since (?P<day>[^();]+)")
_ROLES = re.compile(
    r"^(?P<role>.*?\b(?:President|Prime Minister|Premier|King|Queen|Emperor|Sultan|Emir|Amir|Pope|Chancellor|"
    r"Supreme Leader|Taoiseach|Grand Duke|Prince|Chairperson of the Presidency|Captain Regent))\s+(?P<name>.+)$"
)
_RANKS = re.compile(r"\b(?:Dr|Sir|Gen|Sr|Col|Lt|Sheikh|Shaikh|Sayyid|Tuanku|Grand Chief|General|Colonel|Jr)\b\.?,?\s*")
# heads of state of territories and realms are counted once, at home
_REIGNS_ELSEWHERE = {"Charles": "GBR", "Trump": "USA", "Macron": "FRA", "Willem-Alexander": "NLD", "Frederik": "DNK"}
_SKIPPED = ("represented by", "President of China", "President of the Pontifical")


@dataclass
class _Person:
    country: str
    names: list[str]
    terms: list[Term]
    code: str = ""
    surnames: list[str] = field(default_factory=list)
    by_hand: bool = False
    shy: bool = False
    """Known from REIGN alone: names of small countries' leaders are also those of other people."""

    def called(self, surname: str) -> bool:
        return sound(fold(surname)) in {sound(fold(s)) for s in self.surnames}


def lines(states: Iterable[State], reign: Path, officials: list[Official]) -> Iterator[str]:
    """One line of the table a person, in the order of the sources."""
    people = list(_by_hand())
    for state in states:
        for words in dict.fromkeys(state.office_holders):
            _add_office_holder(people, state.code, words)
    for spell in _spells(reign):
        _add_spell(people, *spell, officials)
    taken: set[str] = set()
    for person in people:
        yield _line(person, taken)


def _by_hand() -> Iterator[_Person]:
    for code, country, names, terms in rows("people", 4):
        shown = [n for n in names.split("|") if n[0] != "^"]
        surnames = [n[1:] for n in names.split("|") if n[0] == "^"] or [_surname(shown[0])]
        held = []
        for term in terms.split(";"):
            role, _, dates = term.partition("@")
            start, _, end = dates.partition("/")
            held.append(Term(role, start or None, end or None))
        yield _Person(country or code, shown, held, code, surnames, by_hand=True)


def _surname(name: str) -> str:
    return re.sub(r",? (?:Jr|Sr)\.?$| (?:I|II|III|IV|V|VI|X|XIV|XVI)$", "", name).split()[-1]


def _add_office_holder(people: list[_Person], country: str, words: str) -> None:
    for holder in _HOLDER.finditer(words):
        head = _ROLES.match(holder["words"].strip(" ,;"))
        if (
            head is None
            or not head["name"][0].isupper()
            or any(s in holder["words"] for s in _SKIPPED)
            or " of " in head["name"]
        ):
            continue
        name = " ".join(_RANKS.sub("", re.sub(r'"[^"]*"', "", head["name"])).replace(",", "").split())
        capitals = [_loud_part(w) for w in name.split() if _loud(w) and not w.endswith(".")]
        surname = _cased(" ".join(capitals)) if capitals else _surname(name)
        term = Term(_role(head["role"]), _day(holder["day"]), None)
        if _REIGNS_ELSEWHERE.get(surname, country) != country:
            continue
        _join(people, country, _cased(name), surname, term)


def _join(people: list[_Person], country: str, name: str, surname: str, term: Term) -> None:
    for person in people:
        open_term = any(t.end is None for t in person.terms)
        if person.country == country and open_term and (person.called(surname) or name in person.names):
            if name not in person.names:
                person.names.append(name)
            if not any(t.role == term.role and t.end is None for t in person.terms):
                person.terms.append(term)
            return
    words = name.split()
    # "Vladimir Vladimirovich Putin" is met as "Vladimir Putin"; where the surname stands first, names stay whole
    short = [f"{words[0]} {surname}"] if len(words) > 2 and words[-1] in surname.split() else []
    people.append(_Person(country, list(dict.fromkeys([*short, name])), [term], country, [surname]))


def _spells(path: Path) -> Iterator[tuple[str, str, Term]]:
    """Country, name and term of REIGN's leaders since 1980."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            name = " ".join(re.sub(r"\(.*?\)", "", row["leader"]).split()).strip(" .")
            code = _COW.get(row["stateabb"], row["stateabb"])
            if row["stateabb"] == "YUG" and int(row["syear"]) < 2003:
                code = "YUG"
            if (
                row["stateabb"] == "RVN"
                or not name
                or "\ufffd" in name
                or " and " in name
                or int(row["eyear"] or 9999) < _SINCE
            ):
                continue
            start = f"{int(row['syear']):04}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            end = f"{int(row['eyear']):04}-{int(row['emonth']):02}" if row["eyear"] else None
            yield code, name, Term("leader", start, end)


def _add_spell(people: list[_Person], country: str, name: str, term: Term, officials: list[Official]) -> None:
    assert term.start
    surname = _surname(name)
    if country == "RUS" and term.start < "1991-12-26":
        country = "SUN" if surname != "Yeltsin" else "RUS"
    for person in people:
        if person.country != country or not (person.called(surname) or person.called(name)):
            continue
        if person.code != person.country:
            continue  # heads of bodies: a namesake at home is somebody else
        if " " in name and fold(name) in {fold(n) for n in person.names}:
            person.terms.append(_closed(term))
            return
        heads = [t for t in person.terms if office(t.role) in HEADS]
        near = any(t.covers(term.start, 400) for t in heads)
        successor = any(t.end is None and t.start and t.start > term.start for t in heads) and term.end is None
        if near or successor:
            if successor or not any(t.covers(term.start, 62) for t in person.terms):
                person.terms.append(term if successor else _closed(term))
            return
    full = name if " " in name else _full_name(country, surname, term.start, officials)
    for person in people:
        if full and person.country == country and full in person.names:
            person.terms.append(_closed(term))
            return
    people.append(_Person(country, [full or name], [_closed(term)], country, [surname], shy=True))


def _closed(term: Term) -> Term:
    """REIGN ends in March 2021; who is not in office by the Factbook of 2026 left at a day unknown, in between."""
    return term if term.end else Term(term.role, term.start, "2021-03")


def _full_name(country: str, surname: str, start: str, officials: list[Official]) -> str | None:
    found = {o.name for o in officials if o.country == country and o.began_near(start) and o.is_called(surname)}
    return found.pop() if len(found) == 1 else None


def _cased(name: str) -> str:
    """ "Vladimir PUTIN", "Mohamed al-MANFI", "DE WEVER" in ordinary capitals; regnal numbers stay."""
    words = [w if re.fullmatch(r"[IVX]+", w) else "-".join(_capital(p) for p in w.split("-")) for w in name.split()]
    return " ".join(words)


def _capital(part: str) -> str:
    return part[:1] + part[1:].lower() if part.isupper() and len(part) > 1 else part


def _loud(word: str) -> bool:
    """Whether a word is written as the Factbook writes surnames: KIM, el-GHAZOUANI, not J. or XIV."""
    return any(part.isupper() and len(part) > 1 and not re.fullmatch(r"[IVX]+", part) for part in word.split("-"))


def _loud_part(word: str) -> str:
    """ "KHAMENEI" of "Hoseini-KHAMENEI", "GHAZOUANI" of "el-GHAZOUANI"; a double name in capitals stays whole."""
    return "-".join(part for part in word.split("-") if part.isupper())


def _role(words: str) -> str:
    known = (
        "prime minister",
        "premier",
        "president",
        "king",
        "queen",
        "emperor",
        "sultan",
        "emir",
        "pope",
        "chancellor",
    )
    lowered = words.casefold().replace("amir", "emir")
    return next((role for role in known if role in lowered), lowered)


def _day(text: str) -> str | None:
    cleaned = text.strip()
    for form, out in (("%d %B %Y", "%Y-%m-%d"), ("%d %b %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(cleaned, form).strftime(out)
        except ValueError:
            continue
    return None


def _line(person: _Person, taken: set[str]) -> str:
    shown = person.names[0]
    stem = f"{person.code or person.country}.{fold(shown).replace(' ', '-')}"
    id_ = next(i for n in range(1, 99) if (i := stem if n == 1 else f"{stem}-{n}") not in taken)
    taken.add(id_)
    terms = sorted(person.terms, key=lambda t: t.start or "")
    mark = "^" if person.by_hand else "^~"
    bare = [mark + s for surname in person.surnames for s in (surname, re.sub(r"^[ae]l-", "", surname))]
    # a leader known by surname alone has no full name to be found by
    full = [f"~{name}" if person.shy else name for name in person.names]
    names = bare if " " not in shown else [*full, *bare]
    actor = Actor(id_, person.code or person.country, shown, "person", person.country, terms[-1].role, (), tuple(terms))
    return line_of(actor, dict.fromkeys(names))
