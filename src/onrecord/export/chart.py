"""A dyad's series as a chart: what each side did to the other, and how often it was told."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Row = Mapping[str, Any]
COLOURS = {
    "fact": "#1b4965", "actor": "#c8553d", "recipient": "#588b8b", "third": "#f28f3b", "several": "#8d6b94",
    "unplaced": "#a0a0a0",
}  # fmt: skip
_LABELS = {
    "fact": "as a fact", "actor": "on the actor's word", "recipient": "on the recipient's word",
    "third": "on others' word", "several": "on several sides' word", "unplaced": "on an unplaced word",
}  # fmt: skip
_ALL, _TICKS = "all", 12


def write_chart(rows: Sequence[Row], format: str, stream: BinaryIO) -> None:
    """Draw rows with the fields of `coding.series.Row` as `svg` or `png`.

    Two panels, one a direction, have the sums of Goldstein scores, cooperation up and conflict down, by voice; the
    third has events for 100 articles with their 95% interval. The same rows give the same bytes. Raises OnrecordError
    when matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise OnrecordError("charts need matplotlib; pip install 'onrecord[charts]'") from error
    periods = list(dict.fromkeys(row["period"] for row in rows))
    ways = list(dict.fromkeys((row["actor"], row["recipient"]) for row in rows))
    with matplotlib.rc_context({"svg.hashsalt": "onrecord", "font.size": 9}):
        figure = Figure(figsize=(10, 8), layout="constrained")
        panels = figure.subplots(3, 1, sharex=True)
        for panel, way in zip(panels[:2], ways, strict=False):
            _draw_scores(panel, [row for row in rows if (row["actor"], row["recipient"]) == way], periods)
        _draw_rates(panels[2], [row for row in rows if row["voice"] == _ALL], periods)
        voices = {
            label: bars for panel in panels[:2] for bars, label in zip(*panel.get_legend_handles_labels(), strict=True)
        }
        if voices:
            figure.legend(voices.values(), voices, loc="outside upper center", ncols=len(voices), frameon=False)
        # no date and no version in the file
        figure.savefig(stream, format=format, metadata={"Date": None} if format == "svg" else {"Software": None})


def _draw_scores(panel: "Axes", rows: Sequence[Row], periods: Sequence[str]) -> None:
    panel.use_sticky_edges = False  # else the longest bar ends at the frame
    up, down = dict.fromkeys(periods, 0.0), dict.fromkeys(periods, 0.0)
    for voice, colour in COLOURS.items():
        own = {row["period"]: row for row in rows if row["voice"] == voice}
        cooperation = [own[period]["cooperation"] for period in periods]
        conflict = [own[period]["conflict"] for period in periods]
        if not any(cooperation) and not any(conflict):
            continue
        panel.bar(periods, cooperation, bottom=list(up.values()), color=colour, label=_LABELS[voice], width=0.8)
        panel.bar(periods, conflict, bottom=list(down.values()), color=colour, width=0.8)
        for period, more, less in zip(periods, cooperation, conflict, strict=True):
            up[period] += more
            down[period] += less
    panel.axhline(0, color="black", linewidth=0.6)
    if rows:
        panel.set_title(f"{rows[0]['actor']} → {rows[0]['recipient']}", loc="left")
    panel.set_ylabel("Goldstein, summed")


def _draw_rates(panel: "Axes", rows: Sequence[Row], periods: Sequence[str]) -> None:
    for way, colour in zip(dict.fromkeys((r["actor"], r["recipient"]) for r in rows), ("#1b4965", "#c8553d"),
                           strict=False):  # fmt: skip
        own = {r["period"]: r for r in rows if (r["actor"], r["recipient"]) == way}
        none = float("nan")
        rate, low, high = (
            [none if own[p][name] is None else own[p][name] for p in periods]
            for name in ("rate", "rate_low", "rate_high")
        )
        panel.plot(periods, rate, color=colour, marker=".", label=f"{way[0]} → {way[1]}")
        panel.fill_between(periods, low, high, color=colour, alpha=0.15, linewidth=0)
    panel.set_ylabel("events for 100 articles")
    panel.set_xticks(periods[:: max(len(periods) // _TICKS, 1)])
    if rows:
        panel.legend(frameon=False, loc="upper right")
