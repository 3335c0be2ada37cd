"""Which body a description means: "the Orland government", "his campaign", "the bureau", "police"."""

from collections.abc import Callable

from onrecord.records import Article
from onrecord.resolve import lexicon as lex
from onrecord.resolve.cast import Cast, Member, body_key
from onrecord.resolve.descriptions import describe_body
from onrecord.resolve.phrases import Phrase
from onrecord.resolve.ranking import ranked
from onrecord.resolve.words import Words

_OWNED = lex.spelled("administration campaign camp")
"""Bodies that are mostly named by whose they are."""
_CAMPAIGNS = ("campaign", "camp")
_WORKED_AT = lex.spelled("department office company firm agency team")
"""Bodies that are somebody's without bearing their name: "his department"."""
_THEIRS = lex.spelled("his her their our my")
_BUSINESS = lex.spelled("company firm")
_KINDS_OF_BODY = lex.spelled(
    "newspaper paper tabloid magazine daily channel station network website agency company firm group bank airline "
    "outlet"
)
"""What a body's name says nothing of, as a ministry's does, when it stands behind in lower case."""
_MORE_KINDS = lex.spelled("organization organisation foundation bureau university school site nonprofit")
LIKELY = 0.6
"""What a body must have of the bodies' likelihood to be what a noun alone means."""
_OF_STATES = lex.spelled("un eu nato") | {"united nations", "european union"}
"""Bodies that have bodies of their own."""


class Bodies:
    """The bodies of one article, as far as its cast is known when they are asked for."""

    def __init__(self, article: Article, words: Words, cast: Cast) -> None:
        self.article = article
        self.words = words
        self.cast = cast
        self.spoke_last: Member | None = None

    def of(self, phrase: Phrase, spoke_last: Member | None) -> tuple[Member | None, float]:
        """A body named by its owner ("the Orland government", "the Brandt campaign") or meant by its noun, and the
        probability; None where it names nobody.
        """
        self.spoke_last = spoke_last
        if phrase.definite and self.words.lower[phrase.head] in _BUSINESS and _is_business(spoke_last):
            return spoke_last, 0.8
        owner = next(
            (self.cast.by_word[i][0] for i in range(phrase.first, phrase.head + 1) if i in self.cast.by_word), None
        )
        return self._owned_body(phrase, owner) if owner else self._body_alone(phrase)

    def _body_alone(self, phrase: Phrase) -> tuple[Member | None, float]:
        """A body meant by its noun without a name before: "the ministry", "his campaign"."""
        head = self.words.lower[phrase.head]
        theirs = self.words.lower[phrase.first] in _THEIRS
        if head in _CAMPAIGNS and phrase.head == phrase.first + 1 and phrase.definite:
            return self._campaign(phrase, theirs)
        if head in _OWNED | _WORKED_AT and theirs:
            return None, 0.0
        if head == "government" and self.words.lower[phrase.head + 1 : phrase.head + 2] in (["in"], ["of"]):
            land = self.cast.by_word.get(phrase.head + 2)
            return (land[0], 0.85) if land and land[0].kind == "country" else (None, 0.0)
        if head == "government":
            return self._likeliest(phrase.head, _is_country) if phrase.definite else (None, 0.0)
        if head == "police" and phrase.head == phrase.first:
            return self._police()
        bare = phrase.definite or head in ("bloc", "police")
        found, probability = describe_body(self.cast, head, phrase.head, phrase.text) if bare else (None, 0.0)
        return (found, probability) if found or not bare else self._body_before(phrase.head)

    def _owned_body(self, phrase: Phrase, owner: Member) -> tuple[Member | None, float]:
        head = self.words.lower[phrase.head]
        if head in _OWNED | _WORKED_AT and self.words.lower[phrase.first] in _THEIRS:
            return None, 0.0
        people = owner.kind in ("person", "other") and head in ("delegation", "team", "staff")
        if people or phrase.text.split()[0].casefold() in lex.DETERMINERS - lex.DEFINITE:
            return None, 0.0  # the people around somebody are no body with a name
        if (owner.kind in ("country", "igo") and head == "government") or self._goes_by(phrase.head, owner):
            return owner, 0.85
        of_state = owner.kind in ("country", "igo", "place") or lex.country_key(owner.name) in _OF_STATES
        if head in _KINDS_OF_BODY and of_state:  # "the Orland agency": one of its
            return describe_body(self.cast, head, phrase.head)
        return self._spelled_body(phrase) or self._named_body(self._own_words(phrase))

    def _spelled_body(self, phrase: Phrase) -> tuple[Member, float] | None:
        """The body all of whose name is said: the Orland Medical Journal by "the top Orland medical journal"."""
        said = {self.words.lower[i] for i in range(phrase.first, phrase.head + 1)}
        found = (m for m in self.cast.members if m.kind == "organization" and len(m.parts) > 2 and said >= set(m.parts))
        return next(((member, 0.85) for member in found), None)

    def _own_words(self, phrase: Phrase) -> str:
        """A body's name as it is told: "Brandt campaign" of "voters and the Brandt campaign"."""
        first = max(
            (i + 1 for i in range(phrase.first, phrase.head) if self.words.lower[i] == "and"), default=phrase.first
        )
        if not any(i in self.cast.by_word for i in range(first, phrase.head + 1)):
            first = phrase.first
        text = self.article.text[self.words.starts[first] : self.words.ends[phrase.head]]
        return text[4:] if text[:4].casefold() == "the " else text

    def _goes_by(self, head: int, owner: Member) -> bool:
        """Is a name that of the body whose kind is told behind: "the Herald newspaper", "the Pravka news agency"?"""
        if self.words.lower[head] not in _KINDS_OF_BODY or lex.country_key(owner.name) in _OF_STATES:
            return False
        last = head - 2 if self.words.lower[head - 1] == "news" else head - 1
        return owner.kind in ("organization", "other") and owner.gender is None and last in self.cast.by_word

    def _police(self) -> tuple[Member | None, float]:
        """The one police that the article names: "Lerne police" for "police"."""
        words = self.words
        named = {m.name for m in self.cast.members if m.named and m.kind == "organization" and "police" in m.parts}
        named |= {
            words.text[words.starts[found[1].begin] : words.ends[k]]
            for k, word in enumerate(words.words)
            if word == "police" and (found := self.cast.by_word.get(k - 1)) and found[1].kind in ("place", "other")
        }
        return self._named_body(named.pop()) if len(named) == 1 else (None, 0.0)

    def _campaign(self, phrase: Phrase, theirs: bool) -> tuple[Member | None, float]:
        """Of "the campaign" and "his campaign" the one named anywhere: that of whom "his" means or who spoke last, else
        the one named last before.
        """
        words, found = self.words, []
        for k, word in enumerate(words.lower):
            owner = self.cast.by_word.get(k - 1 - (words.words[k - 1] in ("’s", "'s", "’", "'")))
            if word in _CAMPAIGNS and owner and owner[0].kind in ("person", "other"):
                found.append((k, owner[0], words.text[words.starts[owner[1].begin] : words.ends[k]]))
        span = words.starts[phrase.first], words.ends[phrase.first]
        meant = next((m for m in self.cast.members if span in m.mentions), None) if theirs else self.spoke_last
        of_them = [name for _, owner, name in found if owner is meant]
        if of_them:
            return self._named_body(of_them[0])
        before = [name for k, _, name in found if k < phrase.head] or [name for _, _, name in found[:1]]
        return self._named_body(before[-1]) if before and not theirs else (None, 0.0)

    def _body_before(self, at: int) -> tuple[Member | None, float]:
        """The body last spoken of by its owner's name and this noun: "the administration", the Brandt administration's
        once that was named.
        """
        words = self.words
        if words.lower[at] in _MORE_KINDS and words.lower[at - 1] in ("the", "this"):
            return self._likeliest(at, _is_named_body)
        if words.lower[at] in _KINDS_OF_BODY:
            return self._body_near(at)
        if words.lower[at] not in _OWNED:
            return None, 0.0
        for k in range(at - 1, 0, -1):
            owner = self.cast.by_word.get(k - 1)
            if words.lower[k] == words.lower[at] and owner and not owner[1].possessive:
                return self._named_body(words.text[words.starts[owner[1].begin] : words.ends[k]])
        return None, 0.0

    def _body_near(self, at: int) -> tuple[Member | None, float]:
        """The one body named in a word's sentence, before it, or in the one before; None where there are several."""
        first = self.words.sentence[at] - 1
        bodies = (m for m in self.cast.members if _is_named_body(m))
        near = [m for m in bodies if any(p < at and self.words.sentence[p] >= first for p, _ in m.places)]
        return (near[0], 0.6) if len(near) == 1 else (None, 0.0)

    def _likeliest(self, at: int, may_be: Callable[[Member], bool]) -> tuple[Member | None, float]:
        """Of those that may be meant the one that "it" would mean here; None where several are as likely."""
        likely = [(m, share) for m, share in ranked(self.cast, "it", at, self.spoke_last) if may_be(m)]
        found, share = max(likely, key=lambda one: one[1], default=(None, 0.0))
        probability = share / (sum(share for _, share in likely) or 1.0)
        return (found, 0.8 * probability) if probability > LIKELY else (None, 0.0)

    def _named_body(self, name: str) -> tuple[Member, float]:
        for member in self.cast.members:
            if member.named and body_key(member.name) == body_key(name):
                member.forms[name] += 1
                return member, 0.9
        body = Member(name, "organization")
        body.forms[name] += 1
        self.cast.members.append(body)
        return body, 0.85


def _is_country(member: Member) -> bool:
    return member.kind == "country"


def _is_named_body(member: Member) -> bool:
    return member.named and _may_be_body(member)


def _is_business(member: Member | None) -> bool:
    """May one who spoke be a company, by what is known of them?"""
    return member is not None and _is_named_body(member)


def _may_be_body(member: Member) -> bool:
    return not member.members and (member.kind == "organization" or (member.kind == "other" and member.gender is None))
