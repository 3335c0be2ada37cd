"""A cluster of two machines, both here, one of which is lost amid a run."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
import ray
from cluster_runs import lines, on_ray, on_this_machine, there
from ray import cloudpickle
from ray.cluster_utils import Cluster as Machines

from onrecord.pipeline import Settings
from onrecord.records import Article
from onrecord.scale.reading import Work
from onrecord.store.archive import Archive
from onrecord.workers import Done, read_here

pytestmark = pytest.mark.model


@pytest.fixture
def machines() -> Iterator[Machines]:
    """The machine of this process, and another; each bears one process that reads."""
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    both = Machines(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    both.add_node(num_cpus=1)
    ray.init(both.address, log_to_driver=False)
    yield both
    ray.shutdown()
    both.shutdown()


def lingering(articles: Sequence[Article], settings: Settings, *, doomed: str, signs: Path) -> Done:
    """The pipeline. On the doomed machine the second time is without end; the other one's process does not end its work
    before that machine is lost and what read there reads beside it, though every core is taken."""
    if ray.get_runtime_context().get_node_id() == doomed:
        if (signs / "came").exists():
            (signs / "stays").touch()
            sleep(3600)
        (signs / "came").touch()
    else:
        (signs / f"process-{os.getpid()}").touch()
        until(lambda: (signs / "lost").exists() and len(list(signs.glob("process-*"))) == 2)
    return read_here(articles, settings)


def until(happened: Callable[[], bool]) -> None:
    end = monotonic() + 120
    while not happened():
        if monotonic() > end:
            raise TimeoutError
        sleep(0.05)


def test_a_machine_lost_amid_its_work_changes_nothing(tmp_path: Path, machines: Machines) -> None:
    paths = [lines(tmp_path / f"{n}.jsonl", range(n * 20, n * 20 + 20)) for n in range(3)]
    (doomed,) = machines.worker_nodes

    def lose() -> None:
        until((tmp_path / "stays").exists)
        machines.remove_node(doomed, allow_graceful=False)
        (tmp_path / "lost").touch()

    losing = Thread(target=lose)
    losing.start()
    archive = Archive.make(tmp_path / "archive")
    read = partial(lingering, doomed=doomed.node_id, signs=tmp_path)
    done, errors = on_ray(archive, *paths, work=Work(chunk=1_000, read=read))
    losing.join()
    assert (done.added.added, errors) == (60, [])
    assert there(archive) == on_this_machine(tmp_path / "local", *paths)
