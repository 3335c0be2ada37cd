"""The World Factbook's countries (public domain): names, demonyms, capitals and who held office in May 2026."""

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt", "tr", "ru", "uk")
# the Factbook goes by names of its own; everything else is found by CLDR's English name
_CODES = {
    "congo (brazzaville)": "COG", "drc": "COD", "cabo verde": "CPV", "the gambia": "GMB", "cote d'ivoire": "CIV",
    "the bahamas": "BHS", "the dominican": "DOM", "burma": "MMR", "turkey": "TUR", "holy see (vatican city)": "VAT",
    "gaza, gaza strip": "PSE", "west bank": "PSE", "falkland islands (islas malvinas)": "FLK", "hong kong": "HKG",
    "macau": "MAC", "virgin islands": "VIR", "saint martin": "MAF", "wallis and futuna": "WLF",
    "central african republic": "CAF", "federated states of micronesia": "FSM", "united arab emirates": "ARE",
    "kosovo": "XKX", "sao tome and principe": "STP", "bosnia and herzegovina": "BIH", "saint barthelemy": "BLM",
    "antigua and barbuda": "ATG", "trinidad and tobago": "TTO", "saint kitts and nevis": "KNA",
    "saint vincent and the grenadines": "VCT", "turks and caicos islands": "TCA", "curacao": "CUW",
    "saint lucia": "LCA", "saint pierre and miquelon": "SPM", "saint helena, ascension, and tristan da cunha": "SHN",
}  # fmt: skip
_GONE = ("BUR", "ZAR", "DDR", "FXX", "TMP", "YMD", "SUN", "YUG", "CSK", "SCG")
_TAGS = re.compile(r"<[^>]+>")
# capitals whose names other places, people or things bear as often
_SHY_CAPITALS = frozenset(
    name
    for line in (
        "Victoria, Georgetown, Kingston, Hamilton, Jamestown, Stanley, Santiago, Valletta, Male, Praia",
        "Basseterre, Roseau, Douglas, Plymouth, Castries, Sofia, Lima, Bern, Nassau, Dakar, Moroni, Melekeok",
        "Monaco, Luxembourg, Singapore, Djibouti, Panama, Guatemala, Kuwait, Andorra, Gibraltar, Freetown",
        "Kingstown, Bridgetown, Suva, Apia, San Jose, San Juan, San Salvador, San Marino, Saint John's",
        "Port Louis, George Town, Road Town",
    )
    for name in line.split(", ")
)


@dataclass(frozen=True, slots=True)
class State:
    code: str
    dependent: bool
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    office_holders: tuple[str, ...]
    """As the Factbook words them: "President Vladimir Vladimirovich PUTIN (since 7 May 2012)"."""


def states(path: Path) -> Iterator[State]:
    """The countries and territories that have an alpha-3 code, in the file's order."""
    for line in path.read_text("utf-8").splitlines():
        page = json.loads(line)
        short, long = (_text(page, "names", f"conventional {form} form") for form in ("short", "long"))
        short = short.split(" (sometimes")[0]
        code = _code(short) or _code(long)
        if code:
            names = [
                n for n in (short, long) if n and n != "West Bank" and "(" not in n and ";" not in n and ", " not in n
            ]
            yield State(
                code,
                "dependency" in page,
                tuple(dict.fromkeys(names)),
                tuple(_capitals(_text(page, "capital", "name"))),
                tuple(_demonyms(page)),
                tuple(_text(page, "executive", f) for f in ("chief of state", "head of government")),
            )


def names_in_languages(code: str) -> list[str]:
    """CLDR's names of a country: the English one bare, the others behind their language's mark."""
    two = _alpha2().get(code)
    if two is None:
        return []
    english = Locale("en").territories.get(two, "")
    out = [] if re.search(r"[(]|SAR| - ", english) else [english]
    for language in LANGUAGES:
        name = Locale(language).territories.get(two)
        if name and name != english and "(" not in name:
            out.append(f"@{language}:{name}")
    return out


def _alpha2() -> dict[str, str]:
    aliases = get_global("territory_aliases").items()
    return {
        three: two[0]
        for three, two in aliases
        if three not in _GONE and len(three) == 3 and three.isalpha() and len(two) == 1
    }


def _code(name: str) -> str | None:
    key = plain(name).casefold()
    if key in _CODES:
        return _CODES[key]
    return _codes_by_english_name().get(key)


@cache
def _codes_by_english_name() -> dict[str, str]:
    english = Locale("en").territories
    return {plain(english[two]).casefold(): three for three, two in _alpha2().items() if two in english}


def plain(text: str) -> str:
    """Accents aside, for the Factbook has none."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.replace("’", "'")) if not unicodedata.combining(c))


def _text(page: dict[str, Any], section: str, field: str) -> str:
    value = ((page.get(section) or {}).get(field) or {}).get("text") or ""
    text = _TAGS.sub(" ", html.unescape(value)).replace("\xa0", " ").strip()
    return "" if text == "none" else text


def _capitals(text: str) -> Iterator[str]:
    for part in re.split(r"[;,]", text.split("note", maxsplit=1)[0].replace("administered from London", "")):
        if re.search(r"legislative|judicial|commercial", part):
            continue
        name = part.split("(")[0].strip().removesuffix(" in Romanian")
        if ")" not in name and name and name[0].isupper() and name != "D.C." and len(name.split()) <= 4:
            yield f"#~{name}" if plain(name) in _SHY_CAPITALS else f"#{name}"


def _demonyms(page: dict[str, Any]) -> Iterator[str]:
    for field in ("noun", "adjective"):
        text = _text(page, "nationality", field)
        for part in re.split(r",| or |/|;", text):
            word = re.sub(r"\((?!s\)).*?\)|^\(or | citizens\)?", "", part).strip()
            if word and word[0].isupper() and word not in ("Korean", "Korean(s)", "Congo", "US", "NA"):
                stem = word.removesuffix("(s)")
                yield f"={stem}"
                if word.endswith("(s)"):
                    yield f"={stem}s"
