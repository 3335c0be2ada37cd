"""The formats that are read, told by a file's name or else by its first bytes."""

import re
from pathlib import PurePath
from typing import Literal

Format = Literal["text", "html", "jsonl", "json", "xml", "feed", "newsml", "warc", "csv", "parquet", "mbox", "eml"]
Packing = Literal["gzip", "zstd", "bzip2", "xz", "zip"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".ninjs": "json",
    ".xml": "xml",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".warc": "warc",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".mbox": "mbox",
    ".eml": "eml",
}
"""Formats by suffix. Only files with one of these, or packed ones, are taken from a folder; a file that is named is
always read. `xml` is a feed, a NewsML-G2 item or a page: its root element tells."""

PACKINGS: dict[str, Packing] = {
    ".gz": "gzip",
    ".zst": "zstd",
    ".bz2": "bzip2",
    ".xz": "xz",
    ".zip": "zip",
}

HEAD = 4096
"""How many bytes of a file are looked at to tell its format."""

_MAGIC: tuple[tuple[bytes, Packing], ...] = (
    (rb"\x1f\x8b", "gzip"),
    (rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", "zstd"),
    (rb"BZh[1-9]1AY&SY", "bzip2"),
    (rb"\xfd7zXZ\x00", "xz"),
    (rb"PK(\x03\x04|\x05\x06)", "zip"),
)
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|article|main|div|meta|title|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(rb"\s*(\[\s*)?\{\s*(\"|\}|$)")
_ROOT = re.compile(
    rb"\s*(?P<declared><\?xml[^>]*>\s*)?(<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>\s*)*"
    rb"<((?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)",
    re.DOTALL,
)
_ROOTS: dict[str, Format] = {
    **dict.fromkeys(("rss", "feed", "rdf", "channel"), "feed"),
    **dict.fromkeys(
        ("newsitem", "packageitem", "newsmessage", "conceptitem", "knowledgeitem", "planningitem"), "newsml"
    ),
    "html": "html",
}
_MBOX = re.compile(rb"From \S+ .*\d\d:\d\d")
_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+", re.DOTALL)
_OF_MAIL = re.compile(rb"^(message-id|mime-version|received):", re.IGNORECASE | re.MULTILINE)


def format_of(name: str) -> Format | None:
    """What a file's name says it holds, once unpacked; None where only the content can tell."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in PACKINGS:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None


def is_readable_name(name: str) -> bool:
    """Whether a file in a folder or archive is taken by its name: one of a known format, packed or not, or a zip."""
    return format_of(name) is not None or PurePath(name).suffix.lower() == ".zip"


def tell_packing(head: bytes) -> Packing | None:
    """How data are packed, by their first bytes; None when they are not."""
    return next((packing for magic, packing in _MAGIC if re.match(magic, head)), None)


def tell_format(head: bytes) -> Format:
    """The format of what has no known suffix. Text is the rule, the others show by how they open."""
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    # without UTF-8's mark, and without the zeros and the mark of UTF-16, to compare with ASCII
    head = head[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _HTML.match(head):
        return "html"
    if _JSON.match(head):
        return _one_or_lines(head)
    return _tell_mail(head) or _tell_xml(head) or "text"


def root_of(head: bytes) -> str | None:
    """The name of the element that XML opens with, without its prefix; None where no element opens it."""
    match = _ROOT.match(head[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe"))
    return match["name"].decode("ascii", "replace") if match else None


def format_of_root(root: str | None) -> Format | None:
    """What an XML file with this root element is; None for one that is not read."""
    return _ROOTS.get(root.lower()) if root else None


def opens_as_json(line: bytes) -> bool:
    """Whether a first line is that of a JSON object or of a list of them."""
    return bool(_JSON.match(line))


def _one_or_lines(head: bytes) -> Format:
    first = head.strip().split(b"\n", 1)[0].rstrip()
    if first.startswith(b"["):
        return "json"
    return "jsonl" if len(first) >= HEAD - 3 or first.endswith(b"}") else "json"


def _tell_xml(head: bytes) -> Format | None:
    """A feed or item by its root; any other root counts as XML only under an XML declaration, for texts in brackets
    ("<unclear> he said") are texts."""
    match = _ROOT.match(head)
    if match is None:
        return None
    return format_of_root(match["name"].decode("ascii", "replace")) or ("xml" if match["declared"] else None)


def _tell_mail(head: bytes) -> Format | None:
    if _MBOX.match(head):
        return "mbox"
    headers = _HEADERS.match(head.replace(b"\r\n", b"\n"))
    return "eml" if headers and _OF_MAIL.search(headers[0]) else None
