"""Headlines, where capitals do not tell where a name ends: the source does."""

from itertools import takewhile

from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member, is_short_for
from onrecord.resolve.phrases import Phrase


def named_in_headline(cast: Cast, phrase: Phrase) -> Member | None:
    """Whom a source in a headline names, with a title or what they are before: "Brandt", "Sen. Brandt", "Coral Icon Ada
    Brandt"; None elsewhere and where it may be several.
    """
    words = cast.words
    if words.paragraph[phrase.first] not in words.headline:
        return None
    titles = takewhile(lambda k: words.lower[k] in lex.TITLES | {"."}, range(phrase.first, phrase.head))
    begin = max(titles, default=phrase.first - 1) + 1
    end = words.starts[phrase.first] + len(phrase.text)
    for k in range(begin, phrase.head + 1):
        told = words.text[words.starts[k] : end]
        found = _so_named(cast, told) if k == begin or " " in told else []
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _so_named(cast: Cast, told: str) -> list[Member]:
    """Those whom a name or short name means; those of running text, where there are any."""
    found = [m for m in cast.members if m.named and m.kind != "group" and is_short_for(told, m)]
    written = [m for m in found if any(cast.words.paragraph[k] not in cast.words.headline for k, _ in m.places)]
    return written or found
