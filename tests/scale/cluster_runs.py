"""What tests of a cluster share: stories, runs by the cluster and by one process, and what came of them."""

import json
from pathlib import Path

from onrecord.adding import Manner, Progress, add_paths
from onrecord.errors import InputError
from onrecord.pipeline import Settings
from onrecord.scale.adding import OnCluster, add_on_cluster
from onrecord.scale.cluster import Cluster
from onrecord.scale.reading import Work
from onrecord.store.archive import Archive
from onrecord.store.jsonform import exact_json

TWO = Cluster(actors=2)
STORY = "VELIGRAD, November 3. /KORVA/. The strait will stay open to every ship, Foreign Minister Ada Brandt said."
MORE = "\n\n“We have no quarrel with anybody, and we choose trade over everything,” Brandt added on Tuesday."


def lines(path: Path, numbers: range, more: str = MORE) -> Path:
    rows = [{"id": f"a{n}", "text": f"{STORY}\n\nStory number {n} of a long day.{more}"} for n in numbers]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    return path


def on_ray(archive: Archive, *paths: Path | str, work: Work | None = None) -> tuple[Progress, list[InputError]]:
    errors: list[InputError] = []
    manner = OnCluster(lambda _, failed: errors.extend(failed), work or Work(chunk=2_000), TWO)
    return add_on_cluster(archive, paths, manner), errors


def by_one_process(archive: Archive, *paths: Path | str) -> tuple[Progress, list[InputError]]:
    errors: list[InputError] = []
    manner = Manner(Settings(threads=1), processes=1)
    return add_paths(archive, paths, manner, lambda _, failed: errors.extend(failed)), errors


def on_this_machine(root: Path, *paths: Path | str) -> dict[str, str]:
    archive = Archive.make(root)
    by_one_process(archive, *paths)
    return there(archive)


def there(archive: Archive) -> dict[str, str]:
    """Every record of an archive as exact bytes of JSON, by id; and that the archive is whole."""
    assert list(archive.faults()) == []
    records = [(record.article.id, exact_json(record)) for record in archive.records()]
    assert len(dict(records)) == len(records)
    return dict(records)
