"""Names brought to one form, so that "Côte d’Ivoire" and "Cote d'Ivoire", "Sergei" and "Sergey" meet."""

import re
import unicodedata
from functools import lru_cache

# letters that Unicode does not take apart into a base and a mark
_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "‘": "'", "`": "'"}
)
_DROPPED = re.compile(r"[.']")
_DASHES = re.compile(r"[-‐‑‒–—/ \u00a0]+")
_LEADING_THE = re.compile(r"(?:^|(?<=[|\t\n~#^=]))the ", re.MULTILINE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")

# spellings of one sound in names brought over from other alphabets
_SOUNDS = (
    (re.compile(r"\bm[ou]h?am+[aeo]d\b"), "mohamed"),
    (re.compile(r"\b(?:al|el|bin|ibn|ben) "), ""),
    (re.compile(r"(?:iy|yy|ii|ij|ey|ei|ay|ai|y|i)\b"), "i"),
    (re.compile(r"y"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"q|ck"), "k"),
    (re.compile(r"ou|oo|w(?=[aeiou])"), "u"),
    (re.compile(r"v"), "u"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=1 << 16)  # the names of a day's news come again and again
def fold(name: str) -> str:
    """Case, accents, dots, apostrophes, hyphens and a leading "the" taken away."""
    return fold_text(name)


def fold_text(text: str) -> str:
    """The same of a whole text or table of names at once: tabs, bars and line ends stay where they are."""
    folded = text.casefold()
    if not folded.isascii():
        folded = without_accents(folded.translate(_WHOLE))
    return _LEADING_THE.sub("", _DASHES.sub(" ", _DROPPED.sub("", folded.replace("&", "and"))).strip(" "))


def without_accents(text: str) -> str:
    """ "François" as "Francois"; case, dots and all else stay."""
    apart = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return apart if apart.isascii() else "".join(c for c in apart if not unicodedata.combining(c))


def sound(folded: str) -> str:
    """A folded name with the spellings of transliteration evened out: "sergei lavrov" and "sergey lavrov" are one."""
    for pattern, by in _SOUNDS:
        folded = pattern.sub(by, folded)
    return folded


def without_possessive(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def is_acronym(name: str) -> bool:
    """Whether a name is spelt in capitals alone ("WHO", "U.S."), and so must be found in capitals alone."""
    return name.isupper() and " " not in name


def without_initials(folded: str) -> str:
    """ "donald j trump" as "donald trump"; first and last words stay."""
    words = folded.split(" ")
    inner = [w for w in words[1:-1] if len(w) > 1]
    return " ".join([words[0], *inner, words[-1]]) if len(words) > 2 else folded
