"""The cast of an article: its names gathered into entities that pronouns and descriptions can be linked to."""

import re
from bisect import insort
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from onrecord.names import without_accents
from onrecord.records import Entity, EntityKind, Mention, MentionType, Span
from onrecord.resolve import lexicon as lex
from onrecord.resolve.appositions import role_after, role_before
from onrecord.resolve.compounds import initials_of
from onrecord.resolve.homes import home_after
from onrecord.resolve.names import Name
from onrecord.resolve.words import Words

ROLE_REACH = 10
"""Words before a name in which its role may begin."""


@dataclass(eq=False)
class Member:
    """An entity in the making."""

    name: str
    kind: EntityKind
    named: bool = True
    genders: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    homes: set[str] = field(default_factory=set)
    """States that a role's bearer is from, as told in brackets: "(R-Fla.)"."""
    forms: Counter[str] = field(default_factory=Counter)
    mentions: dict[Span, MentionType] = field(default_factory=dict)
    places: list[tuple[int, bool]] = field(default_factory=list)
    """Word index and whether possessive, of each mention, by name or resolved, in text order."""
    members: tuple["Member", ...] = ()
    """Of several named together: who they are."""

    @property
    def gender(self) -> str | None:
        """What most of the evidence says; None without any."""
        return self.genders.most_common(1)[0][0] if self.genders else None

    @property
    def parts(self) -> list[str]:
        """The words of the name, folded."""
        return self.name.casefold().replace("’", "'").split()

    def stands_at(self, word: int, possessive: bool = False) -> None:
        """Note a mention among the places, which names farther on may have filled already."""
        insort(self.places, (word, possessive))


class Cast:
    """All entities of one article."""

    def __init__(self, words: Words, names: list[Name]) -> None:
        self.words = words
        self.members: list[Member] = []
        self.by_word: dict[int, tuple[Member, Name]] = {}
        self.pointed: dict[int, dict[int, float]] = {}
        """What the encoder says each pronoun, by its word index, looks back to: word indexes with their shares."""
        self.opened: dict[int, Member] = {}
        self._owned: tuple[tuple[int, int], dict[int, Member | None]] = (0, 0), {}
        names = _without_adjectives(names)
        body = [n for n in names if words.paragraph[n.begin] not in words.headline] or names
        headline = [] if body is names else [n for n in names if words.paragraph[n.begin] in words.headline]
        full = [n for n in body if " " in n.text or n.kind in ("country", "igo")]
        for name in full:
            self._add(name, self._known(name))
        self._after_names(full)  # whose son somebody is, before surnames are given to one of two
        # "Mr. Brandt" tells that he is not Mia Brandt; then whom "President Brandt" means is counted
        for name in sorted(body, key=lambda n: (n.honorific is None, not self._presides(n))):
            if name.begin not in self.by_word:
                self._add(name, self._short(name, self._whole(name)))
        for name in headline:
            known = self._known(name)
            if known or name.kind != "other" or name.role_begin < name.begin:
                self._add(name, known)
        self._after_names([name for name in body if name not in full])
        for member in self.members:
            member.places.sort()
            if not member.genders and member.kind in ("person", "other"):
                gender = lex.SURNAME_GENDER.get(without_article(member.parts[-1]))
                member.genders.update([gender] if gender else [])

    def _add(self, name: Name, known: Member | None) -> None:
        member = known
        if member is None:
            member = Member(name.text, name.kind)
            self.members.append(member)
        if member.kind == "other" and (name.kind != "other" or (known and " " in member.name and " " not in name.text)):
            member.kind = name.kind if name.kind != "other" else "person"
        if known and len(name.text) > len(member.name) and member.kind == "person" and name.kind == "person":
            member.name = name.text
        if member.kind == "country" and _better_country(name.text, member.name):
            member.name = name.text
        member.forms[name.text] += 1
        if name.gender and (known is None or " " in name.text or name.role_begin < name.begin):
            member.genders[name.gender] += 3 if name.honorific or name.role_begin < name.begin else 2
        span = self.words.starts[name.begin], self.words.ends[name.end - 1]
        member.mentions[span] = "name"
        member.places.append((name.begin, name.possessive))
        if name.role_begin < name.begin and name.kind == "person":
            role = self.words.text[self.words.starts[name.role_begin] : self.words.ends[name.begin - 1]].strip()
            if role.casefold().strip(".") not in lex.HONORIFICS:
                member.roles.append(role)
        for k in range(name.begin, name.end):
            self.by_word[k] = member, name

    def _whole(self, name: Name) -> Member | None:
        """The entity of the same whole name: equal, or a middle name or initial more or less."""
        key = _key(name.text)
        country = _country(name.text)
        for member in self.members:
            if key in map(_key, member.forms) or (
                name.kind == "organization"
                and member.kind == "organization"
                and body_key(name.text) == body_key(member.name)
            ):
                return member
            if country and country in map(_country, member.forms):
                return member if member.kind in ("country", "igo") else None
        parts = key.split()
        if name.kind == "person" and len(parts) > 1:
            for member in self.members:
                mine = member.parts
                if member.kind != "person" or len(mine) < 2 or mine[-1].strip(".") != parts[-1].strip("."):
                    continue
                if _middles_differ(parts, mine):
                    continue
                if parts[0] == mine[0] or (len(parts[0].strip(".")) == 1 and parts[0][0] == mine[0][0]):
                    return member
        return None

    def _known(self, name: Name) -> Member | None:
        return self._whole(name) or self._short(name, None)

    def _short(self, name: Name, same: Member | None) -> Member | None:
        """The entity that a surname, first name, tail or acronym stands for; several equally likely are nobody, or the
        one of the `same` whole name.
        """
        if name.kind in ("country", "igo") and same:
            return same
        found = [m for m in self.members if is_short_for(name.text, m)]
        persons = [m for m in found if m.kind in ("person", "other")]
        if name.honorific or name.role_begin < name.begin:
            found = [m for m in persons if m.kind == "person"] or persons
        gender = lex.TITLE_GENDER.get(name.honorific or "")
        if gender:
            found = [m for m in found if m.gender in (None, gender)]
        usual = lex.SURNAME_GENDER.get(name.text.casefold())
        if len(found) > 1 and not name.honorific:  # "Clinton" of two is the one whom all call so
            found = _usual(found, usual) if usual else found
        elif usual == "m" and self._presides(name) and len(found) == 1 and _is_kin_of_president(found[0]):
            return None if same is found[0] else same
        if len(found) > 1:
            ranked = sorted(found, key=lambda m: -sum(m.forms.values()))
            lead = [m for m in ranked if not _is_kin(m)] or ranked
            weights = [sum(m.forms.values()) for m in lead]
            if len(lead) == 1 or weights[0] > weights[1]:
                return lead[0]
            return same
        return found[0] if found else same

    def _presides(self, name: Name) -> bool:
        return "president" in self.words.lower[name.role_begin : name.begin]

    def _after_names(self, names: list[Name]) -> None:
        """Roles that follow a name between commas, acronyms and states in brackets."""
        words = self.words
        for name in names:
            if name.begin not in self.by_word or name.end + 2 >= len(words.words):
                continue
            member = self.by_word[name.begin][0]
            before = role_before(words, name) if member.kind in ("person", "other") else None
            if before:
                member.roles.append(before)
                member.kind = "person"
            from_where = home_after(words, name.end)
            if from_where and (member.kind == "person" or (from_where[0] and member.kind == "other")):
                self._settle_home(member, *from_where)
            elif words.words[name.end] == "(":
                self._bracket(member, name.end + 1)
            elif words.words[name.end] == "," and member.kind in ("person", "other"):
                role = role_after(words, name.end + 1)
                if role:
                    member.roles.append(role)
                    member.kind = "person"

    def _settle_home(self, member: Member, party: str | None, state: str) -> None:
        member.kind = "person"
        member.homes.add(state)
        if party and not member.roles:
            member.roles.append(f"{party} of {state}")

    def _bracket(self, member: Member, i: int) -> None:
        word = self.words.words[i]
        bare = word.replace(".", "")
        if self.words.words[i + 1] == ")" and bare.isupper() and 2 <= len(bare) <= 7 and _may_be_called(member, bare):
            other = self.by_word.get(i)
            if other and other[0] is not member:
                self.merge(member, other[0])
            member.forms[word] += 1
            if member.kind == "other":
                member.kind = "organization"

    def share(self, member: Member, at: int) -> float:
        """How much of what the pronoun at word `at` points to is this entity's, 0 to 1."""
        pointed, owned = self.pointed.get(at, {}), self._owned_now()
        whole = 0.0
        for k, share in pointed.items():
            if k not in owned:
                owned[k] = self.owner(k)
            owner = owned[k]
            if owner is not None and (owner is member or owner in member.members):
                whole += share / (len(member.members) or 1)
        return whole

    def _owned_now(self) -> dict[int, Member | None]:
        """The `owner` of words looked up since somebody was last mentioned anew: candidates ask for the same words."""
        state = (len(self.members), sum(len(member.mentions) for member in self.members))
        if self._owned[0] != state:
            self._owned = state, {}
        return self._owned[1]

    def owner(self, k: int) -> Member | None:
        """Whose name, role before it or description a word is part of; the Russian of "the Russian ministry" is the
        ministry's, once that is known for a mention.
        """
        at = self.words.starts[k]
        for member in self.members:
            for (a, b), how in member.mentions.items():
                if a <= at < b and how == "description":
                    return member
        for ahead in range(ROLE_REACH):
            found = self.by_word.get(k + ahead)
            if found:
                return found[0] if min(found[1].role_begin, found[1].begin) <= k else None
        return None

    def merge(self, keep: Member, gone: Member) -> None:
        """Make two entities one."""
        keep.forms += gone.forms
        keep.mentions |= gone.mentions
        keep.places = sorted(keep.places + gone.places)
        keep.roles += gone.roles
        keep.homes |= gone.homes
        self.members.remove(gone)
        self.by_word = {k: (keep if m is gone else m, n) for k, (m, n) in self.by_word.items()}


def _is_kin_of_president(member: Member) -> bool:
    """Of somebody with a president's surname: is she his wife, or a Jr. his son, though only they are named in full?"""
    return member.gender == "f" or _is_junior(member)


def _is_junior(member: Member) -> bool:
    return member.parts[-1].strip(".") in lex.SUFFIXES


def _usual(members: list[Member], gender: str) -> list[Member]:
    """Those of the gender of whom a surname usually means, else those of whom none is known, else all; no Jr. if others
    are there.
    """
    elder = [m for m in members if not _is_junior(m)] or members
    known, unknown = ([m for m in elder if m.gender == each] for each in (gender, None))
    return known or unknown or elder


def _middles_differ(one: list[str], other: list[str]) -> bool:
    """Do two full names have middle names or initials that are at odds: "George W." and "George H.W."?"""
    a, b = ("".join(word[0] for part in parts[1:-1] for word in part.split(".") if word) for parts in (one, other))
    return bool(a and b) and a != b


def _without_adjectives(names: list[Name]) -> list[Name]:
    """The names that are no mere adjective; "Christian" stays where somebody has it as first name or surname. Nobody
    has a party's: "the Orland County Republican headquarters".
    """
    people = {part for n in names if n.kind in ("person", "other") and " " in n.text for part in n.text.split()}
    people = {part for part in people if part.casefold() not in lex.PARTISAN}
    kept = [n for n in names if n.text.casefold() not in lex.ADJECTIVES or n.text in people]
    return [replace(n, kind="other") if n.text.casefold() in lex.ADJECTIVES else n for n in kept]


def _may_be_called(member: Member, acronym: str) -> bool:
    """May capitals in brackets after a name be its acronym? A body's may come from another language, no one else's."""
    land, _ = lex.countries().get(lex.country_key(acronym), (None, ""))
    if member.kind in ("country", "igo"):
        mine, _ = lex.countries().get(lex.country_key(member.name), (None, ""))
        return land == mine
    if member.kind in ("person", "place") or land:
        return False
    initials = "".join(initials_of(word) for word in member.name.split())
    return member.kind != "other" or initials == acronym


@lru_cache(maxsize=1 << 16)  # every new name is held against all earlier ones
def _key(name: str) -> str:
    plain = without_accents(name)  # "François" is Francois in a headline
    return re.sub(r"[’']", "'", plain.casefold().removeprefix("the ")).strip()


@lru_cache(maxsize=1 << 16)
def _country(name: str) -> str | None:
    known = lex.countries().get(lex.country_key(name))
    return known[0] if known else None


@lru_cache(maxsize=1 << 14)
def body_key(name: str) -> str:
    """A body's name with its people turned into their country: "Orlandish Foreign Ministry", "Orland's …"."""
    words = _key(name).replace("'s ", " ").split()
    for size in (2, 1):
        known = lex.countries().get(lex.country_key(" ".join(words[:size])))
        if known and len(words) > size:
            return " ".join([known[0].casefold(), *words[size:]])
    return " ".join(words)


def without_article(surname: str) -> str:
    """ "sadr" of "al-sadr": the news writes the surname alone both ways."""
    return surname.removeprefix("al-").removeprefix("el-")


def is_short_for(name: str, member: Member) -> bool:
    """Is this the member's name, its surname, first name, tail or acronym?"""
    return _is_short_for(name, member.name, member.kind)


@lru_cache(maxsize=1 << 16)  # every mention is held against every member
def _is_short_for(name: str, whole: str, kind: EntityKind) -> bool:
    key, full = _key(name), _key(whole)
    if key == full or (key in ("north", "south") and full == f"{key} korea"):
        return True
    if kind in ("person", "other") and " " in full:
        parts = full.split()
        if parts[-1].strip(".") in lex.SUFFIXES:
            parts.pop()
        if key == parts[0] or without_article(key) == without_article(parts[-1]) or full.endswith(" " + key):
            return True
        return len(parts) > 2 and key.replace(" ", "") == parts[-1].replace(" ", "")
    bare = key.replace(".", "")
    if 2 <= len(bare) <= 6 and " " not in key and kind in ("organization", "igo", "other"):
        first = [w[0] for w in full.replace("-", " ").split()]
        telling = [w[0] for w in full.replace("-", " ").split() if w not in ("of", "for", "the", "and", "on")]
        if bare in ("".join(telling), "".join(first)):
            return True
    if kind == "organization" and " " in key and full.startswith((f"{key} of ", f"{key} for ", f"{key} in ")):
        return True
    own = re.split(" (?:of|for|in) ", full)[0].split()
    return kind == "organization" and " " in full and key in (own[-1], own[0]) and key in _SHORT_BODIES


_SHORT_BODIES = lex.spelled(
    "post times journal ministry observatory sun-times tribune herald globe inquirer examiner star-tribune chronicle "
    "gazette dispatch"
)
_KIN = lex.spelled("husband wife daughter son father mother brother sister uncle aunt nephew niece cousin")


def _is_kin(member: Member) -> bool:
    return any(w in _KIN or "former president" in r
               for r in (x.casefold() for x in member.roles) for w in r.split())  # fmt: skip


def _better_country(new: str, old: str) -> bool:
    table = lex.countries()
    order = {"name": 0, "seat": 1, "people": 2}
    a, b = (order[table.get(lex.country_key(x), ("", "people"))[1]] for x in (new, old))
    return a < b or (a == b == 0 and len(new) > len(old))


def entity_of(member: Member, id_: str) -> Entity:
    """The entity as it goes on the record."""
    aliases = tuple(f for f, _ in member.forms.most_common() if f.casefold() != member.name.casefold())
    mentions = tuple(Mention(s, t) for s, t in sorted(member.mentions.items()))
    kind = "person" if member.kind == "other" and member.gender else member.kind
    role = max(member.roles, key=len, default=None)
    return Entity(id_, member.name, kind, member.named, aliases, role=role, mentions=mentions)
