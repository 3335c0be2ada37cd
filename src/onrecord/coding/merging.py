"""One event once: reports of the same deed, within an article and across articles, brought together.

1. reports of the same two sides and type, told as done (or denied), or planned alike, lie in one block
2. within a block, reports whose days are at most `WINDOW` apart are compared by their words (`likeness.py`)
3. the likeliest pairs are joined first, as long as the days of all that are joined stay within the window
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b

from onrecord.coding.likeness import Words, alike
from onrecord.coding.voices import key_of, name_key, voice_of
from onrecord.records import Happening, Report

WINDOW = timedelta(days=2)
"""News tells an event on its day or the next ones."""
Block = tuple[str, str, str, str]
Order = tuple[str, str, str]


def merge(reports: Iterable[Report]) -> list[Happening]:
    """Each event once, by date; the result does not depend on the order of the reports."""
    blocks: dict[Block, list[Report]] = {}
    for report in sorted(reports, key=_order):
        blocks.setdefault(_block(report), []).append(report)
    happenings = [_happening(group) for block in blocks.values() for group in _groups(block)]
    return sorted(happenings, key=lambda h: (h.date or "", h.id))


def day_of(report: Report) -> date | None:
    """The day of a report's event: its own date, else that of publication; None when neither names a day."""
    for text in (report.event.date, report.published):
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
    return None


def _order(report: Report) -> Order:
    return report.published or "~", report.article, report.event.id


def _block(report: Report) -> Block:
    # that something is not so is said of the same event as that it is; what is only planned is another one
    status = "asserted" if report.event.status == "negated" else report.event.status
    return key_of(report.actor), key_of(report.recipient), report.event.type, status


def _groups(block: Sequence[Report]) -> Iterator[list[Report]]:
    """The block's reports by event. They are in order."""
    days = [day_of(report) for report in block]
    group = list(range(len(block)))
    span = {k: (day, day) for k, day in enumerate(days)}

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = k = group[group[k]]
        return k

    for i, j in alike(Words.of(block), _near(days)):
        a, b = sorted((root(i), root(j)))
        joined = _joined(span[a], span[b])
        if a != b and joined is not None:
            group[b], span[a] = a, joined
    members: dict[int, list[Report]] = {}
    for k, report in enumerate(block):
        members.setdefault(root(k), []).append(report)
    yield from members.values()


Days = tuple[date | None, date | None]


def _joined(one: Days, other: Days) -> Days | None:
    """First and last day of both, None where they lie too far apart. A report without a day fits any."""
    known = [day for day in (*one, *other) if day]
    if known and max(known) - min(known) > WINDOW:
        return None
    return (min(known), max(known)) if known else (None, None)


def _near(days: Sequence[date | None]) -> Iterator[tuple[list[int], list[int]]]:
    """Who is compared with whom, by index: a day's reports with those of the window after it, those of no day with
    all."""
    by_day: dict[date | None, list[int]] = {}
    for k, day in enumerate(days):
        by_day.setdefault(day, []).append(k)
    undated = by_day.pop(None, [])
    for day, here in by_day.items():
        assert day is not None
        after = (by_day.get(day + timedelta(days=n), []) for n in range(1, WINDOW.days + 1))
        yield here, [*here, *(k for later in after for k in later)]
        if undated:
            yield undated, here
    if undated:
        yield undated, undated


def _happening(reports: Sequence[Report]) -> Happening:
    asserting = [r for r in reports if r.event.status != "negated"]
    best = max(asserting or reports, key=lambda r: r.event.confidence)
    return Happening(
        id=_id(reports[0]),
        event=best.event,
        actor=best.actor,
        recipient=best.recipient,
        date=_date(reports),
        voice=voice_of(asserting or reports),
        disputed=0 < len(asserting) < len(reports),
        outlets=tuple(dict.fromkeys(r.outlet for r in reports if r.outlet)),
        claimants=_claimants(reports),
        reports=tuple(reports),
    )


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
