"""Writes the registry's table from its sources: `python -m onrecord.resolve.actors.make --sources … [--out …]`.

The sources are `factbook.jsonl` (World Factbook of May 2026), `reign_leaders.csv`, `Phoenix.Countries.actors.txt` and
`Phoenix.MilNonState.actors.txt` in one folder, Babel's CLDR names and the lists in `lists/`. The same sources give
the same bytes. Needs the extra `build-actors`.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from onrecord.names import fold
from onrecord.resolve.actors.actor import MEDIA
from onrecord.resolve.actors.make import factbook, leaders, phoenix
from onrecord.resolve.actors.make.by_hand import rows, table_line

_DEFAULT_OUT = Path(__file__).parent.parent / "data" / "actors.tsv"
_HEADER = (
    "// Written by onrecord.resolve.actors.make; not to be edited. Columns and marks: table.py. Sources: NOTICE.\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder of the raw material")
    parser.add_argument("--out", type=Path, default=_DEFAULT_OUT, help="the table to write (default: the shipped one)")
    given = parser.parse_args()
    given.out.write_text(_HEADER + "".join(f"{line}\n" for line in build(given.sources)), "utf-8")


def build(sources: Path) -> Iterator[str]:
    """The table's lines: countries, bodies, institutions, organizations, armed groups, people."""
    states = list(factbook.states(sources / "factbook.jsonl"))
    yield from _countries(states)
    for code, names, role in rows("bodies", 3):
        kind = "organization" if role in ("NGO", "sports body") else "igo"
        yield table_line(code, code.split(":")[0], kind, "", role, names, "")
    for key, names, role in rows("institutions", 3):
        yield table_line(f"*:{key}", "*", "organization", "*", role, names, "")
    yield from _organizations()
    yield from _groups(sources / "Phoenix.MilNonState.actors.txt", {state.code for state in states})
    officials = phoenix.officials(sources / "Phoenix.Countries.actors.txt")
    yield from leaders.lines(states, sources / "reign_leaders.csv", officials)


def _countries(states: list[factbook.State]) -> Iterator[str]:
    names: dict[str, list[str]] = defaultdict(list)
    terms: dict[str, str] = {}
    taken = {demonym for state in states if not state.dependent for demonym in state.demonyms}
    for state in states:
        own = [d for d in state.demonyms if d not in taken] if state.dependent else state.demonyms
        names[state.code] += [*state.names, *own, *(() if state.dependent else state.capitals)]
    by_hand = {code: (more.split("|"), term) for code, more, term in rows("countries", 3)}
    for code, (more, term) in by_hand.items():
        names[code] = [*more, *names[code]]
        terms[code] = term
    for code, found in sorted(names.items()):
        shy = {fold(name.replace("~", "")) for name in found if "~" in name}
        sure = [name for name in [*factbook.names_in_languages(code), *found] if "~" in name or fold(name) not in shy]
        kept = sorted(_first_of_each(sure), key=lambda name: name[0] in "@=#")
        yield table_line(code, code, "country", code, "", "|".join(kept), terms.get(code, ""))


def _first_of_each(names: list[str]) -> list[str]:
    """Names that differ only in accents, dots or case are one; the capitals of an acronym make it another."""
    seen: dict[tuple[str, bool], str] = {}
    for name in names:
        seen.setdefault((fold(name), name.isupper()), name)
    return list(seen.values())


def _organizations() -> Iterator[str]:
    for country, role, names, given in rows("organizations", 4):
        first = names.split("|")[0].lstrip("~")
        id_ = given or f"{country}:{fold(first).replace(' ', '-')}"
        code = "" if role in MEDIA else country
        yield table_line(id_, code, "organization", country, role, names, "")


def _groups(path: Path, countries: set[str]) -> Iterator[str]:
    known = {fold(name.lstrip("~")) for _, _, names, _ in rows("organizations", 4) for name in names.split("|")}
    for country, code, names in rows("groups", 3):
        known |= {fold(name.lstrip("~")) for name in names.split("|")}
        yield table_line(code, code, "group", country, "armed group", names, "")
    for country, name in sorted(set(phoenix.groups(path))):
        # lesser groups have names that many things could have: only where the country agrees
        if country in countries and fold(name) not in known:
            id_ = f"{country}:{fold(name).replace(' ', '-')}"
            yield table_line(id_, country, "group", country, "armed group", f"~{name}", "")


if __name__ == "__main__":
    main()
