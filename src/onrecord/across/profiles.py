"""What an article says of one of its entities, brought to the form in which articles are compared.

Two entities of equal profiles are told apart by nothing; so profiles leave out what no comparison asks for (the words
of a role whose office is known, the year of a full name), and many articles share one.
"""

import re
from collections import Counter
from dataclasses import dataclass

from onrecord.names import fold
from onrecord.records import Article, Entity, EntityKind, Record
from onrecord.roles import TITLES, Office, office

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_HONORIFIC = re.compile(r"\b(Mr|Mrs|Ms|Miss|Sir|Lady|Madame|Lord|Dame)\b\.?\s*$")
_WOMEN = frozenset(("Mrs", "Ms", "Miss", "Lady", "Madame", "Dame"))
_ROLE_GENDER = (
    ("f", re.compile(r"\b(?:\w*woman|actress|queen|princess|duchess|wife|widow|daughter|mother|sister|nun)\b", re.I)),
    ("m", re.compile(r"\b(?:\w+sman|chairman|king|prince|duke|husband|son|father|brother|businessman|man)\b", re.I)),
)
_YEAR_FIRST = re.compile(r"[0-9]{4}(?![0-9])")  # a dateline may lack its year
_NAMELESS = "?"
"""For a name without letters or digits: it is a single word, and like no other."""
_PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_SPELLINGS = (
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\blabour\b"), "labor"),
    (re.compile(r"\bcentre\b"), "center"),
)
_EMPTY = frozenset(
    word
    for line in (
        "the and for from with former ex late then new acting interim deputy vice senior top chief head leader lead",
        "official officer member man woman executive director president minister secretary spokesman spokeswoman",
        "sen rep gov senator representative congressman republican democrat democratic professor expert analyst",
        "spokesperson adviser advisor aide general his her their our its who has had was been also one mr mrs ms said",
    )
    for word in line.split()
)
"""Words of a role that many share, and that say nothing of who it is."""


@dataclass(frozen=True, slots=True, order=True)
class Profile:
    """One entity as far as it is compared. Texts are folded; what the article does not say is ""."""

    kind: str
    name: str
    """Of a person without titles and suffix."""
    suffix: str = ""
    country: str = ""
    link: str = ""
    gender: str = ""
    offices: tuple[str, ...] = ()
    """The offices that the stated role names, "other" left out."""
    role_words: tuple[str, ...] = ()
    """What the role says beyond that, where nothing better is known."""
    year: int = 0
    """The article's, for those whom only an office tells; 0 when not known or not needed."""
    acronyms: tuple[str, ...] = ()
    """Of a body: the short forms that its article gives for it."""

    @property
    def words(self) -> list[str]:
        return self.name.split()


@dataclass(frozen=True, slots=True)
class Seen:
    """One entity of one article: its profile, and what an actor shows of it."""

    profile: Profile
    name: str
    forms: frozenset[str]
    kind: EntityKind
    country: str | None
    code: str | None
    link: str | None
    role: str | None
    day: str | None


def seen(record: Record, entity: Entity) -> Seen:
    """What a record says of one of its entities."""
    day = day_of(record.article)
    forms = frozenset((entity.name, *entity.aliases))
    return Seen(
        _profile(record.article, entity, day),
        entity.name,
        forms,
        entity.kind,
        entity.country,
        entity.code,
        entity.link,
        entity.role,
        day,
    )


def day_of(article: Article) -> str | None:
    """The article's day: its dateline's, when that has a year, or that of its publication."""
    dated = article.dateline.date if article.dateline else None
    return next((day[:10] for day in (dated, article.published) if day and _YEAR_FIRST.match(day)), None)


def _profile(article: Article, entity: Entity, day: str | None) -> Profile:
    # ministers and ministries share their country's code: only of the country itself does it stand for a link
    link = entity.link or (entity.code if entity.kind == "country" and entity.code else "")
    if entity.kind != "person":
        return Profile(
            entity.kind,
            _body_name(entity.name),
            country=entity.country or "",
            link=link,
            acronyms=tuple(sorted({fold(a) for a in entity.aliases if _is_acronym(a)})),
        )
    name, suffix = _person_name(entity.name)
    offices = _offices(entity)
    known = bool(link)
    return Profile(
        "person",
        name,
        suffix,
        entity.country or "",
        link,
        _gender(article, entity),
        () if known else offices,
        () if known or offices else _role_words(entity.role or ""),
        int(day[:4]) if day and not known and (offices or " " not in name) else 0,
    )


def _person_name(name: str) -> tuple[str, str]:
    words = [fold(word) for word in name.replace("-", " ").replace(",", " ").split()]
    words = [word for word in words if word]
    while len(words) > 1 and words[0] in TITLES:
        del words[0]
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    # "J.D. Vance" and "J. D. Vance"
    apart = [letter for word in words for letter in ([*word] if len(word) == 2 and _dotted(name, word) else [word])]
    return " ".join(apart) or fold(name) or _NAMELESS, suffix


def _dotted(name: str, word: str) -> bool:
    return f"{word[0]}.{word[1]}." in name.casefold()


def _body_name(name: str) -> str:
    folded = fold(name)
    for pattern, by in _SPELLINGS:
        folded = pattern.sub(by, folded)
    return folded or _NAMELESS


def _is_acronym(form: str) -> bool:
    bare = form.replace(".", "")
    return bare.isupper() and bare.isalnum() and 3 <= len(bare) <= 7


def _offices(entity: Entity) -> tuple[str, ...]:
    if not entity.role or re.search(r"\b(?:former|ex|late|then)\b", entity.role, re.I):
        return ()
    found = office(entity.role)
    return () if found is Office.OTHER else (found.value,)


def _role_words(role: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d_]{3,}", fold(role))
    return tuple(sorted({word for word in words if word not in _EMPTY}))[:8]


def _gender(article: Article, entity: Entity) -> str:
    """By the courtesy title before the name, or the role's words, or pronouns that agree; "" when these are silent."""
    text = article.text
    titles = [
        found[1]
        for m in entity.mentions
        if m.type == "name" and (found := _HONORIFIC.search(text, max(0, m.span[0] - 9), m.span[0]))
    ]
    if titles:
        women = sum(title in _WOMEN for title in titles)
        return "f" if 2 * women > len(titles) else "m" if 2 * women < len(titles) else ""
    for gender, pattern in _ROLE_GENDER:
        if entity.role and pattern.search(entity.role):
            return gender
    said = Counter(_PRONOUNS.get(text[slice(*m.span)].casefold(), "") for m in entity.mentions if m.type == "pronoun")
    del said[""]
    # a pronoun alone is linked wrongly too often to keep two people apart
    return next(iter(said)) if len(said) == 1 and said.total() >= 3 else ""
