import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate.datelines import score_datelines
from onrecord.read.dateline import find_dateline

PUBLISHED = "2020-07-01T08:00:00Z"  # so that the whole year is nearest

# Text, the header within it, and the place, date and agency it gives.
FORMS = [
    ("MOSCOW, November 3. /TASS/. Talks go on.", "MOSCOW, November 3. /TASS/.", "MOSCOW", "2020-11-03", "TASS"),
    ("VELIGRAD, Nov. 3. /KORVA/. Ships wait.", "VELIGRAD, Nov. 3. /KORVA/.", "VELIGRAD", "2020-11-03", "KORVA"),
    (" date 2020-11-03 MINSK, November 3. /BelTA/. A.", "MINSK, November 3. /BelTA/.", "MINSK", "2020-11-03", "BelTA"),
    ("PARIS (AP) — Ministers met.", "PARIS (AP) —", "PARIS", None, "AP"),
    ("PARIS (AP) _ Ministers met.", "PARIS (AP) _", "PARIS", None, "AP"),
    ("LONDON, May 5 (Reuters) - Shares fell.", "LONDON, May 5 (Reuters) -", "LONDON", "2020-05-05", "Reuters"),
    ("BEIJING, Oct. 12 (Xinhua) -- China said.", "BEIJING, Oct. 12 (Xinhua) --", "BEIJING", "2020-10-12", "Xinhua"),
    ("PYONGYANG, Nov. 3 (KCNA) -- A.", "PYONGYANG, Nov. 3 (KCNA) --", "PYONGYANG", "2020-11-03", "KCNA"),
    ("BASLE, March 3 - The firm said.", "BASLE, March 3 -", "BASLE", "2020-03-03", None),
    ("BASLE, March 3- The firm said.", "BASLE, March 3-", "BASLE", "2020-03-03", None),
    ("LOERRACH, March 3 - The firm said.", "LOERRACH, March 3 -", "LOERRACH", "2020-03-03", None),
    ("Bogota, march 4 - coffee fell.", "Bogota, march 4 -", "Bogota", "2020-03-04", None),
    ("omaha, april 7 - hogs rose.", "omaha, april 7 -", "omaha", "2020-04-07", None),
    ("LYON, France, Mach 4 - It said.", "LYON, France, Mach 4 -", "LYON, France", "2020-03-04", None),
    ("LYON, March 2O - It said.", "LYON, March 2O -", "LYON", "2020-03-20", None),
    ("SYDNEY, April - It said.", "SYDNEY, April -", "SYDNEY", None, None),
    ("WASHINGTON — The House voted.", "WASHINGTON —", "WASHINGTON", None, None),
    ("WASHINGTON—The House voted.", "WASHINGTON—", "WASHINGTON", None, None),
    ("By JANE DOE, GENEVA — Talks failed.", "GENEVA —", "GENEVA", None, None),
    ("By Jane Doe\n\nGENEVA, Nov 3 (Reuters) - A", "GENEVA, Nov 3 (Reuters) -", "GENEVA", "2020-11-03", "Reuters"),
    ("By Jane Doe, Reuters\n  GENEVA, Nov 3 - A", "GENEVA, Nov 3 -", "GENEVA", "2020-11-03", None),
    (
        "KYIV. Nov 3 (Interfax-Ukraine) – A",
        "KYIV. Nov 3 (Interfax-Ukraine) –",
        "KYIV",
        "2020-11-03",
        "Interfax-Ukraine",
    ),
    ("NEW DELHI: The minister said.", "NEW DELHI:", "NEW DELHI", None, None),
    ("New Delhi, Nov 3 (PTI) The minister said.", "New Delhi, Nov 3 (PTI)", "New Delhi", "2020-11-03", "PTI"),
    ("TEHRAN, Mar. 05 (MNA) – Iran said.", "TEHRAN, Mar. 05 (MNA) –", "TEHRAN", "2020-03-05", "MNA"),
    ("Tehran, IRNA – Iran said.", "Tehran, IRNA –", "Tehran", None, "IRNA"),
    ("OSLO, March 12, Reuter - Norway said.", "OSLO, March 12, Reuter -", "OSLO", "2020-03-12", "Reuter"),
    ("ANKARA /AA/ Turkey said.", "ANKARA /AA/", "ANKARA", None, "AA"),
    ("Geneva, 3 November 2019 – The UN said.", "Geneva, 3 November 2019 –", "Geneva", "2019-11-03", None),
    ("BERN, Nov. 3, 2019 /PRNewswire/ -- A", "BERN, Nov. 3, 2019 /PRNewswire/ --", "BERN", "2019-11-03", "PRNewswire"),
    ("CAIRO – 3 November 2020: Egypt said.", "CAIRO – 3 November 2020:", "CAIRO", "2020-11-03", None),
    ("PARIS/LONDON (Reuters) - Banks said.", "PARIS/LONDON (Reuters) -", "PARIS/LONDON", None, "Reuters"),
    ("WASHINGTON and MOSCOW — Both said.", "WASHINGTON and MOSCOW —", "WASHINGTON and MOSCOW", None, None),
    ("LIMA, Peru/QUITO (AP) - They said.", "LIMA, Peru/QUITO (AP) -", "LIMA, Peru/QUITO", None, "AP"),
    ("TOLEDO, Ohio, March 3 - It said.", "TOLEDO, Ohio, March 3 -", "TOLEDO, Ohio", "2020-03-03", None),
    ("ELY, Nev. (AP) — It said.", "ELY, Nev. (AP) —", "ELY, Nev.", None, "AP"),
    ("DOVER, N.H. - It said.", "DOVER, N.H. -", "DOVER, N.H.", None, None),
    ("LUXEMBOURG, Nov 3 (Reuters) - A", "LUXEMBOURG, Nov 3 (Reuters) -", "LUXEMBOURG", "2020-11-03", "Reuters"),
    (
        "St. Petersburg, Nov 3 (Interfax) - A",
        "St. Petersburg, Nov 3 (Interfax) -",
        "St. Petersburg",
        "2020-11-03",
        "Interfax",
    ),
    (
        "ST. PETERSBURG, November 3. /TASS/. A",
        "ST. PETERSBURG, November 3. /TASS/.",
        "ST. PETERSBURG",
        "2020-11-03",
        "TASS",
    ),
    ("Washington D.C. — The House voted.", "Washington D.C. —", "Washington D.C.", None, None),
    ("Washington, D.C.–The House voted.", "Washington, D.C.–", "Washington, D.C.", None, None),
    ("Photo: Doe & Roe. Lima, Peru - It rained.", "Lima, Peru -", "Lima, Peru", None, None),
    ("NEW\nYORK, Nov 3\n(AP) — It said.", "NEW\nYORK, Nov 3\n(AP) —", "NEW YORK", "2020-11-03", "AP"),
    ("World\nOSLO (AP) — It said.", "OSLO (AP) —", "OSLO", None, "AP"),
    ("Minister quits\n\nROME (ANSA) - He said.", "ROME (ANSA) -", "ROME", None, "ANSA"),
    ("Talks fail over tariffs. Lima, Peru – They said.", "Lima, Peru –", "Lima, Peru", None, None),
    ("Ministers meet over gas OSLO (Reuters) - They said.", "OSLO (Reuters) -", "OSLO", None, "Reuters"),
    ("****SOFIA, March 5 - It said.", "SOFIA, March 5 -", "SOFIA", "2020-03-05", None),
    ("c    SOFIA, March 5 - It said.", "SOFIA, March 5 -", "SOFIA", "2020-03-05", None),
    ("Washington\nCNN\n — \nThe House voted.", "Washington\nCNN\n —", "Washington", None, "CNN"),
    ("(CNN) The House voted.", "(CNN)", None, None, "CNN"),
    ("(Reuters) - Four senators said.", "(Reuters) -", None, None, "Reuters"),
    ("CNN — The House voted.", "CNN —", None, None, "CNN"),
    ("Nov 3 (Reuters) - Shares fell.", "Nov 3 (Reuters) -", None, "2020-11-03", "Reuters"),
    ("PARIS (AFP) 3 Nov - It said.", "PARIS (AFP) 3 Nov -", "PARIS", "2020-11-03", "AFP"),
    ("PARIS (AFP) France said - again.", "PARIS (AFP)", "PARIS", None, "AFP"),
    ("(AP) MOSCOW – Russia said.", "(AP) MOSCOW –", "MOSCOW", None, "AP"),
    ("(ANSA) - ROMA, 03 NOV - Il governo.", "(ANSA) - ROMA, 03 NOV -", "ROMA", "2020-11-03", "ANSA"),
    ("(Tokyo) – Athletes said.", "(Tokyo) –", "Tokyo", None, None),
    ("Madrid, 3 nov (EFE).- El ministro.", "Madrid, 3 nov (EFE).-", "Madrid", "2020-11-03", "EFE"),
    ("WASHINGTON (WXYZ) — The House voted.", "WASHINGTON (WXYZ) —", "WASHINGTON", None, "WXYZ"),
    ("FORT NOWHERE — Soldiers said.", "FORT NOWHERE —", "FORT NOWHERE", None, None),
    (
        "Remarks by the minister, Vienna, June 3, 2017\nColleagues,",
        "Vienna, June 3, 2017",
        "Vienna",
        "2017-06-03",
        None,
    ),
    (
        "By Ann Aoki and Bo Baba / The Daily Crane Staff Writers\n17:41 JST, October 13, 2024\nThe minister",
        "The Daily Crane Staff Writers\n17:41 JST, October 13, 2024",
        None,
        "2024-10-13",
        "The Daily Crane",
    ),
]

NONE = [
    "",
    " ",
    "Donald Trump said - on Tuesday - that he would go.",
    "Updated, March 3 - The minister said.",
    "UPDATED, MARCH 3 - The minister said.",
    "Monday, March 3 - The minister said.",
    "BREAKING: The minister has resigned.",
    "BREAKING — The minister has resigned.",
    "EXCLUSIVE — The minister has resigned.",
    "EXCLUSIVE (AP) — The minister has resigned.",
    "FILE - In this Aug. 29, 2019 file photo, a ship lies at anchor. (AP Photo/Ann Other, File)",
    "WASHINGTON, DC - NOVEMBER 03: The president speaks. (Photo by Ann Other/Getty Images)",
    "AP: The minister has resigned.",
    "JACKSON: We will go on.",
    "WASHINGTON: We will go on.",
    "Washington: a history",
    "April 7 - as of Friday",
    "APRIL 11 - ISRAEL INTRODUCES SUMMER TIME.",
    "GRADINGS - None posted.",
    "COPPER GRADE A - 3250 tonnes mainly carries",
    "us         7.8010 - 7.8030",
    "The talks in London — and in Paris — went on.",
    "He flew to Paris - his third visit - on Monday.",
    "Israel — which has not commented — was struck.",
    "In Moscow, November 3 - a holiday - the shops were shut.",
    "The president (R) — in office since 2017 — said so.",
    "Obama (Photo: AP) said",
    "(AP)\n\nThe minister said.",
    "https://example.org/AP/a - b",
    "London",
    "London — the city that never rains.",
    "ANKARA\n\nTurkey said.",
    "London, Paris and Rome are cities.",
]


@pytest.mark.parametrize(("text", "header", "place", "date", "agency"), FORMS)
def test_forms(text: str, header: str, place: str | None, date: str | None, agency: str | None) -> None:
    found = find_dateline(text, PUBLISHED)

    assert found is not None
    assert (found.place, found.date, found.agency) == (place, date, agency)
    assert text[slice(*found.span)] == header


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert find_dateline(text, PUBLISHED) is None


def test_no_day_no_date() -> None:
    found = find_dateline("PARIS (AP) — Ministers met on November 3, 2020.", PUBLISHED)

    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("OSLO, Dec 31 (AP) - A", "2021-01-01", "2020-12-31"),
        ("OSLO, Jan 1 (AP) - A", "2020-12-31", "2021-01-01"),
        ("OSLO, Nov 3, 2018 (AP) - A", "2020-11-04", "2018-11-03"),
        ("OSLO, Feb 29 (AP) - A", "2020-03-05", "2020-02-29"),
        ("OSLO, Feb 29 (AP) - A", "2021-03-01", "--02-29"),
        ("OSLO, Nov 3 (AP) - A", "not a date", "--11-03"),
        (" date 2019-11-04 OSLO, Nov 3 (AP) - A", None, "2019-11-03"),
        ("OSLO, Nov 3 (AP) - They met on November 2, 2017, he said.", None, "2017-11-03"),
        ("OSLO, Nov 3 (AP) - He was born on May 17, 1951, in Bergen.", None, "--11-03"),
        ("OSLO, Nov 3 (AP) - A", None, "--11-03"),
        ("OSLO, Feb 29 (AP) - A", None, "--02-29"),
        ("OSLO, Feb 30 (AP) - A", None, None),
        ("OSLO, Feb 30 (AP) - A", "2020-03-01", None),
    ],
)
def test_year(text: str, published: str | None, date: str | None) -> None:
    found = find_dateline(text, published)

    assert found is not None
    assert found.date == date


HEADER_PIECES = st.sampled_from(
    [
        "OSLO",
        "Paris",
        ", ",
        "/",
        " and ",
        "(AP)",
        "/TASS/",
        " — ",
        " - ",
        "--",
        ":",
        ".",
        "\n",
        " ",
        "Nov 3",
        "2O",
        "1999",
    ]
)


@given(st.text() | st.lists(HEADER_PIECES | st.text(max_size=3)).map("".join), st.none() | st.text(max_size=12))
def test_any_text(text: str, published: str | None) -> None:
    found = find_dateline(text, published)

    if found:
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert found.place or found.agency


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        ", A",
        "A ",
        "\n",
        "\nA",
        " (",
        "(AP) ",
        "/A/ ",
        "- ",
        "-",
        "—",
        "A.",
        "A-",
        "Nov 3 ",
        "A/",
        "a and ",
        ": ",
        "By A, ",
    ],
)
def test_long_texts_take_no_longer(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()

    find_dateline(text, PUBLISHED)

    assert time.perf_counter() - start < 0.5


def test_reuters_places() -> None:
    path = Path(__file__).parents[3] / "shared/data/reuters/wires.jsonl"
    if not path.exists():
        pytest.skip("the Reuters stories are not beside the repository")

    with path.open(encoding="utf-8") as lines:
        score = score_datelines(json.loads(line) for line in lines)

    assert score.place_right is not None
    assert score.place_right >= 0.99
    assert score.invented == 0
