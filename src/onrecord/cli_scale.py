"""`onrecord add --engine ray`: the same adding on a cluster. Thin, as in cli.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.adding import Manner, Progress, Report
    from onrecord.store.archive import Archive

Address = Annotated[
    str | None,
    typer.Option(help="Of ray: the cluster's address (auto, HOST:PORT); if not said, one is started on this machine."),
]
Gpus = Annotated[float, typer.Option(help="Of ray: the share of a GPU for each process; 0 reads on cores.", min=0)]
ToParquet = Annotated[
    str | None,
    typer.Option("--parquet", help="Of ray: write plain Parquet into this folder or address, and no archive."),
]
CoreHour = Annotated[float | None, typer.Option(help="Of ray: the price of a core hour, for the summary.", min=0)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of a run on a cluster."""

    address: str | None
    gpus: float
    parquet: str | None
    core_hour: float | None

    @property
    def anything(self) -> bool:
        """Whether it says anything at all."""
        return self != Asked(None, 0.0, None, None)


def needs_ray() -> None:
    """Raises OnrecordError when Ray is not installed."""
    if find_spec("ray") is None:
        raise OnrecordError("--engine ray needs Ray: pip install 'onrecord[ray]'")


def put_on_ray(
    paths: Sequence[str], archive: "Archive | None", manner: "Manner", asked: Asked, report: "Report"
) -> "Progress":
    """Put the articles behind paths on the record, or into plain Parquet, by a cluster; ends with a summary."""
    from onrecord.scale.adding import OnCluster, add_on_cluster, write_on_cluster
    from onrecord.scale.cluster import Cluster
    from onrecord.scale.parts import Parts
    from onrecord.scale.reading import Work

    actors = 1

    def joined(dashboard: str | None, reading: int) -> None:
        nonlocal actors
        actors = reading
        typer.echo(f"{reading} processes read" + (f"; watch them at http://{dashboard}" if dashboard else ""), err=True)

    cluster = Cluster(asked.address, manner.processes, asked.gpus)
    run = OnCluster(report, Work(manner.settings, manner.options), cluster, joined)
    if archive is not None:
        done = add_on_cluster(archive, paths, run)
    else:
        done = write_on_cluster(Parts(str(asked.parquet)), paths, run)
    typer.echo(summary(done, actors, asked.core_hour))
    return done


def summary(done: "Progress", cores: int, core_hour: float | None) -> str:
    """What a run came to: one line of what was found and failed, one of what it took."""
    failures = ", ".join(f"{count} {kind}" for kind, count in sorted(done.failures.items()))
    lines = [f"{done.statements:,} statements; {done.added.unchanged:,} copies skipped; failures: {failures or 'none'}"]
    recorded = done.added.added + done.added.corrected + done.added.reread
    if recorded and done.seconds:
        hours = cores * done.seconds / 3600 / recorded * 1e6
        price = "" if core_hour is None else f", {hours * core_hour:,.2f} at {core_hour:g} an hour"
        pace = done.words / done.seconds / cores
        lines.append(f"{pace:,.0f} words/s a core on {cores}; a million articles: {hours:,.1f} core hours{price}")
    return "\n".join(lines)
