"""`--gpus`, from the setting to the networks' sessions. Ray and onnxruntime are made to believe in a GPU."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import onnxruntime
import pytest
import ray
from cluster_runs import lines, on_this_machine, there
from ray import cloudpickle

from onrecord.adding import Progress
from onrecord.errors import OnrecordError
from onrecord.pipeline import Settings
from onrecord.records import Article
from onrecord.scale.adding import OnCluster, add_on_cluster
from onrecord.scale.cluster import Cluster, actors_of, joined
from onrecord.scale.reading import Work
from onrecord.store.archive import Archive
from onrecord.workers import Done, read_here

pytestmark = pytest.mark.model

CUDA, CORES = "CUDAExecutionProvider", "CPUExecutionProvider"
HALF = Cluster(gpus=0.5)


@pytest.fixture(scope="module")
def one_gpu() -> Iterator[None]:
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    ray.init("local", num_cpus=1, num_gpus=1, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def add(archive: Archive, path: Path, work: Work) -> Progress:
    return add_on_cluster(archive, [path], OnCluster(lambda *_: None, work, HALF))


class OnGpu(onnxruntime.InferenceSession):  # type: ignore[misc]
    """A session that says it is where it was asked to be, and computes on cores."""

    asked: Path
    """Folder of what sessions were opened with."""

    def __init__(self, path: str, options: onnxruntime.SessionOptions, providers: list[str]) -> None:
        (self.asked / f"{Path(path).stem} on {' '.join(providers)}, GPU {ray.get_gpu_ids()}").touch()
        super().__init__(path, options, providers=[CORES])
        self.given = providers

    def get_providers(self) -> list[str]:
        return self.given


def with_gpu(articles: Sequence[Article], settings: Settings, *, asked: Path) -> Done:
    """The pipeline, in a process whose onnxruntime has a GPU."""
    OnGpu.asked = asked
    onnxruntime.InferenceSession, onnxruntime.get_available_providers = OnGpu, lambda: [CUDA, CORES]
    return read_here(articles, settings)


@pytest.mark.usefixtures("one_gpu")
def test_every_network_is_opened_on_the_actor_s_gpu(tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    asked.mkdir()
    archive = Archive.make(tmp_path / "archive")
    given = lines(tmp_path / "a.jsonl", range(6))
    assert actors_of(HALF) == 2
    assert add(archive, given, Work(read=partial(with_gpu, asked=asked))).added.added == 6
    opened = sorted(path.name for path in asked.iterdir())
    networks = ("attribution", "events", "events-second")
    assert opened == [f"{network} on {CUDA} {CORES}, GPU [0]" for network in networks]
    assert there(archive) == on_this_machine(tmp_path / "local", given)


@pytest.mark.usefixtures("one_gpu")
def test_an_onnxruntime_without_gpu_ends_the_run_with_one_line_that_says_so(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "archive")
    with pytest.raises(OnrecordError) as caught:
        add(archive, lines(tmp_path / "a.jsonl", range(6)), Work())
    assert str(caught.value) == (
        "the run on the cluster broke off (onnxruntime finds no GPU here: pip install onnxruntime-gpu in place of "
        "onnxruntime); what was done before is kept: run again to go on"
    )
    assert there(archive) == {}


def test_a_cluster_without_gpu_is_told_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ray.shutdown()
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    with pytest.raises(OnrecordError) as caught, joined(Cluster(actors=1, gpus=0.5)):
        pass
    assert str(caught.value) == "--gpus: the cluster has no GPU; leave it out to read on cores"
    assert not ray.is_initialized()
