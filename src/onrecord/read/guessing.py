"""The encoding of text that does not say it.

1. the Latin script, by the letters its languages use: code pages differ in few letters, but hardly any text has letters
   which no one language uses
2. other scripts, by charset-normalizer's statistics

Statistics alone take one in eight English articles in Windows-1252 for Cyrillic or Polish: nothing in them but
quotation marks is beyond ASCII.
"""

import re
import unicodedata
from functools import partial

# The Latin script's, in this order where the letters fit equally. ISO 8859-2 before cp1250: they differ in letters that
# cp1250 keeps among the bytes 80 to 9F, where the other has only control characters.
_LATIN = ["cp1252", "iso8859_2", "cp1250", "cp1254", "cp1257"]
_OTHERS = [
    *("cp1251", "koi8_r", "koi8_u", "cp866", "cp1253", "cp1255", "cp1256", "cp1258", "cp874"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
_SAMPLE = 1 << 16

# the letters beyond a to z of: French, German, Spanish, Portuguese, Italian, Swedish and Finnish, Danish and Norwegian,
# Dutch, Icelandic, Catalan
_WEST = [
    *(
        "àâæçéèêëîïôœùûüÿ",
        "äöüß",
        "áéíñóúüªº",
        "ãáàâçéêíóôõúªº",
        "àèéìíîòóù",
        "åäöé",
        "æøåé",
        "áéèëïíóöüú",
        "áðéíóúýþæö",
    ),
    "àçéèíïóòúü",
]
# Polish, Czech, Slovak, Hungarian, Croatian and Slovene, Romanian, Turkish, Latvian, Lithuanian, Estonian
_EAST = [
    *("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "çğıöşüâîû"),
    *("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
]
_NEUTRAL = frozenset("©®°½¼¾™×\u00ad")
# a text with fewer letters beyond ASCII than this has them in foreign names, from any language of the West
_SPARSE = 0.02
# share of the letters that must fit; the rest are names from elsewhere
_FITS = 0.9
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
# four accented letters in a row: a word of another script read in the wrong code page
_OTHER_SCRIPT = re.compile("[À-ÖØ-öø-ÿŠšŽžŒœŸ]{4}")


def guess_encodings(data: bytes) -> list[str]:
    """Encodings that bytes beyond ASCII may be in, likeliest first; empty when they look like text in none."""
    from charset_normalizer import from_bytes

    sample = _telling_lines(data)
    latin = _guess_latin(sample)
    if latin:
        return latin
    return [match.encoding for match in from_bytes(sample, cp_isolation=_LATIN + _OTHERS)]


def _guess_latin(sample: bytes) -> list[str]:
    """The code pages of the Latin script in which a text's letters fit one language, best first; empty for none."""
    western = sample.decode("cp1252", "replace")
    if len(_ASCII_LETTER.findall(sample)) < len(_BEYOND_ASCII.findall(sample)) or _OTHER_SCRIPT.search(western):
        return []
    signs = _signs(western)
    mixed = ["cp1252"] if _fit(signs, ["".join(_WEST)]) >= _FITS else []
    if len(signs) < _SPARSE * len(sample) and mixed:
        return mixed
    fits = {page: _fit(_signs(sample.decode(page, "replace")), _WEST + _EAST) for page in _LATIN}
    return sorted((page for page in _LATIN if fits[page] >= _FITS), key=lambda page: -fits[page]) or mixed


def _signs(text: str) -> str:
    """The letters beyond ASCII, and with them the odd symbols that letters turn into in a wrong code page."""
    beyond = (sign for sign in text.lower() if sign > "\x7f" and sign not in _NEUTRAL)
    return "".join(sign for sign in beyond if not unicodedata.category(sign).startswith(("P", "Z", "Sc", "Sk")))


def _fit(signs: str, alphabets: list[str]) -> float:
    """The share of signs, 0 to 1, in the alphabet that has most of them; 1 when there are none."""
    if not signs:
        return 1.0
    return max(sum(map(partial(str.__contains__, alphabet), signs)) for alphabet in alphabets) / len(signs)


def _telling_lines(data: bytes) -> bytes:
    """The lines which are not ASCII, up to a sample's size: all that an encoding can be told by."""
    lines: list[bytes] = []
    size = 0
    for line in data.split(b"\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(lines)
