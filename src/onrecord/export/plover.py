"""Events as PLOVER records: a JSON object a line."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from onrecord.export.happenings import surest
from onrecord.export.tabular import write_lines
from onrecord.records import Happening, Party


def write_plover(happenings: Iterable[Happening], stream: BinaryIO) -> None:
    """Write one record an event; all keys are always there, null or empty where nothing is known."""
    write_lines(map(plover_record, happenings), stream)


def plover_record(one: Happening) -> dict[str, Any]:
    """An event in PLOVER's terms, and under `onrecord` what they have no place for."""
    best = surest(one)
    return {
        "id": one.id,
        "date": one.date,
        "source": _actors(one.actor),
        "target": _actors(one.recipient),
        "event": one.event.type,
        "mode": one.event.mode,
        "context": list(one.event.context),
        "eventText": best.trigger,
        "text": best.told,
        "publisher": best.outlet,
        "url": best.url,
        "onrecord": {
            "cameo": one.event.cameo,
            "quad": one.event.quad,
            "goldstein": one.event.goldstein,
            "status": one.event.status,
            "voice": one.voice,
            "disputed": one.disputed,
            "confidence": one.event.confidence,
            "outlets": list(one.outlets),
            "claimants": list(one.claimants),
            "reports": [{"article": r.article, "event": r.event.id, "url": r.url} for r in one.reports],
        },
    }


def _actors(party: Party | None) -> list[dict[str, str | None]]:
    # a list, for PLOVER has room for several that act together
    return [{"code": party.code, "country": party.country, "actorText": party.name}] if party else []
