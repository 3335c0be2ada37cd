"""Bytes to text. The text is kept exactly: no newline is translated, nothing stripped, nothing normalised."""

import codecs
import re
from itertools import chain

from onrecord.errors import NotText
from onrecord.read.guessing import guess_encodings

# UTF-32 before UTF-16: the mark of the one begins with the mark of the other
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (rb"%PDF-", "a PDF: convert it to text first, with pdftotext for example"),
    (rb"PK(\x03\x04|\x05\x06)", "a zip archive or an Office document: unpack it or save it as text first"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document: save it as text first"),
    (rb"\{\\rtf", "rich text (RTF): save it as plain text first"),
    (rb"\x1f\x8b", "gzip data: unpack it first"),
    (rb"BZh[1-9]1AY&SY", "bzip2 data: unpack it first"),
    (rb"\xfd7zXZ\x00", "xz data: unpack it first"),
    (rb"\x28\xb5\x2f\xfd", "zstd data: unpack it first"),
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07", "an archive: unpack it first"),
    (rb"\x89PNG\r\n|\xff\xd8\xff[\xc0-\xfe]|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP", "an image"),
    (rb"ID3|OggS|fLaC|RIFF....(WAVE|AVI )|....ftyp|\x1a\x45\xdf\xa3", "sound or video"),
    (rb"SQLite format 3\x00|PAR1|ARROW1", "a database or table file"),
    (rb"\x7fELF|MZ.{0,60}\x00|\xca\xfe\xba\xbe", "a program"),
)

# A page says how it is encoded in its head; 1024 bytes by the standard, but not all keep to that.
_HTML_HEAD = 4096
_HTML_CHARSET = re.compile(
    rb"""<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# Python knows much else under that heading, base64 and escapes among it; and a page whose tags can be read as ASCII is
# not in UTF-16, whatever it says
_CODE_PAGE = re.compile(r"ascii|cp\d|iso8859|koi8|mac|tis|gb|hz|big5|shift|euc|iso2022|johab")
# what browsers read under these names (WHATWG): the wider code page their writers in truth used
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.05
# Of a text in UTF-8 with some bytes damaged, nearly all that is not ASCII is still right; of text in another encoding
# hardly anything is right by chance (0.3 right ones to a wrong one in Chinese GB 18030, fewer elsewhere).
_RIGHT_TO_WRONG = 5


def decode(data: bytes, where: str, *, html: bool = False, charset: str | None = None) -> str:
    """The text of a whole file; a byte-order mark is not part of it.

    In order: byte-order marks, UTF-8, the `charset` that a server declared, what an HTML page says of itself
    (`html=True`), detection by statistics. Raises NotText, naming `where`, when the data is empty, binary, damaged, or
    in an encoding that cannot be told.
    """
    refuse_binary(data, where)
    text = _decode_marked(data, where)
    if text is None:
        text = _decode_unmarked(data, where, (_known(charset), _declared_in_html(data) if html else None))
    if not text or text.isspace():
        raise NotText(where, "is empty" if not text else "is empty but for white space")
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise NotText(where, "is binary, not text" + _hint_of_nuls(data))
    return text


def refuse_binary(head: bytes, where: str) -> None:
    """Raises NotText when a file's first bytes are those of a known binary format."""
    for signature, what in _SIGNATURES:
        if re.match(signature, head, re.DOTALL):
            raise NotText(where, f"looks like {what}")


def byte_order_mark(head: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark a file opens with and the encoding it announces."""
    return next(((mark, encoding) for mark, encoding in _MARKS if head.startswith(mark)), None)


def _decode_marked(data: bytes, where: str) -> str | None:
    """The text after a byte-order mark; None when there is no mark."""
    found = byte_order_mark(data)
    if found is None:
        return None
    mark, encoding = found
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise NotText(where, f"begins as {encoding.upper()} but is damaged at byte {place}") from error


def _decode_unmarked(data: bytes, where: str, declared: tuple[str | None, ...]) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first_wrong = error.start
    if b"\0" in data:
        raise NotText(where, "is binary, not text" + _hint_of_nuls(data))
    _refuse_damaged_utf8(data, where, first_wrong)
    for encoding in chain(filter(None, declared), guess_encodings(data)):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue  # the page or the sample misled: the next likeliest is tried, and none left is an error
    raise NotText(where, "is text in an encoding that could not be told: convert it to UTF-8")


def _declared_in_html(data: bytes) -> str | None:
    found = _HTML_CHARSET.search(data[:_HTML_HEAD])
    return _known((found[1] or found[2]).decode("ascii", "replace")) if found else None


def _known(charset: str | None) -> str | None:
    """A declared encoding, where Python has it. UTF-8 is not it: that has failed by now."""
    try:
        name = codecs.lookup(charset).name if charset else ""
    except (LookupError, ValueError):
        return None  # a misspelt or unknown name says nothing
    return _WIDER.get(name, name) if _CODE_PAGE.match(name) else None


def _refuse_damaged_utf8(data: bytes, where: str, first_wrong: int) -> None:
    """Raises NotText for UTF-8 with some damage: read in another encoding, every accented letter would turn into two
    wrong ones."""
    right, wrong = _utf8_characters(data)
    if right > _RIGHT_TO_WRONG * wrong:
        raise NotText(where, f"is UTF-8 but damaged at byte {first_wrong} (0x{data[first_wrong]:02x}): repair it first")


def _utf8_characters(data: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are right in UTF-8, and how many places are wrong."""
    text = data.decode("utf-8", "replace")
    written_out = data.count("\N{REPLACEMENT CHARACTER}".encode())
    wrong = text.count("\N{REPLACEMENT CHARACTER}") - written_out
    return sum(char > "\x7f" for char in text) - wrong, wrong


def _hint_of_nuls(data: bytes) -> str:
    """A word of advice where every other byte is zero: text that Windows programs call "Unicode"."""
    nuls = data.count(b"\0")
    if nuls >= 0.4 * len(data) and min(data[::2].count(0), data[1::2].count(0)) <= 0.05 * nuls:
        return "; it may be UTF-16 without its mark: convert it to UTF-8"
    return ""
