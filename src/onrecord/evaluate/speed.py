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
from onrecord.pipeline import Settings, records_of
from onrecord.records import Article

Times = dict[str, list[tuple[float, float]]]
"""Of each kind of run, wall and CPU seconds round by round."""


def report(texts: Sequence[str], rounds: int) -> Iterator[str]:
    """First what a fresh interpreter takes, then words per second, of wall and of CPU time, with one and two threads.

    A word is a run of non-space characters. "forward" runs the network on ready inputs and throws its output away,
    "whole" finds the statements in the articles' own voice, "nested" those inside them too, "record" names their
    speakers and says how they came, and "events" codes who did what to whom as well. They alternate within each round,
    and the median over the rounds is shown, so that a machine's moods fall on all.
    """
    yield fresh(texts[0])
    words = sum(len(text.split()) for text in texts)
    for threads in (1, 2):
        model = session.load(threads)
        ready = [_ready(text) for text in texts]
        runs = {
            "forward": partial(_forward, model, ready),
            "whole": partial(_whole, model, texts),
            "nested": partial(_nested, model, texts),
            "record": partial(_record, model, texts, events=False),
            "events": partial(_record, model, texts, events=True),
        }
        times: Times = {name: [] for name in runs}
        for _ in range(rounds):
            for name, run in runs.items():
                times[name].append(_timed(run))
        label = f"{threads} thread{'s' * (threads > 1)}"
        for name, measured in times.items():
            wall, cpu = (words / statistics.median(m[i] for m in measured) for i in (0, 1))
            yield f"{label:9}  {name:8} {wall:9,.0f} words/s  {cpu:9,.0f} words per CPU second"
        yield f"{label:9}  whole pass at {_share(times, 'forward', 'whole'):.3f} of the forward pass's speed"
        yield f"{label:9}  naming speakers costs {1 - _share(times, 'nested', 'record'):.3f} of the reading's words/s"
        yield f"{label:9}  events add {1 / _share(times, 'record', 'events') - 1:.3f} of the time that the rest takes"


def _share(times: Times, one: str, other: str) -> float:
    """The median over the rounds of how fast the other was, as a share of the one's speed."""
    return statistics.median(a[0] / b[0] for a, b in zip(times[one], times[other], strict=True))


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
    windows = (window for article in ready for window in article)
    for _ in model.each(windows, lambda window: model.session.run(None, window)):
        pass


def _nested(model: session.Model, texts: Sequence[str]) -> None:
    model.memory.forget()
    for _ in stage.annotate_each((Article("", text) for text in texts), model):
        pass


def _record(model: session.Model, texts: Sequence[str], events: bool) -> None:
    model.memory.forget()
    for _ in records_of((Article("", text) for text in texts), Settings(model.threads, events=events)):
        pass


def _whole(model: session.Model, texts: Sequence[str]) -> None:
    for _ in stage.find(texts, model, model.outer):
        pass
