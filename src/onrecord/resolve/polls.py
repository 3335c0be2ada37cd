"""Polls go by who took them: "the new Coral/Herald national poll"; a bare "the poll" is one that is so named."""

from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.phrases import Phrase
from onrecord.resolve.words import Words

_POLLS = frozenset(["poll", "survey"])
POLLS = _POLLS | {"average"}
"""Nouns that may be a poll's."""
_REACH = 14
"""Words before "poll" in which the name of who took it may begin."""
_OTHER = frozenset(["previous", "earlier", "other", "another", "his", "her", "its", "their", "our"])
_BREAKS = frozenset(["the", "a", "an", "this", "that", "in", "of", "by", "for", "to", "and", "or"])


class Polls:
    """The polls of one article."""

    def __init__(self, words: Words, cast: Cast) -> None:
        self.words = words
        self.cast = cast
        self.named: dict[int, str] | None = None

    def of(self, phrase: Phrase) -> tuple[Member | None, float]:
        """The poll or average of polls that a source is, with its probability; None where nobody is named for it."""
        name = self._name(phrase.head)
        if name is not None and phrase.first <= phrase.head:
            return self._member(name), 0.85
        if self.words.lower[phrase.head] not in _POLLS or not self._may_be_named(phrase):
            return None, 0.0
        named = self._all()
        before = [k for k in named if k < phrase.head]
        if not named or (before and not phrase.definite and len(set(named.values())) > 1):
            return None, 0.0
        return self._member(named[before[-1]] if before else min(named.items())[1]), 0.7

    def _may_be_named(self, phrase: Phrase) -> bool:
        """May this be a poll named elsewhere: "the poll", "a new poll", but not "a poll" nor "the previous poll"?"""
        said = self.words.lower[phrase.first : phrase.head]
        new = "new" in said or "latest" in said
        headline = phrase.first == 0 or self.words.paragraph[phrase.head] in self.words.headline
        owned = any(k in self.cast.by_word for k in range(phrase.first, phrase.head))
        return (phrase.definite or new or headline) and not owned and not _OTHER & set(said)

    def _all(self) -> dict[int, str]:
        """Every named poll by the place of its "poll"."""
        if self.named is None:
            found = ((k, self._name(k)) for k, word in enumerate(self.words.lower) if word in _POLLS)
            self.named = {k: name for k, name in found if name is not None}
        return self.named

    def _name(self, head: int) -> str | None:
        """The name that ends with this "poll" or "average", who took it first; None without one."""
        words, begin = self.words, None
        for k in range(head - 1, max(head - _REACH, -1), -1):
            found = self.cast.by_word.get(k)
            if words.sentence[k] != words.sentence[head] or (found is None and not self._goes_along(k)):
                break
            if found and found[1].possessive and begin is None:
                break
            begin = found[1].begin if found else begin
            if found and found[1].possessive:  # "Coral's National Poll"
                break
        return None if begin is None else words.text[words.starts[begin] : words.ends[head]]

    def _goes_along(self, k: int) -> bool:
        """May a word that is no name stand inside the name of a poll?"""
        word = self.words.words[k]
        return word in ("/", "’s", "'s") or (word[0].isalpha() and self.words.lower[k] not in _BREAKS)

    def _member(self, name: str) -> Member:
        poll = next((m for m in self.cast.members if m.name == name), None)
        if poll is None:
            poll = Member(name, "document")
            self.cast.members.append(poll)
        poll.forms[name] += 1
        return poll
