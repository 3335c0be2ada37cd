"""Ray: a cluster joined or started here, and the sources of a run sent through it. With its neighbours in this room
the only importer of ray.

    groups of sources ─ read_chunks (tasks) ─ chunks of new articles ─ Reader (actors with the models) ─ answers

Ray Data streams: it starts no more than the object store holds, runs again what died with its process or machine, and
hands the answers over in the order of the sources, so that a run's outcome does not depend on who was quicker.
"""

import logging
import os
import pickle
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from typing import Any

import ray
from ray.data import ActorPoolStrategy, DataContext, TaskPoolStrategy
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
from tenacity import Retrying, retry_if_exception_message, stop_after_attempt

from onrecord.annotate.parallel import worker_threads
from onrecord.errors import InputError, OnrecordError
from onrecord.read.sources import Source
from onrecord.scale.reading import Answer, Reader, Work, chunks
from onrecord.scale.register import Digests, Register

STORE = 512 << 20
"""Bytes of the object store of a cluster that is started here: some ten thousand articles on their way."""
GROUPS = 4096
"""Tasks that read sources; of more sources some go together."""
_AN_ACTOR = 0.5
"""Of a core: what an actor lays claim to, though it uses a whole one. Ray Data deals actors out to machines in turn; of
one that is lost the others then have room for the actors, whose work would otherwise wait for a new machine."""
_BLOCK = 16 << 10
"""Bytes from which Ray Data passes on what it has: less than a chunk, so that chunks travel one by one."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a run takes place."""

    address: str | None = None
    """Of a cluster that is there; None starts one on this machine, which ends with the run."""
    actors: int = 0
    """Processes that hold the models; 0 takes all cores."""
    gpus: float = 0.0
    """The share of a GPU for each actor."""


@contextmanager
def joined(cluster: Cluster) -> Iterator[str | None]:
    """Be part of the cluster; gives the address of Ray's dashboard where there is one. Raises OnrecordError."""
    ours = not ray.is_initialized()
    try:
        context = _start(cluster) if ours else ray.get_runtime_context()
    except Exception as error:  # Ray raises bare ones, ConnectionError, RuntimeError …
        ray.shutdown()
        where = f"the cluster at {cluster.address} cannot be joined" if cluster.address else "Ray cannot be started"
        raise OnrecordError(f"{where}: {' '.join(str(error).split())[:300]}") from error
    try:
        if cluster.gpus and not ray.cluster_resources().get("GPU"):
            raise OnrecordError("--gpus: the cluster has no GPU; leave it out to read on cores")
        yield getattr(context, "dashboard_url", None) or None
    finally:
        if ours:
            ray.shutdown()


def _start(cluster: Cluster) -> Any:
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what it says on standard error is for its developers
    logging.getLogger("ray").setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if cluster.address:
        return _init(cluster.address, **quiet)
    os.environ.setdefault("RAY_worker_niceness", "0")  # by itself Ray gives way to everything else on the machine
    whole = find_spec("aiohttp_cors") is not None  # ray[default], which has what the dashboard needs
    quiet["include_dashboard"] = whole
    cores = worker_threads(cluster.actors)
    # on a machine that is very busy its processes may miss the times that they give each other
    for attempt in Retrying(
        stop=stop_after_attempt(3), retry=retry_if_exception_message(match=".*timed out during startup"), reraise=True
    ):
        with attempt:
            ray.shutdown()
            return _init("local", num_cpus=cores, object_store_memory=STORE, **quiet)
    raise AssertionError  # the last attempt raises


def _init(address: str, **settings: Any) -> Any:
    """Ray's own, which writes for its developers on standard error, below Python, whatever it is told."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "lance is not fork-safe")  # Ray forks only to start other programs
        os.dup2(nowhere.fileno(), 2)
        try:
            return ray.init(address, **settings)
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def actors_of(cluster: Cluster) -> int:
    """How many actors a run has on the cluster that was joined."""
    if cluster.actors:
        return cluster.actors
    there = ray.cluster_resources()
    return max(1, int(there.get("GPU", 0) / cluster.gpus if cluster.gpus else there.get("CPU", 1)))


Group = Sequence[Source | InputError]


def grouped(sources: Group) -> list[Group]:
    """The sources in groups, each for one task."""
    size = max(1, -(-len(sources) // GROUPS))
    return [sources[at : at + size] for at in range(0, len(sources), size)]


def answers(groups: Sequence[Group], standing: Digests, work: Work, cluster: Cluster) -> Iterator[Answer]:
    """What comes of the sources on the cluster that was joined, in their order. Raises OnrecordError."""
    if not groups:
        return
    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    # if it dies the run ends: a new one would not know what was met, and articles might be read twice
    register = ray.remote(num_cpus=0)(Register).options(scheduling_strategy=here).remote(standing)
    try:
        for batch in _dataset(groups, register, work, cluster).iter_batches(
            batch_size=None, batch_format="numpy", prefetch_batches=0
        ):
            yield from (pickle.loads(cell) for cell in batch["answer"])
    except ray.exceptions.RayError as error:
        raise OnrecordError(
            f"the run on the cluster broke off ({_cause(error)}); what was done before is kept: run again to go on"
        ) from error


def _dataset(groups: Sequence[Group], register: Any, work: Work, cluster: Cluster) -> Any:
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.execution_options.preserve_order = True
    context.target_max_block_size = _BLOCK
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", "The minimum number of concurrent actors")  # a small run needs no more
    rows = [{"group": pickle.dumps(numbered)} for numbered in enumerate(groups)]
    found = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
        partial(chunks, register=register, work=work),
        batch_size=1,
        compute=TaskPoolStrategy(size=actors_of(cluster)),
        num_cpus=0,  # they are few, and must go on where actors of a lost machine have taken all room
    )
    share: dict[str, Any] = {"num_gpus": cluster.gpus, "num_cpus": 0} if cluster.gpus else {"num_cpus": _AN_ACTOR}
    work = replace(work, settings=replace(work.settings, gpu=bool(cluster.gpus)))
    return found.map_batches(
        Reader,
        batch_size=1,
        fn_constructor_args=(register, work),
        compute=ActorPoolStrategy(size=actors_of(cluster)),
        **share,
    )


def _cause(error: Exception) -> str:
    if not isinstance(error, ray.exceptions.RayTaskError):
        return " ".join(str(error).split())[-300:]
    cause = error.cause  # what the process raised; behind its first line stands Ray's advice to developers
    told = str(cause).partition("\n")[0][:300]
    return told if isinstance(cause, OnrecordError) else f"{type(cause).__name__}: {told}"
