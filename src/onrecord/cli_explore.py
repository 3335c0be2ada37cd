"""The commands that show the archive: `serve` and `mcp`. Thin, as in cli.py, and without a package of theirs until one
of them runs."""

import os
import sys
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_next import say_next
from onrecord.cli_options import Where, opened
from onrecord.cli_topics import Topics, own_topics
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    import socket

    from onrecord.explore.explorer import Explorer
    from onrecord.explore.settings import Settings

PACKAGES = ("fastapi", "uvicorn", "mcp", "multipart", "prometheus_client")
PORT = 8765


class Log(StrEnum):
    """How a server writes down what it does."""

    plain = "plain"
    json = "json"


def attach(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(serve)
    app.command()(mcp)


def serve(
    archive: Where = None,
    *,
    host: Annotated[str, typer.Option(help="Address to listen on; another than loopback needs --token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = PORT,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="ONRECORD_TOKEN", help="What who writes must know; made up when not given.", show_envvar=True
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(envvar="ONRECORD_NAMES", help="A name by which browsers may also ask for it; repeatable."),
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option(envvar="ONRECORD_USERS", help="Who may do what (`onrecord users`), in place of one token."),
    ] = None,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="ONRECORD_PROXIES", metavar="ADDRESS", help="A proxy whose forwarded headers hold; repeatable."
        ),
    ] = None,
    root_path: Annotated[
        str, typer.Option(envvar="ONRECORD_ROOT_PATH", help="The path that it lies under there, as in /onrecord.")
    ] = "",
    topics: Topics = None,
    log: Annotated[Log, typer.Option(envvar="ONRECORD_LOG", help="json writes every request on standard error.")] = (
        Log.plain
    ),
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser, too.")] = False,
) -> None:
    """Show the archive in a browser, to oneself or to a team, until Ctrl-C."""
    if lack := lacking():
        raise OnrecordError(lack)
    from onrecord.explore.settings import Settings, checked, is_loopback
    from onrecord.explore.users import Users
    from onrecord.explore.watched import log_as_json

    if token is not None and users is not None:
        raise OnrecordError("--token and --users: one or the other; users have tokens of their own")
    if token is None and users is None and not is_loopback(host):
        raise OnrecordError(f"--host {host}: others can reach that address; give a --token that readers must know")
    if log is Log.json:
        log_as_json()
    with _listening(host, port) as listener:
        settings = Settings(
            token or _made_up(), host, listener.getsockname()[1], tuple(name or ()), _person(),
            Users(users) if users else None, tuple(behind_proxy or ()), root_path.rstrip("/"),
        )  # fmt: skip
        _serve(_explorer(archive, checked(settings), topics), listener, log, open_)
    say_next("search", archive=archive)


def lacking() -> str | None:
    """What there is to do before pages can be shown; None when nothing is lacking."""
    if lack := lacking_packages():
        return lack
    from onrecord.explore.shown import missing_files

    if missing := missing_files():
        return f"this checkout lacks {', '.join(missing)}: install Node 20 or newer and run python hatch_build.py in it"
    return None


def lacking_packages() -> str | None:
    """What there is to install before the archive can be shown to anybody; None when it is there."""
    missing = [package for package in PACKAGES if find_spec(package) is None]
    return (
        f"the explorer needs more packages ({', '.join(missing)}); pip install 'onrecord[explore]'" if missing else None
    )


def mcp(archive: Where = None, *, topics: Topics = None) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output."""
    if lack := lacking_packages():
        raise OnrecordError(lack)
    from onrecord.explore.mcp import server
    from onrecord.explore.settings import Settings

    explorer = _explorer(archive, Settings(_made_up()), topics)
    explorer.start()
    server(explorer).run("stdio")


def _serve(explorer: "Explorer", listener: "socket.socket", log: Log, opens: bool) -> None:
    import uvicorn

    from onrecord.explore.app import application

    settings = explorer.settings
    address = f"{settings.address}{settings.prefix}/"
    if settings.users is None:
        address += f"enter?token={settings.token}"
    typer.echo(address)
    told = "Open this address; it lets you write, too." if settings.users is None else "Users enter with their tokens."
    typer.echo(f"{told} Ctrl-C ends.", err=True)
    if opens:
        _open(address, listener)
    config = uvicorn.Config(
        application(explorer), log_level="warning", access_log=False, server_header=False,
        log_config=None if log is Log.json else uvicorn.config.LOGGING_CONFIG, proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies), timeout_graceful_shutdown=3,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)


def _open(address: str, listener: "socket.socket") -> None:
    """Open an address in the browser, which waits until the socket is served."""
    import threading
    import webbrowser

    # where no window can be opened, what opens is a text browser, and it takes the terminal
    windows = sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & os.environ.keys()
    if windows:
        listener.listen()
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _explorer(archive: str | None, settings: "Settings", topics: Path | None) -> "Explorer":
    from onrecord.explore.explorer import Explorer
    from onrecord.topics.scheme import load

    return Explorer.of(opened(archive), settings, load(own_topics(topics)))


def _listening(host: str, port: int) -> "socket.socket":
    """A socket on the address. Raises OnrecordError when it cannot be had."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # only of a socket that says it is TCP does asyncio send small packets at once: else each answer waits 40 ms
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise OnrecordError(f"{host}:{port}: cannot listen there ({error.strerror}); try another --port") from error
    return listener


def _made_up() -> str:
    import secrets

    return secrets.token_urlsafe(24)


def _person() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USER", "somebody")
