"""The container's recipe: what it would run, run here without a container. The image itself needs a Docker engine."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from onrecord.explore.users import Role, User, add_user
from onrecord.store.archive import Archive

DEPLOY = Path(__file__).parent.parent / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")


def listed(instruction: str) -> list[str]:
    """The words of an instruction in JSON form, HEALTHCHECK's own CMD last of its line."""
    found = re.search(rf"^{instruction}.*?(\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found, instruction
    words: list[str] = json.loads(found[1])
    return words


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_what_the_image_runs_serves_and_finds_itself_healthy(tmp_path: Path) -> None:
    line = re.search(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)
    assert line
    settings = dict(word.split("=", 1) for word in line[1].split())
    here = {name: value.replace("/data", str(tmp_path)) for name, value in settings.items()}
    Archive.make(Path(here["ONRECORD_ARCHIVE"]))
    add_user(Path(here["ONRECORD_USERS"]), User("ada", Role.admin))
    port = str(free_port())
    program, *rest = listed("CMD")
    assert program == "onrecord"
    command = [sys.executable, "-m", "onrecord.cli", *rest, "--port", port]
    environment = {**os.environ, **here, "ONRECORD_NAMES": "news.example", "ONRECORD_PROXIES": "172.31.87.0/24"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        python, flag, script = listed("HEALTHCHECK")
        assert (python, flag) == ("python", "-c")
        check = [sys.executable, flag, script.replace("8765", port)]
        for _ in range(60):
            done = subprocess.run(check, capture_output=True, check=False)
            if done.returncode == 0 or server.poll() is not None:
                break
            time.sleep(0.5)
        assert server.poll() is None
        assert done.returncode == 0
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_the_build_copies_what_the_project_is_built_from() -> None:
    copied = " ".join(re.findall(r"^COPY (?!--)(.*) \./?\S*$", DOCKERFILE, re.MULTILINE)).split()
    let_in = [line[1:] for line in (DEPLOY.parent / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert sorted(copied) == sorted(let_in)
    assert all((DEPLOY.parent / name).exists() for name in copied)
