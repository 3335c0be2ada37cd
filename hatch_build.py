"""Brings the explorer's front-end libraries from npm, as package-lock.json has them, into the package.

Runs when a wheel or an sdist is built, and on `pip install -e .`; `python hatch_build.py` does the same by hand. What
is there already is left alone, so an sdist needs neither Node nor network.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, where hatchling need not be
    BuildHookInterface = object

ROOT = Path(__file__).parent
VENDOR = ROOT / "src/onrecord/explore/web/static/vendor"
TAKEN = {
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "echarts/LICENSE": "echarts.LICENSE",
    "echarts/NOTICE": "echarts.NOTICE",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
}
NODE = 20


class FrontEnd(BuildHookInterface):  # type: ignore[misc]
    """The hook that hatch calls before it builds."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        problem = bring()
        if problem and version == "editable":
            # reading and searching need no pages; `onrecord serve` says the same when it is asked for
            self.app.display_warning(problem)
        elif problem:
            self.app.abort(problem)


def bring() -> str | None:
    """Fetch and copy what is not there; one line when that cannot be done."""
    stamp = VENDOR / "versions.json"
    wanted = {name: _locked(name) for name in ("echarts", "htmx.org")}
    if stamp.exists() and json.loads(stamp.read_text("utf-8")) == wanted:
        return None
    if problem := _node_is_missing():
        return problem
    done = subprocess.run(
        ["npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return f"npm ci failed: {(done.stderr.strip().splitlines() or ['it does not say why'])[0]}"
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in TAKEN.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    stamp.write_text(json.dumps(wanted), "utf-8")
    return None


def _locked(name: str) -> str:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    version: str = packages[f"node_modules/{name}"]["version"]
    return version


def _node_is_missing() -> str | None:
    needed = f"the explorer's pages need Node {NODE} or newer to be built (https://nodejs.org)"
    if not shutil.which("node") or not shutil.which("npm"):
        return f"{needed}: node and npm are not installed"
    found = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    major = found.removeprefix("v").partition(".")[0]
    return None if major.isdigit() and int(major) >= NODE else f"{needed}: this is {found or 'none'}"


if __name__ == "__main__":
    sys.exit(bring())
