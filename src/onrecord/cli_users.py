"""The commands over the file of users of a shared explorer. Thin, as in cli.py."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli_next import say_next
from onrecord.explore.users import Role, User, add_user, read_users, remove_user

UsersFile = Annotated[Path, typer.Option("--users", envvar="ONRECORD_USERS", help="The file of users.", dir_okay=False)]
Name = Annotated[str, typer.Argument(help="The name that decisions will bear.")]


def attach(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Who may use a shared explorer (`serve --users`).")
    group.command("add")(add)
    group.command("remove")(remove)
    group.command("list")(list_)
    app.add_typer(group, name="users")


def add(
    name: Name,
    users: UsersFile,
    role: Annotated[Role, typer.Option(help="read; correct decides who is who; admin takes back others'.")] = Role.read,
) -> None:
    """Add somebody, or give them a new role and token. Prints the token, which is kept nowhere else."""
    typer.echo(add_user(users, User(name, role)))
    say_next("serve", "--users", str(users))


def remove(name: Name, users: UsersFile) -> None:
    """Shut somebody out, at once."""
    remove_user(users, name)
    typer.echo(f"{name} is out")
    say_next("users", "list", "--users", str(users))


def list_(users: UsersFile) -> None:
    """Who may do what, since when."""
    for entry in read_users(users):
        typer.echo(f"{entry.user.name}  {entry.user.role}  {entry.added}")
    say_next("serve", "--users", str(users))
