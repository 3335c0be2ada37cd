"""One event once: reports of the same deed, within an article and across articles, brought together.

1. reports of the same two sides and type lie in one block, whether told as done, planned or denied: what one outlet
   has as announced, the next has as done
2. within a block, reports whose days are at most `WINDOW` apart are compared (`likeness.py`)
3. the likeliest pairs are joined first, as long as the days of all that are joined stay within the window, and no two
   of them are surely of different events
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b

from onrecord.coding.likeness import WINDOW, Compared, Pair, alike, day_of, shipped
from onrecord.coding.voices import key_of, name_key, voice_of
from onrecord.records import Happening, Report

Block = tuple[str, str, str]
Order = tuple[str, str, str]


def merge(reports: Iterable[Report]) -> list[Happening]:
    """Each event once, by date; the result does not depend on the order of the reports."""
    blocks: dict[Block, list[Report]] = {}
    for report in sorted(reports, key=_order):
        blocks.setdefault(_block(report), []).append(report)
    happenings = [_happening(group) for block in blocks.values() for group in _groups(block)]
    return sorted(happenings, key=lambda h: (h.date or "", h.id))


def _order(report: Report) -> Order:
    return report.published or "~", report.article, report.event.id


def _block(report: Report) -> Block:
    return key_of(report.actor), key_of(report.recipient), report.event.type


def _groups(block: Sequence[Report]) -> Iterator[list[Report]]:
    """The block's reports by event. They are in order."""
    days = [day_of(report) for report in block]
    likely = alike(Compared.of(block), _near(days))
    group = {k: [k] for k in range(len(block))}
    for i, j in sorted((pair for pair, p in likely.items() if p >= shipped().threshold), key=lambda p: (-likely[p], p)):
        one, other = group[i], group[j]
        if one is not other and _in_window([days[k] for k in (*one, *other)]) and not _at_odds(one, other, likely):
            one += other
            group.update(dict.fromkeys(other, one))
    for members in {id(members): members for members in group.values()}.values():
        yield [block[k] for k in sorted(members)]


def _in_window(days: Iterable[date | None]) -> bool:
    """Do all lie close enough together? A report without a day fits any."""
    known = [day for day in days if day]
    return not known or max(known) - min(known) <= timedelta(days=WINDOW)


def _at_odds(one: Iterable[int], other: Iterable[int], likely: Container[Pair]) -> bool:
    """Is a report of one group surely not of the event of some report in the other?"""
    return any((min(i, j), max(i, j)) not in likely for i in one for j in other)


def _near(days: Sequence[date | None]) -> Iterator[tuple[list[int], list[int]]]:
    """Who is compared with whom, by index: a day's reports with those of the window after it, those of no day with
    all."""
    by_day: dict[date | None, list[int]] = {}
    for k, day in enumerate(days):
        by_day.setdefault(day, []).append(k)
    undated = by_day.pop(None, [])
    for day, here in by_day.items():
        assert day is not None
        after = (by_day.get(day + timedelta(days=n), []) for n in range(1, WINDOW + 1))
        yield here, [*here, *(k for later in after for k in later)]
        if undated:
            yield undated, here
    if undated:
        yield undated, undated


def _happening(reports: Sequence[Report]) -> Happening:
    telling = _telling(reports)
    best = max(telling, key=lambda r: r.event.confidence)
    denied = sum(r.event.status == "negated" for r in reports)
    return Happening(
        id=_id(reports[0]),
        event=best.event,
        actor=best.actor,
        recipient=best.recipient,
        date=_date(reports),
        voice=voice_of(telling),
        disputed=0 < denied < len(reports),
        outlets=tuple(dict.fromkeys(r.outlet for r in reports if r.outlet)),
        claimants=_claimants(reports),
        reports=tuple(reports),
    )


def _telling(reports: Sequence[Report]) -> list[Report]:
    """Those that say most of it: that it is done, else that it is to come, else that it is not so."""
    done = [r for r in reports if r.event.status == "asserted"]
    return done or [r for r in reports if r.event.status != "negated"] or list(reports)


def _claimants(reports: Sequence[Report]) -> tuple[str, ...]:
    """The names of distinct speakers, as first given; a lone surname is the person of that surname."""
    names: dict[str, str] = {}
    for report in reports:
        if report.claimant:
            names.setdefault(name_key(report.claimant.name), report.claimant.name)
    return tuple(name for key, name in names.items() if not any(other.endswith(f" {key}") for other in names))


def _date(reports: Sequence[Report]) -> str | None:
    """The earliest of the most exact dates; that of the first publication when no event has one."""
    dates = [r.event.date for r in reports if r.event.date and not r.event.date.startswith("--")]
    if dates:
        return min(dates, key=lambda text: (-len(text), text))
    return next((r.published[:10] for r in reports if r.published), None)


def _id(first: Report) -> str:
    named = f"{first.article}\x1f{first.event.id}".encode("utf-8", "surrogatepass")
    return f"v{blake2b(named, digest_size=8).hexdigest()[:15]}"
