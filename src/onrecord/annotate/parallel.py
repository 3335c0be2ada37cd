"""onnxruntime's sessions, and windows read on several threads. The only place that imports onnxruntime."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from onrecord.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from threadpoolctl import ThreadpoolController

T = TypeVar("T")
W = TypeVar("W")
_GPU = "CUDAExecutionProvider"


def each(windows: Iterable[W], work: Callable[[W], T], threads: int) -> Iterator[T]:
    """What `work` makes of each window, in order, several at once.

    The network runs on one thread a window: windows next to each other keep cores busier than one window whose sums are
    shared out. Only a few windows are taken ahead, so memory is bounded however many there are.
    """
    if threads == 1:
        yield from map(work, windows)
        return
    ahead: deque[Future[T]] = deque()
    try:
        for window in windows:
            ahead.append(_pool(threads).submit(work, window))
            while len(ahead) > 2 * threads or (ahead and ahead[0].done()):  # nothing done waits for a slow source
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        for future in ahead:
            future.cancel()


def in_groups(items: Iterable[W], size: int) -> Iterator[list[W]]:
    """So many at a time, the rest last."""
    rest = iter(items)
    while group := list(islice(rest, size)):
        yield group


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="onrecord")


@cache
def _blas() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class OneBlasThread:
    """While one of these is open numpy multiplies on one thread: decoding's products are so small that waking others
    costs more than it saves, and waiting ones take cores from the encoder.

    The limit holds for the whole process, so the last of several threads to leave lifts it.
    """

    _lock = Lock()
    _limit = ExitStack()
    _inside = 0

    def __enter__(self) -> None:
        cls = type(self)
        with cls._lock:
            if not cls._inside:
                cls._limit.enter_context(_blas().limit(limits=1, user_api="blas"))
            cls._inside += 1

    def __exit__(self, *_: object) -> None:
        cls = type(self)
        with cls._lock:
            cls._inside -= 1
            if not cls._inside:
                cls._limit.close()


def worker_threads(threads: int) -> int:
    """How many threads read: so many, or with 0 as many as there are cores that this process may run on."""
    if threads:
        return threads
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_session(path: Path, gpu: bool = False) -> "InferenceSession":
    """The network in a file, on one thread, or on a GPU. Raises OSError when there is no such file, ModelError when
    onnxruntime has no GPU."""
    from onnxruntime import InferenceSession, SessionOptions, get_available_providers

    if gpu and _GPU not in get_available_providers():
        raise ModelError("onnxruntime finds no GPU here: pip install onnxruntime-gpu in place of onnxruntime")

    if not path.is_file():
        raise FileNotFoundError(f"{path.name} is missing")
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    providers = [_GPU] if gpu else []
    session = InferenceSession(str(path), options, providers=[*providers, "CPUExecutionProvider"])
    if gpu and _GPU not in session.get_providers():  # onnxruntime would go on, on cores
        raise ModelError("onnxruntime-gpu finds no GPU that it can use here: check the driver, CUDA and cuDNN")
    return session
