"""In which form a member of a trail has the utterance, beside the fullest wording there is.

verbatim      the whole of what is quoted anywhere, word for word (the fullest wording itself is that too)
trimmed       some of it, word for word
altered       quoted, with words changed, added or put together anew
translation   quoted, in words that are mostly others
paraphrase    in the outlet's own words
"""

from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import LCSseq

from onrecord.trails.sayings import Saying

Form = Literal["verbatim", "trimmed", "altered", "translation", "paraphrase"]
WHOLE = 0.9
"""Share of the fullest wording from which on a quotation is the whole of it."""
OTHER_WORDS = 0.5
"""A quotation of which a smaller share is in a fuller one, in order, is another translation."""


def form_of(member: Saying, fuller: Sequence[Saying]) -> Form:
    """A member's form; `fuller` are the members with fuller wordings, the fullest first."""
    quoted = quoted_stems(member)
    if not quoted:
        return "paraphrase"
    references = [stems for other in fuller if (stems := quoted_stems(other))]
    if not references:
        return "verbatim"
    shares = [(LCSseq.similarity(quoted, reference) / len(quoted), reference) for reference in references]
    share, reference = max(shares, key=lambda s: s[0])
    if share == 1.0:
        return "verbatim" if len(quoted) >= WHOLE * len(reference) else "trimmed"
    return "altered" if share >= OTHER_WORDS else "translation"


def quoted_stems(saying: Saying) -> list[str]:
    """The words in quotation marks, in order."""
    return [word.stem for word in saying.words if word.quoted]
