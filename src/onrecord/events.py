"""Events once each, and series of them, from records or from an archive: what the commands and programs ask.

>>> from onrecord.events import Ask, dyad, in_archive
>>> dyad(in_archive(Archive.open(Path("news.archive"))), Ask("RUS", "EU", by="month")).to_pandas()
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, get_type_hints

from onrecord.coding.merging import merge
from onrecord.coding.reports import AROUND, report_of_row, reports_of
from onrecord.coding.series import Ask, Row, series
from onrecord.errors import OnrecordError
from onrecord.records import Happening, Record, Report

if TYPE_CHECKING:
    import pandas as pd

    from onrecord.store.archive import Archive

__all__ = ["Ask", "Dyad", "Told", "dyad", "in_archive", "in_records"]

_REPORTS = f"""
SELECT v.*, a.url, a.added, a.dateline_agency AS agency,
       actor.country AS actor_country, recipient.country AS recipient_country,
       s.speaker AS claimant, s.speaker_code AS claimant_code, s.speaker_country AS claimant_country,
       greatest(v.trigger_spans[1].start - {AROUND}, 0) AS around_start,
       a.text[greatest(v.trigger_spans[1].start - {AROUND}, 0) + 1 : v.trigger_spans[-1].end + {AROUND}] AS around
FROM events v JOIN articles a ON a.id = v.article
LEFT JOIN entities actor ON actor.article = v.article AND actor.id = v.actor_id
LEFT JOIN entities recipient ON recipient.article = v.article AND recipient.id = v.recipient_id
LEFT JOIN statements s ON s.article = v.article AND s.id = v.on_word_of
"""
_PUBLISHED = "SELECT coalesce(published[1:10], '') AS day, count(*) AS n FROM articles GROUP BY 1"


@dataclass(frozen=True, slots=True)
class Told:
    """Reports of events, and how many articles were read, by date of publication."""

    reports: Sequence[Report]
    published: Counter[str]

    def happenings(self) -> list[Happening]:
        """Each event once, by date."""
        return merge(self.reports)


@dataclass(frozen=True, slots=True)
class Dyad:
    """The series of two sides."""

    rows: tuple[Row, ...]
    unplaced: int
    """Events of the two whose dates name no such period: they are in no row."""

    @property
    def columns(self) -> dict[str, type]:
        """The names of the rows' fields, with what they hold where they hold something."""
        kinds = get_type_hints(Row)
        return {field.name: float if field.name.startswith("rate") else kinds[field.name] for field in fields(Row)}

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a row, the fields of `coding.series.Row`."""
        return [asdict(row) for row in self.rows]

    def to_pandas(self) -> "pd.DataFrame":
        """One row a period, direction and voice. Raises OnrecordError when pandas is not installed."""
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise OnrecordError("pandas is not installed; pip install pandas") from error
        return pandas.DataFrame(self.to_dicts(), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """The series as a chart, for notebooks; as a table where matplotlib is not installed."""
        from onrecord.export.notebook import series_cell

        return series_cell(self.to_dicts(), self.unplaced)

    def _repr_png_(self) -> bytes | None:
        """The chart for papers made of notebooks; None where matplotlib is not installed."""
        from onrecord.export.notebook import series_picture

        return series_picture(self.to_dicts(), "png")


def in_records(records: Iterable[Record]) -> Told:
    """What records tell. They are taken one at a time; only the reports are kept."""
    reports: list[Report] = []
    published: Counter[str] = Counter()
    for record in records:
        reports += reports_of(record)
        published[(record.article.published or "")[:10]] += 1
    return Told(reports, published)


def in_archive(archive: "Archive", ask: Ask | None = None) -> Told:
    """What the current versions of an archive's articles tell: everything, or what an ask may be about."""
    rows = archive.sql(_REPORTS + (_between(ask) if ask else "")).table.to_pylist()
    counts = archive.sql(_PUBLISHED).table.to_pylist()
    return Told([report_of_row(row) for row in rows], Counter({row["day"]: row["n"] for row in counts}))


def dyad(told: Told, ask: Ask) -> Dyad:
    """What two sides did to each other, period by period."""
    found = series(told.happenings(), told.published, ask)
    return Dyad(found.rows, found.unplaced)


def _between(ask: Ask) -> str:
    """Where both sides may be the ones that were asked for: those without a code are told by name later on."""
    sides = ", ".join("'" + side.replace("'", "''") + "'" for side in (ask.first.upper(), ask.second.upper()))
    return " WHERE " + " AND ".join(
        f"(v.{who}_code IS NULL OR upper(v.{who}_code) IN ({sides}))" for who in ("actor", "recipient")
    )
