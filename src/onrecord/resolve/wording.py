"""Lists of words as patterns."""

import re

_SEPARATOR = re.compile(r",\s+|\n")


def either(listed: str) -> str:
    """A group that matches any of the words listed, each a pattern, a comma and white space or a line end between."""
    words = (word.strip(" ,") for word in _SEPARATOR.split(listed))
    return "(?:" + "|".join(word for word in words if word) + ")"
