"""Events once each as flat rows, for CSV and Parquet, and with all their reports, for JSON lines."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.export.tabular import write_lines
from onrecord.records import Happening, Party, Report

COLUMNS: dict[str, type] = {
    "id": str, "date": str, "actor": str, "actor_code": str, "recipient": str, "recipient_code": str, "type": str,
    "mode": str, "context": list, "cameo": str, "quad": int, "goldstein": float, "status": str, "voice": str,
    "disputed": bool, "confidence": float, "trigger": str, "told": str, "reports": int, "articles": int,
    "outlets": list, "claimants": list, "article": str, "event": str, "statement": str, "url": str,
}  # fmt: skip
"""Columns of a flat row, with what they hold."""


def flat_rows(happenings: Iterable[Happening]) -> Iterator[dict[str, Any]]:
    """One row an event, with the columns of COLUMNS. `article` to `url` are those of the surest report."""
    for one in happenings:
        best = surest(one)
        yield {
            "id": one.id,
            "date": one.date,
            **_sides(one.actor, one.recipient),
            **_coded(best),
            "status": one.event.status,
            "voice": one.voice,
            "disputed": one.disputed,
            "confidence": one.event.confidence,
            "trigger": best.trigger,
            "told": best.told,
            "reports": len(one.reports),
            "articles": len({report.article for report in one.reports}),
            "outlets": list(one.outlets),
            "claimants": list(one.claimants),
            "article": best.article,
            "event": best.event.id,
            "statement": best.event.on_word_of,
            "url": best.url,
        }


def write_happenings(happenings: Iterable[Happening], stream: BinaryIO) -> None:
    """Write a JSON object a line: a flat row, but `reports` are the reports themselves."""
    happenings = list(happenings)
    rows = zip(happenings, flat_rows(happenings), strict=True)
    write_lines((row | {"reports": [_report(r) for r in one.reports]} for one, row in rows), stream)


def surest(one: Happening) -> Report:
    """The report that the event's details are from."""
    return next(report for report in one.reports if report.event == one.event)


def _sides(actor: Party | None, recipient: Party | None) -> dict[str, str | None]:
    return {
        "actor": actor.name if actor else None,
        "actor_code": actor.code if actor else None,
        "recipient": recipient.name if recipient else None,
        "recipient_code": recipient.code if recipient else None,
    }


def _coded(report: Report) -> dict[str, Any]:
    event = report.event
    return {
        "type": event.type,
        "mode": event.mode,
        "context": list(event.context),
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
    }


def _report(report: Report) -> dict[str, Any]:
    event, claimant = report.event, report.claimant
    return {
        "article": report.article,
        "event": event.id,
        "outlet": report.outlet,
        "url": report.url,
        "published": report.published,
        "date": event.date,
        **_sides(report.actor, report.recipient),
        "status": event.status,
        "statement": event.on_word_of,
        "claimant": claimant.name if claimant else None,
        "claimant_code": claimant.code if claimant else None,
        "confidence": event.confidence,
        "trigger": report.trigger,
        "trigger_spans": event.trigger,
        "told": report.told,
    }
