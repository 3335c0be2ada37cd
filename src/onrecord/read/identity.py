"""The ids of articles: the same article read twice has the same one."""

import hashlib
import re
from urllib.parse import urlsplit

# parameters which say how a reader came to a page, not which page it is
_TRACKING = re.compile(
    r"(utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_ga|cmpid|smid|at_\w*)(=|$)",
    re.IGNORECASE,
)


def article_id(text: str, url: str | None = None) -> str:
    """`a` and twenty hex digits, from the URL where it names one article, else from the text.

    80 bits: a billion articles have two alike with a chance of one in two million.
    """
    key = url_key(url) if url else None
    origin = f"url\n{key}" if key else f"text\n{text}"
    # lone surrogates are code points of a Python string like others, and must not stop the reading
    return "a" + hashlib.blake2b(origin.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def url_key(url: str) -> str | None:
    """What is left of a URL when all is dropped that does not tell pages apart: scheme, case of the host, default
    port, fragment, tracking parameters, order of the parameters.

    None for a site's front page: a page that gives that as its own address (many do by mistake) is not told apart
    from its neighbours by it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        # "http://[half" is no URL, but as good a name as any other: the standard library refuses to take it apart
        return url or None
    if parts.scheme.lower() not in {"http", "https"}:
        return url or None
    host = re.sub(r":(80|443)?$", "", parts.netloc.lower())
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair)))
    if not query and parts.path in {"", "/"}:
        return None
    return f"{host}{parts.path}" + (f"?{query}" if query else "")
