"""Work on several threads: in order, only a little ahead, and numpy left as it was."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from threading import Event
from time import sleep

import pytest
from threadpoolctl import threadpool_info

from onrecord.annotate.parallel import OneBlasThread, each, in_groups, open_session
from onrecord.errors import ModelError


@pytest.mark.parametrize("threads", [1, 2])
def test_answers_come_in_order_and_only_a_few_are_taken_ahead(threads: int) -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for k in range(100):
            taken.append(k)
            yield k

    squares = each(numbers(), lambda k: k * k, threads)
    assert next(squares) == 0
    assert len(taken) <= 2 * threads + 1
    assert list(squares) == [k * k for k in range(1, 100)]


def test_what_is_done_does_not_wait_for_more_than_the_next() -> None:
    first = Event()

    def slow() -> Iterator[Event]:
        yield first
        assert first.wait(10)
        sleep(0.5)  # until the answer has come back
        yield Event()
        pytest.fail("the first answer was there")

    def work(event: Event) -> str:
        event.set()
        return "done"

    answers = each(slow(), work, 2)
    assert next(answers) == "done"


def test_groups_hold_every_item_in_order() -> None:
    assert list(in_groups(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(in_groups((), 3)) == []


def blas_threads() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_the_last_to_leave_lifts_the_limit() -> None:
    before = blas_threads()
    one, other = OneBlasThread(), OneBlasThread()
    one.__enter__()
    other.__enter__()
    assert set(blas_threads()) <= {1}
    one.__exit__()
    assert set(blas_threads()) <= {1}
    other.__exit__()
    assert blas_threads() == before


@pytest.mark.model
@pytest.mark.parametrize(
    ("providers", "why"),
    [
        (["CPUExecutionProvider"], "pip install onnxruntime-gpu in place of onnxruntime"),
        (["CUDAExecutionProvider", "CPUExecutionProvider"], "check the driver, CUDA and cuDNN"),
    ],
)
@pytest.mark.filterwarnings("ignore:Specified provider 'CUDAExecutionProvider'")
def test_a_gpu_that_is_not_there_is_said_and_cores_do_not_step_in(
    providers: list[str], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """onnxruntime-gpu names CUDA on every machine, and where it does not work goes on without a word."""
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: providers)
    with as_file(files("onrecord.annotate") / "model" / "events.onnx") as path:
        assert open_session(path).get_providers() == ["CPUExecutionProvider"]
        with pytest.raises(ModelError, match=why):
            open_session(path, gpu=True)
