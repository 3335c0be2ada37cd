"""Bytes to text: exactly, in the right encoding, or a clear refusal."""

import codecs
import gzip
import json
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NotText
from onrecord.read.decoding import decode

ENGLISH = "The minister’s spokesman said on Monday: “We will not go back.” He didn’t say more – for now.\n"
FRENCH = "Le ministre a déclaré à la presse que l'élection était prévue pour février, après les négociations.\n"
GERMAN = "Der Außenminister erklärte am Mittwoch, die Gespräche würden nächste Woche fortgeführt.\n"
SPANISH = "El portavoz señaló que la situación económica mejoró, según informó ayer la compañía.\n"
POLISH = "Minister powiedział w środę, że rozmowy będą kontynuowane, mimo że część państw się sprzeciwiła.\n"
CZECH = "Ministr ve středu prohlásil, že jednání budou pokračovat, přestože některé země nesouhlasí.\n"
CROATIAN = "Ministar je izjavio da će se pregovori nastaviti iduće sedmice, što su neke države žestoko odbile.\n"
ROMANIAN = (
    "Ministrul a declarat miercuri că discuţiile vor continua săptămâna viitoare, în ciuda opoziţiei unor ţări.\n"
)
HUNGARIAN = (
    "A miniszter szerdán kijelentette, hogy a tárgyalások jövő héten folytatódnak, noha több ország tiltakozott.\n"
)
DANISH = "Ministeren sagde onsdag, at forhandlingerne fortsætter i næste uge, selv om nogle lande er imod på området.\n"
LITHUANIAN = (
    "Ministras trečiadienį pareiškė, kad derybos bus tęsiamos kitą savaitę, nors kai kurios šalys prieštaravo.\n"
)
SWEDISH = (
    "Ministern sade på onsdagen att förhandlingarna fortsätter nästa vecka trots invändningar från några länder.\n"
)
RUSSIAN = "Министр заявил в среду, что переговоры будут продолжены, несмотря на возражения ряда стран.\n"
GREEK = "Ο υπουργός δήλωσε την Τετάρτη ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα.\n"
TURKISH = "Dışişleri Bakanı çarşamba günü görüşmelerin önümüzdeki hafta süreceğini söyledi.\n"
ARABIC = "قال وزير الخارجية يوم الأربعاء إن المحادثات ستستمر الأسبوع المقبل رغم اعتراض بعض الدول.\n"
HEBREW = "שר החוץ אמר ביום רביעי כי השיחות יימשכו בשבוע הבא למרות התנגדותן של כמה מדינות.\n"
CHINESE = "外交部发言人星期三表示，会谈将于下周继续进行，尽管一些国家表示反对。\n"
TAIWANESE = "外交部發言人星期三表示，會談將於下週繼續進行，儘管一些國家表示反對。\n"
JAPANESE = "外務省の報道官は水曜日、一部の国の反対にもかかわらず協議は来週も続くと述べた。\n"
KOREAN = "외교부 대변인은 수요일 일부 국가의 반대에도 불구하고 회담이 계속될 것이라고 밝혔다.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *[(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (FRENCH, "latin-1"), (GERMAN, "cp1252"), (SPANISH, "cp1252")],
        *[(POLISH, "cp1250"), (POLISH, "iso8859_2"), (CZECH, "cp1250"), (CZECH, "iso8859_2")],
        *[(CROATIAN, "cp1250"), (ROMANIAN, "cp1250"), (HUNGARIAN, "cp1250"), (HUNGARIAN, "iso8859_2")],
        *[(DANISH, "cp1252"), (SWEDISH, "cp1252"), (LITHUANIAN, "cp1257")],
        *[(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (RUSSIAN, "cp866"), (GREEK, "cp1253"), (TURKISH, "cp1254")],
        *[(ARABIC, "cp1256"), (HEBREW, "cp1255"), (CHINESE, "gb18030"), (TAIWANESE, "big5")],
        *[(JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949")],
        *[(RUSSIAN, "utf-8"), (JAPANESE, "utf-8-sig"), (POLISH, "utf-16"), (CHINESE, "utf-32")],
    ],
)
def test_encodings_that_news_comes_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_one_accent_in_a_long_english_text() -> None:
    text = "The talks went on all day and nobody left the room.\n" * 2000 + "They met in a café.\n"
    assert decode(text.encode("cp1252"), "a.txt") == text


@pytest.mark.parametrize(
    "line",
    [
        "They paid £5 million – or €6 million – for it, he said.",
        "“It’s over,” she said… “It’s done.”",
        "Mr. Peña, Ms. Søndergård, Mr. Müller and Mme. Lefèvre agreed, but said little of why.",
    ],
)
def test_few_signs_beyond_ascii_in_english(line: str) -> None:
    assert decode(line.encode("cp1252"), "a.txt") == line


def test_real_english_news_in_windows_1252_is_told() -> None:
    path = Path(__file__).parents[3] / "shared" / "data" / "news" / "world.jsonl"
    if not path.exists():
        pytest.skip("needs the news of ../shared/data, which is not part of the package")
    right = []
    with path.open(encoding="utf-8") as lines:
        for text in (json.loads(line)["text"] for line in islice(lines, 2000)):
            with suppress(UnicodeEncodeError):
                right.append(decode(text.encode("cp1252"), "a.txt") == text)
    assert sum(right) >= 0.998 * len(right) > 1000


def test_mark_of_utf8_is_no_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"Minister\r\n", "a.txt") == "Minister\r\n"


# control characters are what tells binary files, so they are kept out of the texts here
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1).filter(
    lambda text: not text.isspace() and not text.startswith(("\ufeff", "%PDF-", "{\\rtf", "ID3"))
)


@given(printable)
def test_utf8_comes_back_exactly(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(NotText):
        assert decode(data, "a.txt").strip()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        (b" \r\n\t ", "is empty but for white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF"),
        (b"PK\x03\x04\x14\x00", "looks like a zip archive or an Office document"),
        (gzip.compress(b"news"), "looks like gzip data"),
        (b"\x89PNG\r\n\x1a\n\x00", "looks like an image"),
        (b"{\\rtf1\\ansi News}", "looks like rich text"),
        (b"\x00\x01\x02\x03news", "is binary, not text"),
        (bytes(range(1, 9)) + b"news", "is binary, not text"),
        (ENGLISH.encode("utf-16-le"), "is binary, not text; it may be UTF-16 without its mark"),
        (RUSSIAN.encode()[:-2] + b"\xff\n", "is UTF-8 but damaged at byte 166 (0xff)"),
        (codecs.BOM_UTF8 + b"caf\xe9", "begins as UTF-8 but is damaged at byte 6"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "begins as UTF-16-LE but is damaged at byte 4"),
        (bytes(range(0x80, 0x100)), "is text in an encoding that could not be told"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(NotText) as caught:
        decode(data, "news/a.txt")
    assert str(caught.value).startswith(f"news/a.txt: {why}")


def page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>Kávéház és szőlő</p></body></html>'


def test_page_is_read_in_the_encoding_it_declares() -> None:
    assert decode(page("iso-8859-2").encode("iso8859_2"), "a.html", html=True) == page("iso-8859-2")


def test_declaration_as_http_equiv_and_in_xml() -> None:
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Да</p>'
    xml = '<?xml version="1.0" encoding="windows-1251"?><html><p>Да</p></html>'
    for html in (meta, xml):
        assert decode(html.encode("cp1251"), "a.html", html=True) == html


def test_latin_1_of_a_page_is_windows_1252_as_in_browsers() -> None:
    html = '<meta charset="iso-8859-1"><p>“No,” he said.</p>'
    assert decode(html.encode("cp1252"), "a.html", html=True) == html


@pytest.mark.parametrize("wrong", ["utf-8", "windows-12525", "utf-16", "rot13", "unicode_escape"])
def test_wrong_declaration_is_overruled_by_the_bytes(wrong: str) -> None:
    html = f'<meta charset="{wrong}"><p>{RUSSIAN}</p>'
    assert decode(html.encode("cp1251"), "a.html", html=True) == html


def test_utf8_page_with_an_old_declaration() -> None:
    html = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(html.encode(), "a.html", html=True) == html
