"""Measures that a statement deplores without saying whose they are: "the number of sanctions regimes kept growing,
though they were illegal". Who deplores them speaks for the side they hit. Their author is who takes measures against
that side elsewhere in the article, else the other side that it speaks of most.

No pair of the sentence can be asked about, as neither side is in it: such arguments, left out because the text so far
has told them, are called implicit (Gerber and Chai, Beyond NomBank, ACL 2010).
"""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.coding.plover import EMBARGO
from onrecord.coding.scenes import ACTING, actor_code
from onrecord.coding.sentences import sentences
from onrecord.paragraphs import paragraphs
from onrecord.records import Deed, Record, Scene, Span

ABOUT_ONE = 1 / 3
"""From this share of the mentions of all other sides on, the side most mentioned is the one meant."""
MENTIONS = 3
"""So often at least that side is mentioned."""
RIGHT = 0.7
"""What is taken for the confidence of such events: of eight in 1,055 articles that speak of sanctions six were right,
and two of the West's were taken for those of the United States."""
_MEASURES = re.compile(
    r"\b(?:sanctions?(?: regimes?)?|embargo(?:es)?|blockades?|restrictive measures)\b", re.IGNORECASE
)
_DEPLORED = re.compile(
    r"\b(?:illegal|unlawful|illegitima|unjust|unfair|unfounded|groundless|baseless|unacceptabl|absurd|cruel|inhuman|"
    r"hostil|unfriendl|suffer|crippl|bully|blackmail|pretext|futile|useless|counterproductive|protest|unilateral|"
    r"discriminat|terroris|warfare|collective punishment|contrary to|damag|victim|destroy|hurt|harm|cost\b|hate|"
    r"decr(?:y|ied)|denounc|condemn|lambast|bemoan|blam)",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"\b(?:lift|eas(?:e|ed|ing)\b|remov|suspen|relie|waive|exempt|if\b|unless\b|would\b|could\b|should\b|might\b|may\b|"
    r"threat|bill\b|legislation|evad|circumvent|sanctions? violat|violat\w* (?:of )?(?:the )?sanction)",
    re.IGNORECASE,
)


def with_implied(record: Record, scenes: Sequence[Scene], deeds: Sequence[Deed]) -> tuple[list[Scene], list[Deed]]:
    """The scenes and the deeds in them, and one more of each for every sentence that deplores such measures."""
    text = record.article.text
    more = [*scenes], [*deeds]
    if not _MEASURES.search(text):
        return more
    sides = _Sides(record, scenes, deeds)
    for sentence in sentences(text, paragraphs(text)):
        measures, words = _MEASURES.search(text, *sentence), text[slice(*sentence)]
        if measures and _DEPLORED.search(words) and not _NOT_THERE.search(words):
            hit = sides.spoken_for(measures.span(), sentence)
            author = sides.author(hit) if hit else None
            if hit and author:
                participants = (sides.entity(author), ()), (sides.entity(hit), ())
                deed = Deed(len(more[0]), (0, 1), EMBARGO, "asserted", measures.span(), RIGHT)
                more[0].append(Scene(sentence, None, participants, ((0, 1),)))
                more[1].append(deed)
    return more


class _Sides:
    """The sides of an article, by code: who speaks for them, who of them acts against whom."""

    def __init__(self, record: Record, scenes: Sequence[Scene], deeds: Sequence[Deed]) -> None:
        self.statements = record.statements
        self.codes = {e.id: actor_code(e) for e in record.entities if e.kind in ACTING}
        self.entities = [e for e in record.entities if self.codes.get(e.id)]
        self.mentions = [(m.span, self.codes[e.id]) for e in self.entities for m in e.mentions]
        self.measures = {
            tuple(self.codes.get(scenes[deed.scene].participants[k][0]) for k in deed.pair)
            for deed in deeds
            if deed.type in ("SANCTION", EMBARGO)
        }

    def spoken_for(self, words: Span, sentence: Span) -> str | None:
        """The side of who says these words, when no other is named in their sentence."""
        said = [s for s in self.statements if any(a <= words[0] and words[1] <= b for a, b in s.content)]
        side = self.codes.get(said[-1].speaker or "") if said else None
        named = {code for span, code in self.mentions if sentence[0] <= span[0] and span[1] <= sentence[1]}
        return side if not named - {side} else None

    def author(self, hit: str) -> str | None:
        """Who takes measures against a side: one who does by another deed, else the other side most spoken of; nobody
        when the side takes measures itself.
        """
        known = [author for author, recipient in self.measures if recipient == hit]
        if known:
            return known[0] if len(known) == 1 else None
        if any(author == hit for author, _ in self.measures):
            return None
        counts = Counter(code for _, code in self.mentions if code != hit)
        ((first, times),) = counts.most_common(1) or [(None, 0)]
        return first if times >= max(MENTIONS, ABOUT_ONE * counts.total()) else None

    def entity(self, code: str) -> str:
        """The id of the country or body itself, else of the one most spoken of that acts for it."""
        acting = (e for e in self.entities if self.codes[e.id] == code)
        return max(acting, key=lambda e: (e.kind in ("country", "igo"), len(e.mentions))).id
