"""Whom a described source means: "the minister", "the Orland government", "the two sides", "a poll"."""

from onrecord.records import Article
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member, body_key
from onrecord.resolve.descriptions import describe_body, describe_person
from onrecord.resolve.phrases import Phrase, read_phrase
from onrecord.resolve.words import Words

_SEVERAL = {
    "men": "m", "women": "f", "leader": None, "president": None, "minister": None, "candidate": None, "rival": None,
    "politician": None, "lawmaker": None, "senator": None, "diplomat": None, "official": None,
}  # fmt: skip
"""Of "the two men", "the two leaders": the noun without its s, and the gender it tells."""
_PASSED_ON = lex.spelled("carried published posted reported quoted cited broadcast obtained seen")
"""What others than its giver do with a statement."""
_NEAR = 3
"""Sentences back that those who are spoken of as two may stand."""


class Described:
    """Descriptions of one article, held against its cast as far as it is known when they are asked for."""

    def __init__(self, article: Article, words: Words, cast: Cast) -> None:
        self.article = article
        self.words = words
        self.cast = cast

    def link(self, phrase: Phrase, spoke_last: Member | None) -> tuple[Member | None, float]:
        """The entity that a description means, with its probability; None where it names nobody."""
        if self.words.lower[phrase.head] == "latter":
            return self._last_named(phrase.head), 0.7
        in_headline = self.words.paragraph[phrase.head] in self.words.headline  # which leaves articles out
        if phrase.kind == "person" and (phrase.definite or in_headline):
            found, probability = describe_person(self.cast, phrase.text, phrase.head, spoke_last)
            return (None, 0.0) if in_headline and found and self._only_in_headlines(found) else (found, probability)
        if phrase.kind == "body":
            return self._body(phrase)
        if self.words.lower[phrase.head] in ("poll", "survey"):
            return self._poll(phrase)
        if self.words.lower[phrase.head] in ("side", "statement", "response"):
            return self._given_by(phrase)
        return None, 0.0

    def _only_in_headlines(self, member: Member) -> bool:
        """Is somebody named where capitals tell no names apart, and nowhere else?"""
        return all(self.words.paragraph[place] in self.words.headline for place, _ in member.places)

    def _given_by(self, phrase: Phrase) -> tuple[Member | None, float]:
        """Whose a statement is: the one it comes "from" or "by", or the one country before it."""
        giver = self._giver(phrase)
        if giver is not None:
            return giver, 0.85
        before = (self.cast.by_word.get(i) for i in range(phrase.first, phrase.head))
        owners = list({id(found[0]): found[0] for found in before if found}.values())
        if len(owners) == 1 and owners[0].kind in ("country", "igo"):
            return owners[0], 0.7
        return None, 0.0

    def _giver(self, phrase: Phrase) -> Member | None:
        """The one named after "from" or "by": "a statement from the minister, Ada Brandt"."""
        words = self.words
        end = words.starts[phrase.first] + len(phrase.text)
        after = range(phrase.head + 1, words.covering((end - 1, end)).stop)
        begin = next(
            (i + 1 for i in after if words.lower[i] in ("from", "by") and words.lower[i - 1] not in _PASSED_ON), None
        )
        if begin is None:
            return None
        inner = read_phrase(words, self.cast, ((words.starts[begin], end),))
        return inner.names[0][0] if inner and inner.kind == "names" else None

    def _last_named(self, at: int) -> Member | None:
        """The entity named last before a word: "the latter"."""
        named = [(p, m) for m in self.cast.members if m.named and not m.members for p, _ in m.places if p < at]
        return max(named, key=lambda found: found[0], default=(0, None))[1]

    def _poll(self, phrase: Phrase) -> tuple[Member | None, float]:
        """A poll goes by who took it: "a new Coral/Herald national poll" is the Coral/Herald national poll."""
        taken = [self.cast.by_word[i][1] for i in range(phrase.first, phrase.head) if i in self.cast.by_word]
        if not taken or taken[0].possessive:
            return None, 0.0
        name = self.article.text[self.words.starts[taken[0].begin] : self.words.ends[phrase.head]]
        poll = next((m for m in self.cast.members if m.name == name), None)
        if poll is None:
            poll = Member(name, "document")
            self.cast.members.append(poll)
        poll.forms[name] += 1
        return poll, 0.85

    def _body(self, phrase: Phrase) -> tuple[Member | None, float]:
        """A body named by its owner ("the Orland government", "the Brandt campaign") or meant by its noun alone."""
        head = self.words.lower[phrase.head]
        owner = next(
            (self.cast.by_word[i][0] for i in range(phrase.first, phrase.head + 1) if i in self.cast.by_word), None
        )
        if owner is None:
            bare = phrase.definite or head == "bloc"
            return describe_body(self.cast, head, phrase.head) if bare else (None, 0.0)
        if phrase.text.split()[0].casefold() in lex.DETERMINERS - lex.DEFINITE:
            return None, 0.0
        if owner.kind in ("person", "other") and head in ("delegation", "team", "staff"):
            return None, 0.0  # the people around somebody are no body with a name
        if owner.kind in ("country", "igo") and head == "government":
            return owner, 0.85
        begin, end = self.words.starts[phrase.first], self.words.ends[phrase.head]
        text = self.article.text[begin:end]
        name = text[4:] if text[:4].casefold() == "the " else text
        for member in self.cast.members:
            if member.named and body_key(member.name) == body_key(name):
                member.forms[name] += 1
                return member, 0.9
        body = Member(name, "organization")
        body.forms[name] += 1
        self.cast.members.append(body)
        return body, 0.85

    def several(self, phrase: Phrase) -> tuple[Member, ...]:
        """ "the senators", "the candidates": those who spoke together before, when their roles are of this kind."""
        head = self.words.lower[phrase.head].removesuffix("s")
        if (head in ("countrie", "side") and "two" in phrase.text) or "both" in phrase.text:
            return self._last_countries(phrase.head)
        if "two" in phrase.text and head in _SEVERAL:
            return self._last_people(phrase.head, _SEVERAL[head])
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
