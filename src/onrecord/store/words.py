"""How texts and queries are cut into words: one way for both sides, or nothing would be found.

Lance cuts at everything that is no letter or digit, lowers, folds accents and stems. That finds "sanctioned" for
"sanctions", and takes "S-400" for two words which "Russia's 400 tanks" has as well. So tokens that are written with
a mark inside and are more than two words beside each other are kept whole in a column of their own.
"""

import re
import unicodedata
from functools import lru_cache

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2019": "'"})
WORD = re.compile(r"[^\W_]+")
_CANDIDATE = re.compile(r"[^\W_]+(?:[-./&+:,][^\W_]+)+")
_MARK_INSIDE = re.compile(r"(?<=[^\W_])[-./&+:,](?=[^\W_])")
_PLURAL = re.compile(r"(?<=\d)s$")
_FIGURE = re.compile(r"\d")


def plain(text: str) -> str:
    """Lower case with its accents; dashes and apostrophes of all kinds as the plain ones."""
    return text.lower() if text.isascii() else text.translate(_DASHES).lower()


def fold(text: str) -> str:
    """Lower case without accents; dashes and apostrophes of all kinds as the plain ones."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.translate(_DASHES))
    return "".join(c for c in parted if not unicodedata.combining(c)).casefold()


def words_in(folded: str) -> list[str]:
    """The words of a folded text."""
    return WORD.findall(folded)


def exact_tokens(folded: str) -> list[str]:
    """The tokens of a folded text to be found only as they are written: `s-400`, `f-16`, `u.s`, `a/res/68/262`.

    Words that a hyphen joins ("well-known") are no such tokens: they are found as a phrase. A plural's `s` after a
    digit is left away, with and without: "F-16s" is found by F-16 too.
    """
    if not _MARK_INSIDE.search(folded):  # as most have none, and this tells it five times faster
        return []
    found = []
    for match in _CANDIDATE.finditer(folded):
        token = match.group()
        if is_exact(token):
            found.append(token)
            if (singular := _PLURAL.sub("", token)) != token:
                found.append(singular)
    return found


def is_exact(token: str) -> bool:
    """Does a folded token have a mark inside that makes it more than two words beside each other?"""
    if not _CANDIDATE.fullmatch(token):
        return False
    return bool(_FIGURE.search(token)) or any(mark in token for mark in "./&+") or ":" in token


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word as Lance's index holds it."""
    from lance.lance import tokenize

    tokens = tokenize(word, base_tokenizer="simple", stem=True, remove_stop_words=False)
    return str(tokens[0].text) if tokens else word
