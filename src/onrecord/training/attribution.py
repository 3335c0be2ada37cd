"""Make the shipped weights, in one command:

    python -m onrecord.training.attribution --gold TRAIN.jsonl --dev DEV.jsonl --news NEWS.jsonl ... --out FOLDER

1. A teacher (MPNet, 110M parameters) learns from the gold articles.
2. It labels the gold articles and other news, which needs no annotation.
3. The student (MiniLM-L6, 22M parameters) learns from gold and from the teacher.
4. The student becomes int8 ONNX.
5. Thresholds and confidence are fitted on the dev articles.

Each step leaves its result in FOLDER and is skipped when it is there; a step that was interrupted goes on. On two
cores of 2023 with AMX: 40, 15, 40, 1 and 1 minutes.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from onrecord.training import calibrate, pretrained
from onrecord.training.corpus import load
from onrecord.training.export import export
from onrecord.training.labels import Labelled, label_articles, restore, save
from onrecord.training.network import STUDENT, TEACHER, Network, Shape
from onrecord.training.student import train_student
from onrecord.training.teacher import train_teacher

SHARD_WORDS = 100_000
"""News is labelled so many words at a time, so that an interruption loses little."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="articles with attributions to train on (JSONL)")
    parser.add_argument("--dev", type=Path, required=True, help="articles with attributions to fit thresholds on")
    parser.add_argument(
        "--news", type=Path, nargs="*", default=[], help="articles without annotation (JSONL with text)"
    )
    parser.add_argument("--news-words", type=int, nargs="*", default=[], help="words to take from each news file")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints, labels and the model")
    parser.add_argument("--teacher-steps", type=int, default=660)
    parser.add_argument("--student-steps", type=int, default=2600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if len(options.news) != len(options.news_words):
        parser.error("--news-words needs one number for each file of --news")
    torch.manual_seed(options.seed)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)

    labelled = out / "labels-gold.pt"  # 1. and 2.
    if not labelled.exists():
        save(label_articles(_teacher(options), load(options.gold), gold=True), labelled)
    shards = [labelled, *_news_labels(options)]

    if not (out / "student.pt").exists():  # 3.
        samples: list[Labelled] = [x for shard in shards for x in restore(shard)]
        weights = pretrained.student_weights()
        train_student(samples, weights, options.student_steps, out / "student.pt", options.seed)
    export(_network(STUDENT, out / "student.pt"), out / "model")  # 4.
    calibrate.fit(out / "model", load(options.dev))  # 5.


def _teacher(options: argparse.Namespace) -> Network:
    checkpoint = options.out / "teacher.pt"
    if not checkpoint.exists():
        weights = pretrained.teacher_weights(options.out)
        train_teacher(options.gold, weights, options.teacher_steps, checkpoint, options.seed)
    return _network(TEACHER, checkpoint)


def _network(shape: Shape, checkpoint: Path) -> Network:
    network = Network(shape)
    network.load_state_dict(torch.load(checkpoint))
    return network.eval()


def _news_labels(options: argparse.Namespace) -> Iterator[Path]:
    teacher: Network | None = None
    for path, words in zip(options.news, options.news_words, strict=True):
        for k, rows in enumerate(_shards(path, words, options.seed)):
            labelled = options.out / f"labels-{path.stem}-{k:03}.pt"
            if not labelled.exists():
                teacher = teacher or _teacher(options)
                save(label_articles(teacher, rows, gold=False, seed=k), labelled)
            yield labelled


def _shards(path: Path, words: int, seed: int) -> Iterator[Sequence[dict[str, Any]]]:
    """Articles in random order, up to `words` in all, in groups of about SHARD_WORDS."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    random.Random(seed).shuffle(rows)
    shard: list[dict[str, Any]] = []
    size = total = 0
    for row in rows:
        if total >= words:
            break
        shard.append({"text": row["text"]})
        count = len(row["text"].split())
        size, total = size + count, total + count
        if size >= SHARD_WORDS:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


if __name__ == "__main__":
    main()
