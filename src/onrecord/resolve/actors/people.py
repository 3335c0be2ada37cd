"""People: full names, spellings of them, and surnames that only a role, a country and a date make safe."""

from collections.abc import Iterable

from onrecord.names import fold, sound, without_initials
from onrecord.resolve.actors.actor import Context, Term
from onrecord.resolve.actors.table import Rows, Table
from onrecord.roles import COURTESY, TITLES, is_former, same_office

_SLACK_DAYS = 62  # a few weeks between election and handover, or between resignation and successor
_CAREER_YEARS = 30  # of a person's names in the news around the terms that the registry knows
_NEAR_DAYS = 6 * 372


def find(table: Table, name: str, context: Context) -> int | None:
    """The row of the person a name means; None when nobody, or more than one, is left."""
    title, bare = _without_titles(name)
    role = context.role or title
    full = _people(table, table.named(name, context.language) or table.named(bare, context.language))
    full = full or _people(table, table.plain.get(without_initials(fold(bare)), []))
    if full:
        return _one(row for row in full if _full_name_agrees(table, row, role, context))
    surnames = _called(table, fold(bare)) if context.country else table.surnames.get(fold(bare), [])
    if " " in bare and not surnames:
        shy = [r for r in _people(table, table.shy.get(fold(bare), [])) if _supported(table, r, role, context)]
        alike = shy or [r for r in table.sounds.get(sound(fold(bare)), []) if _supported(table, r, role, context)]
        alike = alike or [r for r in _by_last_word(table, bare) if _surname_agrees(table, r, role, context)]
        return _one(r for r in alike if _full_name_agrees(table, r, role, context))
    return _one(r for r in surnames if _surname_agrees(table, r, role, context))


def _without_titles(name: str) -> tuple[str | None, str]:
    """("Ayatollah", "Ali Khamenei"): leading titles, None when there are none, and the name."""
    words = name.split()
    n = 0
    while n < len(words) - 1 and fold(words[n]) in TITLES:
        n += 1
    return (" ".join(words[:n]) or None), " ".join(words[n:])


def _people(table: Table, rows: Rows) -> Rows:
    return [row for row in rows if table.kind(row) == "person"]


def _by_last_word(table: Table, name: str) -> Rows:
    """Leaders whom the sources know by surname alone, for a full name that ends in it."""
    rows = _called(table, fold(name.rsplit(maxsplit=1)[-1]))
    return [row for row in rows if " " not in table.actor(row).name]


def _called(table: Table, surname: str) -> Rows:
    return [*table.surnames.get(surname, ()), *table.shy_surnames.get(surname, ())]


def _full_name_agrees(table: Table, row: int, role: str | None, context: Context) -> bool:
    """Nothing speaks against it; and where nothing speaks for it either, the article falls near a term of office."""
    if context.country not in (None, table.country(row)):
        return False
    terms = table.terms(row)
    if context.on and terms and not any(t.covers(context.on, _CAREER_YEARS * 372) for t in terms):
        return False
    if _supported(table, row, role, context) or context.on is None or not terms:
        return True
    return any(t.covers(context.on, _NEAR_DAYS) for t in terms)


def _supported(table: Table, row: int, role: str | None, context: Context) -> bool:
    if context.country is not None:
        return context.country == table.country(row)
    return role is not None and any(same_office(role, t.role) for t in table.terms(row))


def _surname_agrees(table: Table, row: int, role: str | None, context: Context) -> bool:
    """Role or country agree, neither speaks against it, and the article falls into the term the role names."""
    if context.country not in (None, table.country(row)):
        return False
    terms = table.terms(row)
    if role is None or _is_empty(role):
        # the country alone is thin: many bear the name, so the day must be known and lie within
        return context.country is not None and context.on is not None and _any_covers(terms, context.on, 0)
    held = tuple(t for t in terms if same_office(role, t.role))
    if not held:
        return False
    if context.on is None:
        return True
    if is_former(role):
        return any(t.end is not None and not t.covers(context.on) for t in held)
    return _any_covers(held, context.on, _SLACK_DAYS)


def _is_empty(role: str) -> bool:
    """Titles that tell no office: Mr, Gen., Dr."""
    return all(fold(word) in COURTESY for word in role.split())


def _any_covers(terms: tuple[Term, ...], on: str, slack: int) -> bool:
    return any(t.covers(on, slack) for t in terms)


def _one(rows: Iterable[int]) -> int | None:
    distinct = list(dict.fromkeys(rows))
    return distinct[0] if len(distinct) == 1 else None
