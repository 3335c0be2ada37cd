"""How fast, and with how much memory, a cluster of Ray's reads, beside one machine's own processes.

    python evals/on_ray.py compare wires.jsonl --limit 1500    two actors beside the local two-process add
    python evals/on_ray.py scaling wires.jsonl --limit 1000    one actor beside two, both engines; the model of run time
    python evals/on_ray.py stages wires.jsonl --limit 1000     what every stage costs for one article
    python evals/on_ray.py plumbing wires.jsonl --articles 1000000   the model stubbed out: what the rest bears
    python evals/on_ray.py predict --nodes 60 --cores 32 --articles 100000000 FIGURES   from measured figures (ms)

Everything goes to fresh archives in a temporary folder. Paces count from the first answer asked for to the last commit;
starting Ray is told apart. Linux only: memory is asked of /proc.
"""

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("LANCE_LOG", "error")  # as the command line does; Lance looks once, when it is imported

from onrecord.adding import Manner, Progress, add_paths
from onrecord.annotate import session
from onrecord.errors import InputError
from onrecord.pipeline import Settings, record_of
from onrecord.read.articles import read_articles
from onrecord.records import Article, Record
from onrecord.scale.adding import OnCluster, add_on_cluster, write_on_cluster
from onrecord.scale.cluster import Cluster, joined
from onrecord.scale.parts import Parts
from onrecord.scale.reading import Work
from onrecord.scale.register import Register, digest, digests
from onrecord.store.archive import Archive
from onrecord.store.jsonform import content_hash
from onrecord.workers import Done

MB = 2**20


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def first(path: Path, count: int, folder: Path) -> Path:
    """The first so many lines of a JSONL file, as a file of their own."""
    cut = folder / f"first-{count}.jsonl"
    with path.open("rb") as lines, cut.open("wb") as out:
        out.writelines(line for line, _ in zip(lines, range(count), strict=False))
    return cut


class Watch:
    """This process and those below it: what each kind held at most, and the seconds of CPU they have used together."""

    def __init__(self) -> None:
        self.held: dict[str, float] = {}
        """MB of a process's own, without pages of files and of the shared object store."""
        self._used: dict[int, float] = {}
        self._before = time.process_time()

    @property
    def cpu(self) -> float:
        """Seconds since the watch began; of processes that ended, up to the last look."""
        return sum(self._used.values()) + time.process_time() - self._before

    def look(self) -> None:
        parents, used = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            pid = int(stat.parent.name)
            parents[pid], used[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for pid in parents:
            if _descends(pid, parents):
                self._used[pid] = used[pid]
            if pid == os.getpid() or pid in self._used:
                self._weigh(pid)

    def _weigh(self, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text("utf-8")
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return
        fields = dict(line.split(":\t", 1) for line in status.splitlines())
        if (role := _role(pid, command)) and "RssAnon" in fields:
            self.held[role] = max(self.held.get(role, 0.0), int(fields["RssAnon"].split()[0]) / 1024)


def _descends(pid: int, parents: dict[int, int]) -> bool:
    above = parents.get(pid, 0)
    while above and above != os.getpid():
        above = parents.get(above, 0)
    return bool(above)


@contextmanager
def watching() -> Iterator[Watch]:
    watch, stop = Watch(), threading.Event()

    def look() -> None:
        while not stop.wait(0.5):
            watch.look()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        stop.set()
        thread.join()


def _role(pid: int, command: str) -> str | None:
    if pid == os.getpid():
        return "driver"
    for sign, role in (("MapWorker", "reader of articles"), ("chunks", "reader of sources"), ("Register", "register")):
        if command.startswith("ray::") and sign in command:
            return role
    return next((role for role in ("raylet", "gcs_server") if f"/{role}" in command.split(" ", maxsplit=1)[0]), None)


def on_ray(root: Path, paths: Sequence[Path], actors: int, work: Work | None = None) -> tuple[Progress, float]:
    """A run on a cluster that was joined, and the seconds it took."""
    began = time.perf_counter()
    archive = Archive.make(root)
    done = add_on_cluster(archive, paths, OnCluster(told, work or Work(), Cluster(actors=actors)))
    return done, time.perf_counter() - began


def local(root: Path, paths: Sequence[Path], processes: int) -> tuple[Progress, float]:
    began = time.perf_counter()
    done = add_paths(Archive.make(root), paths, Manner(Settings(threads=1), processes=processes), told)
    return done, time.perf_counter() - began


def told(_: Progress, errors: tuple[InputError, ...]) -> None:
    for error in errors:
        print(f"error: {error}", file=sys.stderr)


def compare(given: argparse.Namespace, folder: Path) -> None:
    path = first(given.path, given.limit, folder)
    walls: dict[str, list[float]] = {"ray": [], "local": []}
    cpus: dict[str, list[float]] = {"ray": [], "local": []}
    for turn in range(given.turns):
        for engine in ("local", "ray") if turn % 2 == 0 else ("ray", "local"):
            if engine == "ray":
                with joined(Cluster(actors=2)), watching() as watch:
                    done, seconds = on_ray(folder / f"ray{turn}", [path], 2)
                    used = watch.cpu
            else:
                with watching() as watch:
                    done, seconds = local(folder / f"local{turn}", [path], 2)
                    used = watch.cpu
            walls[engine].append(seconds)
            cpus[engine].append(used)
            pace = f"{done.added.added / seconds:.1f} articles/s, {done.saved:.1%} recalled, {used:.1f} s of CPU"
            print(f"{engine}: {done.added.added:,} articles in {seconds:.1f} s, {pace} ({load()})", flush=True)
            print(f"  most memory: {memory(watch.held)}", flush=True)
    by_clock, by_cpu = (sum(times["local"]) / sum(times["ray"]) for times in (walls, cpus))
    print(f"ray to local: {by_clock:.3f} of the pace by the clock, {by_cpu:.3f} by CPU time, start and models included")


def scaling(given: argparse.Namespace, folder: Path) -> None:
    """One actor beside two; and whether run time is start + articles * seconds an article / actors, at three sizes."""
    fitted: dict[int, tuple[float, float]] = {}
    for actors in (1, 2):
        times = []
        for count in (given.limit // 4, given.limit // 2, given.limit):
            path = first(given.path, count, folder)
            with joined(Cluster(actors=actors)):
                done, seconds = on_ray(folder / f"{actors}-{count}", [path], actors)
            times.append((done.words, seconds))
            pace = f"{done.added.added / seconds:.1f} articles/s, {done.words / seconds:,.0f} words/s"
            print(f"{actors} actors: {count:,} articles, {done.words:,} words in {seconds:.1f} s: {pace} ({load()})")
        (least, low), (most, high) = times[0], times[-1]
        each = (high - low) / (most - least)
        fitted[actors] = low - each * least, each
        start, each = fitted[actors]
        print(f"{actors} actors: {start:.1f} s + words * {each * 1e3:.3f} ms (from the smallest and the largest)")
        for words, seconds in times:
            model = start + each * words
            print(
                f"  {words:,} words: {model:.1f} s by the model, {seconds:.1f} s measured ({model / seconds - 1:+.1%})"
            )
    print(f"from one actor to two: {fitted[1][1] / fitted[2][1]:.2f} times as fast once begun")


def stages(given: argparse.Namespace, folder: Path) -> None:
    """Milliseconds of one core for one article, stage by stage, in this process alone."""
    path = first(given.path, given.limit, folder)
    costs: dict[str, float] = {}

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        costs[name] = (time.process_time() - began) * 1e3

    with timed("read JSON lines"):
        articles = [one for one in read_articles([path]) if isinstance(one, Article)]
    with timed("digest, for what is known"):
        told = [digest(article.id, content_hash(article)) for article in articles]
    register = Register(digests([]))
    with timed("register, chunks of 25"):
        for at in range(0, len(told), 25):
            register.fresh((0, at), told[at : at + 25])
    session.load(1)
    record_of(articles[0], Settings(threads=1))
    with timed("pipeline: find, resolve, code events"):
        records = [record_of(article, Settings(threads=1)) for article in articles]
    with timed("pack and unpack an answer (driver)"):
        import pickle

        packed = [pickle.dumps(record) for record in records]
        for one in packed:
            pickle.loads(one)
    archive = Archive.make(folder / "archive")
    with timed("commit to the archive, 64 at once (driver)"):
        for at in range(0, len(records), 64):
            archive.add(records[at : at + 64])
    parts = Parts(str(folder / "parts"))
    with timed("write Parquet parts, 512 at once (actors)"):
        for at in range(0, len(records), 512):
            parts.write(records[at : at + 512])
    words = sum(len(article.text.split()) for article in articles)
    sizes = {
        "text": sum(len(a.text.encode()) for a in articles),
        "chunk on the way": sum(len(pickle.dumps(a)) for a in articles),
        "answer on the way": sum(map(len, packed)),
        "Parquet": sum(p.stat().st_size for p in (folder / "parts").iterdir()),
    }
    print(f"{len(articles):,} articles, {words / len(articles):.0f} words each; {load()}")
    for name, cost in costs.items():
        print(f"{name:45} {cost / len(articles):8.3f} ms an article")
    for name, size in sizes.items():
        print(f"{name:45} {size / len(articles):8.0f} bytes an article")


def stubbed(articles: Sequence[Article], settings: Settings) -> Done:
    """Records without a statement, at once: what is left is everything but the model."""
    return Done(tuple(Record(article, (), (), model="stub") for article in articles), windows=len(articles))


def generate(source: Path, count: int, folder: Path, files: int = 64) -> list[Path]:
    """So many articles out of a file's stories, each with its own id and a line of its own."""
    stories = [json.loads(line)["text"] for line in source.open(encoding="utf-8")]
    paths = [folder / f"made-{k:02}.jsonl" for k in range(files)]
    for k, path in enumerate(paths):
        with path.open("w", encoding="utf-8") as out:
            for n in range(k, count, files):
                text = f"{stories[n % len(stories)]}\n\nStory number {n}."
                out.write(json.dumps({"id": f"made-{n}", "text": text}) + "\n")
    return paths


def plumbing(given: argparse.Namespace, folder: Path) -> None:
    paths = generate(given.path, given.articles, folder)
    size = sum(path.stat().st_size for path in paths)
    print(f"{given.articles:,} articles made, {size / MB:,.0f} MB; {load()}", flush=True)
    began = time.perf_counter()

    def report(progress: Progress, errors: tuple[InputError, ...]) -> None:
        told(progress, errors)
        nonlocal shown
        if progress.articles - shown >= given.articles // 20:
            shown = progress.articles
            took = time.perf_counter() - began
            print(
                f"  {shown:,} in {took:.0f} s, {shown / took:,.0f} articles/s; {memory(watch.held)} ({load()})",
                flush=True,
            )

    shown = 0
    work = Work(read=stubbed)
    with joined(Cluster(actors=2)), watching() as watch:
        manner = OnCluster(report, work, Cluster(actors=2))
        if given.into == "archive":
            done = add_on_cluster(Archive.make(folder / "archive"), paths, manner)
        else:
            done = write_on_cluster(Parts(str(folder / "parts")), paths, manner)
    took = time.perf_counter() - began
    print(
        f"{done.added.added:,} articles into {given.into} in {took:.0f} s: {done.added.added / took:,.0f} articles/s; "
        f"{done.failed} failed; most memory: {memory(watch.held)}"
    )


def memory(held: dict[str, float]) -> str:
    return ", ".join(f"{role} {peak:.0f} MB" for role, peak in sorted(held.items()))


def predict(given: argparse.Namespace, _: Path) -> None:
    """Hours of a run, stage by stage, were each the only one: the longest is the bottleneck."""
    cores = given.nodes * given.cores
    spread = {"pipeline, on all cores": given.pipeline, "reading and unpacking, on all cores": given.reading}
    single = {"commits to an archive, one driver": given.commit, "answers unpacked, one driver": given.unpack,
              "register, one process": given.register}  # fmt: skip
    for name, cost in spread.items():
        print(f"{name:45} {cost * given.articles / 3.6e6 / cores:8.2f} h")
    for name, cost in single.items():
        print(f"{name:45} {cost * given.articles / 3.6e6:8.2f} h")
    hours = (given.pipeline + given.reading) * given.articles / 3.6e6 / cores
    a_second = given.articles / hours / 3600
    print(f"with Parquet: {hours:.1f} h, {a_second:,.0f} articles/s over {cores:,} cores")
    for name, size in (("sources in", given.source_bytes), ("chunks between", given.chunk_bytes),
                       ("Parquet out", given.parquet_bytes)):  # fmt: skip
        rate = size * a_second / MB
        print(f"{name:45} {rate:8.0f} MB/s, {rate / given.nodes:.1f} a node; {size * given.articles / 2**40:.2f} TB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for function in (compare, scaling, stages, plumbing):
        command = commands.add_parser(function.__name__)
        command.add_argument("path", type=Path, help="a JSONL file of articles")
        command.add_argument("--limit", type=int, default=1000, help="only the first so many")
        command.add_argument("--turns", type=int, default=2, help="of compare: of each engine")
        command.add_argument("--articles", type=int, default=1_000_000, help="of plumbing: so many are made")
        command.add_argument("--into", choices=("archive", "parquet"), default="archive", help="of plumbing")
        command.set_defaults(run=function)
    command = commands.add_parser("predict")
    command.add_argument("--nodes", type=int, default=60)
    command.add_argument("--cores", type=int, default=32)
    command.add_argument("--articles", type=float, default=1e8)
    for name in ("pipeline", "reading", "commit", "unpack", "register"):
        command.add_argument(f"--{name}", type=float, required=True, help="milliseconds an article")
    for name in ("source", "chunk", "parquet"):
        command.add_argument(f"--{name}-bytes", type=float, required=True, help="bytes an article")
    command.set_defaults(run=predict)
    given: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given.run(given, Path(folder))


if __name__ == "__main__":
    main()
