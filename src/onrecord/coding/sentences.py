"""Where a text's sentences begin and end: events are told sentence by sentence."""

import re
from collections.abc import Iterator, Sequence

from onrecord.records import Span

_END = re.compile(r"(?<!\S)(?P<word>\S*?)(?P<mark>[.!?…]+)[\"”’'»)\]]*\s+(?=[\"“‘'«(\[]*[A-Z0-9À-ÖØ-Þ])")
_ABBREVIATIONS = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms dr sen rep gov gen col lt sgt capt maj prof st jr sr rev hon sens reps no vs inc corp co ltd messrs"
        " adm cmdr brig supt jan feb mar apr jun jul aug sept sep oct nov dec",
    )
)
_AFTER_ACRONYM = frozenset(re.findall(r"\w+", "The He She It They But In On A An And We I This That"))
_ACRONYM = re.compile(r"(?:\w\.)+\w|\w")


def sentences(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Spans that cover the paragraphs' sentences in order, without the white space between them.

    A full stop after an abbreviation or an initial ends none; after an acronym (U.S.) only where the next word could
    not belong to a name.
    """
    for start, end in paragraphs:
        begin = start
        for found in _END.finditer(text, start, end):
            if _ends(text, found):
                yield begin, begin + len(text[begin : found.end()].rstrip())
                begin = found.end()
        if begin < end:
            yield begin, end


def _ends(text: str, found: re.Match[str]) -> bool:
    word = found["word"].lstrip("\"“‘'«([")
    if found["mark"] != ".":
        return True
    if word.casefold() in _ABBREVIATIONS:
        return False
    if _ACRONYM.fullmatch(word) and not word.isdigit():
        following = re.match(r"\w+", text[found.end() :])
        return len(word) > 1 and following is not None and following[0] in _AFTER_ACRONYM
    return True
