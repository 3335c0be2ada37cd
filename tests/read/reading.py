"""The type of the fixture `read`."""

from collections.abc import Callable

from onrecord.errors import InputError
from onrecord.records import Article

Read = Callable[..., list[Article | InputError]]
