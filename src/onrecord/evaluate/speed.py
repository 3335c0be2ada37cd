"""How fast: the whole pass beside the network alone, on the same windows, in one run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from onrecord.annotate import session, stage
from onrecord.annotate.windows import inputs, windows
from onrecord.annotate.words import word_blocks


def report(texts: Sequence[str], rounds: int) -> Iterator[str]:
    """First what a fresh interpreter takes, then words per second, of wall and of CPU time, with one and two threads.

    A word is a run of non-space characters. "forward" runs the network on ready inputs and throws its output away.
    The two alternate within each round, and the median over the rounds is shown, so that a machine's moods fall on
    both.
    """
    yield fresh(texts[0])
    words = sum(len(text.split()) for text in texts)
    for threads in (1, 2):
        model = session.load(threads)
        ready = [_ready(text) for text in texts]
        times: dict[str, list[tuple[float, float]]] = {"forward": [], "whole": []}
        for _ in range(rounds):
            times["forward"].append(_timed(partial(_forward, model, ready)))
            times["whole"].append(_timed(partial(_whole, model, texts)))
        label = f"{threads} thread{'s' * (threads > 1)}"
        for name, measured in times.items():
            wall, cpu = (words / statistics.median(m[i] for m in measured) for i in (0, 1))
            yield f"{label:9}  {name:8} {wall:9,.0f} words/s  {cpu:9,.0f} words per CPU second"
        shares = [f[0] / w[0] for f, w in zip(times["forward"], times["whole"], strict=True)]
        yield f"{label:9}  whole pass at {statistics.median(shares):.3f} of the forward pass's speed"


_FRESH = """
import sys, time
began = time.perf_counter()
import onrecord
imported = time.perf_counter() - began
text = sys.stdin.read()
began = time.perf_counter()
onrecord.read(text)
read = time.perf_counter() - began
memory = ""
if sys.platform == "linux":
    import resource
    memory = f", peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
print(f"fresh      import onrecord {imported:.2f} s, first read {read:.2f} s{memory}")
"""


def fresh(text: str) -> str:
    """A line that says how long a new interpreter takes to import onrecord and then to read its first article, and
    the most memory it held (Linux only).
    """
    done = subprocess.run([sys.executable, "-c", _FRESH], input=text, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def _timed(run: Callable[[], None]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


Ready = list[dict[str, object]]


def _ready(text: str) -> Ready:
    out: Ready = []
    for block in word_blocks(text):
        for window in windows(block):
            pieces, features, first = inputs(window)
            out.append({"pieces": pieces[None], "features": features[None], "first": first})
    return out


def _forward(model: session.Model, ready: Sequence[Ready]) -> None:
    for article in ready:
        for window in article:
            model.session.run(None, window)


def _whole(model: session.Model, texts: Sequence[str]) -> None:
    for text in texts:
        for _ in stage.find(text, model, model.outer):
            pass
