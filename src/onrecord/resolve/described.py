"""Whom a described source means: "the minister", "the Orland government", "the two sides", "a poll"."""

from onrecord.records import Article
from onrecord.resolve import lexicon as lex
from onrecord.resolve.bodies import Bodies
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.descriptions import describe_person
from onrecord.resolve.media import is_medium
from onrecord.resolve.phrases import Phrase, read_phrase
from onrecord.resolve.polls import POLLS, Polls
from onrecord.resolve.words import Words

_SEVERAL = {
    "men": "m", "women": "f", "leader": None, "president": None, "minister": None, "candidate": None, "rival": None,
    "politician": None, "contender": None, "nominee": None, "hopeful": None, "moderator": None, "governor": None,
    "lawmaker": None, "senator": None, "diplomat": None, "official": None,
}  # fmt: skip
"""Of "the two men", "the two leaders": the noun without its s, and the gender it tells."""
PAIRS = ("two", "couple", "pair", "duo")
"""Nouns that stand for the two people named last."""
_PASSED_ON = lex.spelled("carried published posted reported quoted cited broadcast obtained seen")
"""What others than its giver do with a statement."""
_PRINTED = lex.spelled("article story editorial column op-ed count tally account")
"""Documents that go by the paper they are in: "a Herald article"."""
_OF_MEDIA = lex.spelled("analysis investigation database review")
"""Documents that are a medium's own words where it has its name before."""
_SAYINGS = lex.spelled("words reporting mind view views opinion telling eyes argument estimation")
"""What is somebody's who is said to own it."""
_MADE = lex.spelled("written conducted released issued prepared commissioned done made")
"""What its giver does with a document."""
_NEAR = 3
"""Sentences back that those who are spoken of as two may stand."""


class Described:
    """Descriptions of one article, held against its cast as far as it is known when they are asked for."""

    def __init__(self, article: Article, words: Words, cast: Cast) -> None:
        self.words = words
        self.cast = cast
        self.polls = Polls(words, cast)
        self.bodies = Bodies(article, words, cast)

    def link(self, phrase: Phrase, spoke_last: Member | None) -> tuple[Member | None, float]:
        """The entity that a description means, with its probability; None where it names nobody."""
        if self.words.lower[phrase.head] == "latter":
            return self._last_named(phrase.head), 0.7
        in_headline = self.words.paragraph[phrase.head] in self.words.headline  # which leaves articles out
        if phrase.kind == "person" and (phrase.definite or in_headline):
            found, probability = describe_person(self.cast, phrase.text, phrase.head, spoke_last)
            return (None, 0.0) if in_headline and found and self._only_in_headlines(found) else (found, probability)
        if phrase.kind == "body":
            return self.bodies.of(phrase, spoke_last)
        return self._document(phrase)

    def _document(self, phrase: Phrase) -> tuple[Member | None, float]:
        """Of polls their name, of what media print who printed or wrote it; other documents are nobody's words."""
        head = self.words.lower[phrase.head]
        poll, probability = self.polls.of(phrase) if head in POLLS else (None, 0.0)
        if poll is not None:
            return poll, probability
        if head in ("side", "statement", "response"):
            return self._given_by(phrase)
        giver = self._giver(phrase, directly=True) if head in lex.DOCUMENT_NOUNS else None
        if giver and head not in _PRINTED and not is_medium(giver.name):
            return None, 0.0
        if giver is None and head in _SAYINGS:
            giver = self._owner_before(phrase.head)
        if giver is None and head in _PRINTED | _OF_MEDIA:
            owners = self._owners(phrase)
            printing = (m for m in owners if head in _PRINTED and m.kind == "organization")
            giver = next(printing, None) or next((m for m in owners if is_medium(m.name)), None)
        return giver, 0.85 if giver else 0.0

    def _owner_before(self, head: int) -> Member | None:
        """Whose words they are: Brandt's in "Brandt's words", "the Herald's own reporting"."""
        for k in range(head - 1, head - 4, -1):
            found = self.cast.by_word.get(k)
            if found:
                return found[0] if found[1].possessive else None
        return None

    def _only_in_headlines(self, member: Member) -> bool:
        """Is somebody named where capitals tell no names apart, and nowhere else?"""
        return all(self.words.paragraph[place] in self.words.headline for place, _ in member.places)

    def _given_by(self, phrase: Phrase) -> tuple[Member | None, float]:
        """Whose a statement is: the one it comes "from" or "by", or the one country before it."""
        giver = self._giver(phrase)
        if giver is not None:
            return giver, 0.85
        owners = self._owners(phrase)
        if len(owners) == 1 and owners[0].kind in ("country", "igo"):
            return owners[0], 0.7
        return None, 0.0

    def _owners(self, phrase: Phrase) -> list[Member]:
        """Those named before the head."""
        before = (self.cast.by_word.get(i) for i in range(phrase.first, phrase.head))
        return list({id(found[0]): found[0] for found in before if found}.values())

    def _giver(self, phrase: Phrase, directly: bool = False) -> Member | None:
        """The one named after "from" or "by": "a statement from the minister, Ada Brandt"; if `directly`, only where
        that follows the head or a word for making: "a report written by Ada Brandt".
        """
        words = self.words
        end = words.starts[phrase.first] + len(phrase.text)
        after = range(phrase.head + 1, words.covering((end - 1, end)).stop)
        passed = (i for i in after if words.lower[i] in ("from", "by") and words.lower[i - 1] not in _PASSED_ON)
        begin = next(passed, len(words.words)) + 1
        if begin >= len(words.words):
            return None
        if directly and begin != phrase.head + 2 and words.lower[begin - 2] not in _MADE:
            return None
        inner = read_phrase(words, self.cast, ((words.starts[begin], end),))
        return inner.names[0][0] if inner and inner.kind == "names" else None

    def _last_named(self, at: int) -> Member | None:
        """The entity named last before a word: "the latter"."""
        named = [(p, m) for m in self.cast.members if m.named and not m.members for p, _ in m.places if p < at]
        return max(named, key=lambda found: found[0], default=(0, None))[1]

    def several(self, phrase: Phrase) -> tuple[Member, ...]:
        """ "the senators", "the candidates": those who spoke together before, when their roles are of this kind."""
        head = self.words.lower[phrase.head].removesuffix("s")
        pair = "two" in phrase.text or "both" in phrase.text.casefold()
        if (pair and head in _SEVERAL) or head in PAIRS:
            return self._last_people(phrase.head, _SEVERAL.get(head))
        if pair and (head in ("countrie", "side") or "two" not in phrase.text):
            return self._last_countries(phrase.head)
        for member in reversed(self.cast.members):
            if member.members and any(head in r.casefold() for one in member.members for r in one.roles):
                return member.members
        return ()

    def _last_people(self, at: int, gender: str | None) -> tuple[Member, ...]:
        """The two people named last before a word, in text order; none when there are not two near it."""
        words = self.words
        last: dict[int, tuple[int, Member]] = {}
        for member in self.cast.members:
            places = [p for p, _ in member.places if p < at and words.sentence[at] - words.sentence[p] <= _NEAR]
            if places and member.kind == "person" and member.named and (not gender or member.gender in (None, gender)):
                last[id(member)] = places[-1], member
        found = sorted(last.values(), key=lambda f: f[0])[-2:]
        return tuple(m for _, m in found) if len(found) == 2 else ()

    def _last_countries(self, at: int) -> tuple[Member, ...]:
        """The two countries named last before a word, in text order; none when there are not two."""
        last = {id(m): max((p for p, _ in m.places if p < at), default=-1) for m in self.cast.members}
        found = [m for m in self.cast.members if m.kind == "country" and last[id(m)] >= 0]
        found = sorted(found, key=lambda m: last[id(m)])[-2:]
        return tuple(found) if len(found) == 2 else ()
