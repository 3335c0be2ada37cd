"""Who may use a shared explorer: the file of users, its commands, and what each role may do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from affair_records import affair
from explorer_client import serving
from starlette.testclient import TestClient
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import OnrecordError
from onrecord.explore.users import Role, User, Users, add_user, read_users, remove_user
from onrecord.store.archive import Archive

JOIN = {"left": "Oren Madakh", "right": "Orren Madack"}
DECISIONS = "/api/v1/decisions"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "users"


@pytest.fixture
def tokens(file: Path) -> dict[str, str]:
    people = {"rita": Role.read, "carl": Role.correct, "cleo": Role.correct, "ada": Role.admin}
    return {name: add_user(file, User(name, role)) for name, role in people.items()}


@pytest.fixture
def team(tmp_path: Path, file: Path, tokens: dict[str, str]) -> Iterator[TestClient]:
    archive = Archive.make(tmp_path / "team.archive")
    archive.add(affair())
    with serving(archive, users=Users(file)) as client:
        yield client


def bearing(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_the_file_holds_no_token_and_is_its_owners_alone(file: Path, tokens: dict[str, str]) -> None:
    assert not any(token in file.read_text() for token in tokens.values())
    assert file.stat().st_mode & 0o777 == 0o600
    assert [str(entry.user.role) for entry in read_users(file)] == ["read", "correct", "correct", "admin"]


def test_everybody_is_known_by_their_own_token(file: Path, tokens: dict[str, str]) -> None:
    users = Users(file)
    assert {name: users.who(token) for name, token in tokens.items()} == {
        "rita": User("rita", Role.read),
        "carl": User("carl", Role.correct),
        "cleo": User("cleo", Role.correct),
        "ada": User("ada", Role.admin),
    }
    assert users.who("") is None
    assert users.who("rita") is None


def test_a_change_counts_at_once(file: Path, tokens: dict[str, str]) -> None:
    users = Users(file)
    assert users.who(tokens["rita"])
    remove_user(file, "rita")
    assert users.who(tokens["rita"]) is None
    again = add_user(file, User("carl", Role.admin))
    assert users.who(tokens["carl"]) is None
    assert users.who(again) == User("carl", Role.admin)
    file.unlink()
    assert users.who(again) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ada boss " + "0" * 64 + " 2026-11-25", "users:2: is no user"),
        ("ada admin secret 2026-11-25", "users:2: is no user"),
        ("ada", "users:2: is no user"),
        (f"ada admin {'0' * 64} 2026-11-25\nada read {'1' * 64} 2026-11-25", "somebody is there twice"),
        ("", "names nobody"),
    ],
)
def test_a_file_that_cannot_serve_is_one_line(file: Path, line: str, words: str) -> None:
    file.write_text(f"# users\n{line}\n")
    with pytest.raises(OnrecordError, match=words):
        Users(file)


def test_names_and_files_that_cannot_be_are_refused(file: Path) -> None:
    for name in ("", "a b", "#ada", "a" * 65):
        with pytest.raises(OnrecordError, match="is no name for a user"):
            add_user(file, User(name))
    with pytest.raises(OnrecordError, match="no such file of users"):
        Users(file)
    with pytest.raises(OnrecordError, match="no such file of users"):
        remove_user(file, "ada")
    add_user(file, User("ada"))
    with pytest.raises(OnrecordError, match="there is no user 'bo'"):
        remove_user(file, "bo")


def test_the_commands(file: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["users", *arguments, "--users", str(file)])
        assert done.exit_code == 0, done.output
        return done.stdout.strip()

    token = run("add", "ada", "--role", "correct")
    assert Users(file).who(token) == User("ada", Role.correct)
    assert run("list").startswith("ada  correct  20")
    assert run("remove", "ada") == "ada is out"
    assert run("list") == ""


def test_nobody_reads_without_a_token(team: TestClient) -> None:
    for address in ("/", "/record", "/api/v1/info", "/metrics", "/api/v1/openapi.json"):
        assert team.get(address).status_code == 401
        assert team.get(address, headers=bearing("a-token-for-the-tests")).status_code == 401
    assert "ask an admin for one" in team.get("/api/v1/info").json()["error"]["message"]
    assert team.get("/enter").status_code == 200


def test_who_may_read_may_not_write(team: TestClient, tokens: dict[str, str]) -> None:
    assert team.get("/api/v1/info", headers=bearing(tokens["rita"])).status_code == 200
    refused = team.post(DECISIONS, json=JOIN, headers=bearing(tokens["rita"]))
    assert (refused.status_code, refused.json()["error"]["kind"]) == (403, "forbidden")
    assert "rita may only read" in refused.json()["error"]["message"]


def test_a_decision_bears_the_name_of_who_made_it(team: TestClient, tokens: dict[str, str]) -> None:
    made = team.post(DECISIONS, json=JOIN, headers=bearing(tokens["carl"]))
    assert (made.status_code, made.json()["data"]["by"]) == (201, "carl")
    listed = team.get(DECISIONS, headers=bearing(tokens["rita"])).json()["data"]
    assert [one["by"] for one in listed] == ["carl"]


def test_only_who_decided_and_admins_take_it_back(team: TestClient, tokens: dict[str, str]) -> None:
    def decided(by: str) -> str:
        made = team.post(DECISIONS, json=JOIN, headers=bearing(tokens[by]))
        return f"{DECISIONS}/{made.json()['data']['id']}"

    first = decided("carl")
    refused = team.delete(first, headers=bearing(tokens["cleo"]))
    assert (refused.status_code, refused.json()["error"]["kind"]) == (403, "forbidden")
    assert "carl decided that" in refused.json()["error"]["message"]
    assert team.delete(first, headers=bearing(tokens["carl"])).status_code == 200
    assert team.delete(decided("carl"), headers=bearing(tokens["ada"])).status_code == 200


def test_one_enters_by_form_and_is_known_by_a_cookie(team: TestClient, tokens: dict[str, str]) -> None:
    assert team.post("/enter", data={"token": "wrong"}, headers={"origin": "http://127.0.0.1:8765"}).status_code == 403
    here = {"origin": "http://127.0.0.1:8765"}
    entered = team.post("/enter", data={"token": tokens["carl"]}, headers=here, follow_redirects=False)
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert team.get("/record").status_code == 200
    form = {"left": "Oren Madakh", "right": "Orren Madack"}
    assert team.post("/join", data=form, headers=here, follow_redirects=False).status_code == 303
    assert team.get(DECISIONS).json()["data"][0]["by"] == "carl"


def test_metrics_are_for_admins_and_count_requests(team: TestClient, tokens: dict[str, str]) -> None:
    assert team.get("/metrics", headers=bearing(tokens["carl"])).status_code == 403
    team.get("/api/v1/info", headers=bearing(tokens["rita"]))
    told = team.get("/metrics", headers=bearing(tokens["ada"])).text
    assert 'onrecord_requests_total{method="GET",route="/api/v1/info",status="200"} 1.0' in told
    assert 'onrecord_requests_total{method="GET",route="other",status="403"} 1.0' in told
    assert 'onrecord_request_seconds_count{route="/api/v1/info"} 1.0' in told
    articles = team.get("/api/v1/info", headers=bearing(tokens["ada"])).json()["data"]["counts"]["articles"]
    assert f'onrecord_rows{{table="articles"}} {float(articles)}' in told


def test_health_needs_no_token_and_says_when_the_archive_cannot_be_read(team: TestClient, tmp_path: Path) -> None:
    anyhow = {"host": "10.0.0.7:8765"}
    ready = team.get("/health", headers=anyhow)
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    (tmp_path / "team.archive" / "archive.json").rename(tmp_path / "gone")
    team.app.app.app.state.explorer.desk.archive._looked = float("-inf")  # type: ignore[attr-defined]
    gone = team.get("/health", headers=anyhow)
    assert (gone.status_code, gone.json()) == (503, {"status": "archive"})
    assert team.get("/health/live", headers=anyhow).json() == {"status": "live"}
