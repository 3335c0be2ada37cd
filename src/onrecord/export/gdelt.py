"""Events in GDELT 2.0's 61 columns: tab-separated, without a header, empty where nothing is known."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO

from onrecord.export.happenings import surest
from onrecord.records import Happening, Party

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _PLACE),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
KNOWN_GROUPS = {
    "UN": "UNO", "EU": "EEC", "NATO": "NAT", "IAEA": "IAE", "IMF": "IMF", "OPEC": "OPC", "ASEAN": "ASN", "OAS": "OAS",
    "WTO": "WTO", "ICC": "ICC",
}  # fmt: skip
"""CAMEO's codes of international bodies, by the registry's."""
_BREAKS = str.maketrans("\t\n\r", "   ")


def write_gdelt(happenings: Iterable[Happening], stream: BinaryIO) -> None:
    """Write one line an asserted event, in UTF-8. Others would be events there, for GDELT has no column for status."""
    for one in happenings:
        if one.event.status != "asserted":
            continue
        row = gdelt_row(one)
        line = "\t".join(row[name].translate(_BREAKS) for name in COLUMNS)
        stream.write(line.encode("utf-8", "replace") + b"\n")


def gdelt_row(one: Happening) -> dict[str, str]:
    """All 61 columns of an event."""
    event, best = one.event, surest(one)
    cameo = event.cameo or ""
    added = next((report.added for report in one.reports if report.added), None)
    filled = {
        "GLOBALEVENTID": str(int(one.id[1:], 16)),
        **dict(_date(one.date)),
        **dict(_actor("Actor1", one.actor)),
        **dict(_actor("Actor2", one.recipient)),
        "EventCode": cameo,
        "EventBaseCode": cameo[:3],
        "EventRootCode": cameo[:2],
        "QuadClass": "" if event.quad is None else str(event.quad),
        "GoldsteinScale": "" if event.goldstein is None else str(event.goldstein),
        "NumMentions": str(len(one.reports)),
        "NumSources": str(len(one.outlets)),
        "NumArticles": str(len({report.article for report in one.reports})),
        "DATEADDED": "" if added is None else "".join(c for c in added[:19] if c.isdecimal()),
        "SOURCEURL": best.url or "",
    }
    return {name: filled.get(name, "") for name in COLUMNS}


def _date(text: str | None) -> Iterator[tuple[str, str]]:
    """The date's columns, as many as the date is exact enough for."""
    if not text or not text[:4].isdecimal():
        return
    yield "Year", text[:4]
    if "W" in text or len(text) < 7:
        return
    yield "MonthYear", text[:4] + text[5:7]
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return
    yield "SQLDATE", f"{day:%Y%m%d}"
    # GDELT counts every month as 30 days
    yield "FractionDate", f"{day.year + min((day.month - 1) * 30 + day.day, 364) / 365:.4f}"


def _actor(who: str, party: Party | None) -> Iterator[tuple[str, str]]:
    if party is None:
        return
    yield f"{who}Name", party.name.upper()
    group = KNOWN_GROUPS.get(party.code or "")
    if group:
        yield f"{who}KnownGroupCode", group
        yield f"{who}Code", group
    elif party.code:
        yield f"{who}Code", party.code
    if party.country:
        yield f"{who}CountryCode", party.country
