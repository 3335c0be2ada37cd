"""Words that tell what a noun phrase is: titles, roles, bodies, countries, first names.

Countries are facts of the CIA World Factbook (public domain), with the seats by which news calls their governments;
first names are those of the US census of 1990 (public domain), with some common abroad.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

Gender = Literal["m", "f"]


def spelled(text: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(text.split())


PRONOUN_GENDER: dict[str, Gender] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
NEUTER = spelled("it its itself")
PLURAL = spelled("they them their theirs themselves each both these those")
FIRST = spelled("i me my mine myself we us our ours ourselves")
SECOND = spelled("you your yours yourself yourselves")
RELATIVE = spelled("who whom whose which that")
INDEFINITE = spelled("one some many others most few several all none anyone everyone someone nobody people this what")
PRONOUNS = frozenset(PRONOUN_GENDER) | NEUTER | PLURAL | FIRST | SECOND | RELATIVE | INDEFINITE

TITLE_GENDER: dict[str, Gender] = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f", "madame": "f",
    "king": "m", "queen": "f", "prince": "m", "princess": "f", "pope": "m", "congressman": "m", "congresswoman": "f",
    "spokesman": "m", "spokeswoman": "f", "chairman": "m", "chairwoman": "f", "businessman": "m", "man": "m",
    "businesswoman": "f", "woman": "f", "girl": "f", "boy": "m", "wife": "f", "husband": "m", "mother": "f",
    "father": "m", "son": "m", "daughter": "f", "brother": "m", "sister": "f", "lady.": "f", "widow": "f",
    "sheikh": "m", "ayatollah": "m", "imam": "m", "cardinal": "m", "bishop": "m", "archbishop": "m", "actress": "f",
    "anchorman": "m", "assemblyman": "m", "councilman": "m", "councilwoman": "f", "statesman": "m", "alderman": "m",
}  # fmt: skip
HONORIFICS = spelled("mr mrs ms miss sir lord lady dame madame madam messrs")
TITLES = HONORIFICS | spelled(
    "president pres presidents vice chancellor minister ministers prime foreign secretary secretaries senator "
    "senators sen sens rep reps representative representatives congressman congresswoman governor gov governors mayor "
    "ambassador envoy spokesman spokeswoman spokesperson speaker king queen prince princess pope bishop archbishop "
    "cardinal rabbi imam sheikh ayatollah general gen colonel col major maj lieutenant lt captain capt admiral adm "
    "commander cmdr brigadier brig sergeant sgt judge justice attorney lawyer professor prof dr doctor director chief "
    "executive chairman chairwoman chair head leader deputy assistant undersecretary commissioner commissioners "
    "premier treasurer candidate nominee analyst economist strategist pollster author journalist reporter editor "
    "moderator correspondent historian researcher adviser advisor aide counsel officer sheriff diplomat acting "
    "interim incoming outgoing former commandant representative coordinator columnist host anchor activist manager "
    "operative consultant expert scholar fellow investor billionaire businessman businesswoman mogul father mother "
    "daughter son wife husband brother sister rev reverend pastor father counterpart ex-president president-elect "
    "lawmaker lawmakers politician emir sultan taoiseach superintendent detective principal coach actor actress "
    "singer ceo cfo founder co-founder owner partner secretary-general spokespeople dictator strongman opponent rival "
    "veteran supporter critic detective inspector lady frontrunner front-runner candidates supporters producer writer "
    "whip filmmaker interviewer speaker-designate minister-designate secretary-designate governor-elect mayor-elect "
    "senator-elect del delegate assemblyman councilman councilwoman alderman"
)
PERSON_NOUNS = TITLES | spelled(
    "official officials man woman girl boy person prosecutor prosecutors investigator source newsman newcomer "
    "newspaperman real-estate developer senator tycoon executive star contender hopeful front-runner soldier student "
    "teacher worker resident farmer voter witness neighbor friend colleague boss incumbent 67-year-old physician "
    "scientist congressman doctor nurse survivor victim suspect defendant plaintiff libertarian conservative liberal "
    "democrat republican independent socialist southerner texan texas native advocate challenger comedian "
    "editor-in-chief contributor icon widow widower hero professors co-anchor legend organizer counsel neurosurgeon "
    "surgeon niece nephew uncle aunt grandson granddaughter cousin"
)
BODY_NOUNS = spelled(
    "ministry department agency commission committee council court government administration campaign party company "
    "firm group organization organisation union bloc alliance bank bureau office office. parliament congress senate "
    "house newspaper paper tabloid magazine daily network channel station site website outlet publication institute "
    "center centre university college school foundation association coalition federation league team staff police army "
    "military force forces navy service services authority board panel embassy consulate mission delegation kingdom "
    "republic country nation state city corporation institution regime watchdog militia movement kremlin fund "
    "camp pac tribunal assembly cabinet treasury think-tank nonprofit airline union conference chamber court journal"
)
BODY_NAMES = spelled(
    "ministry department agency commission committee council court government administration campaign party company "
    "union bank bureau office parliament congress senate house institute center centre university college foundation "
    "association coalition federation league police army military navy service services authority board embassy corps "
    "times post journal news press daily tribune herald gazette chronicle magazine network group inc corp co ltd llc "
    "organization organisation society club conference mission guard force forces fund trust nations alliance "
    "movement front brigade brigades museum church hospital school states report review weekly observer guardian "
    "telegraph reuters treasury pentagon academy assembly exchange industries motors airlines systems technologies "
    "project program initiative team chamber duma politico poll institution laboratory caucus supreme today states "
    "cabinet corporation agency. security affairs defense intelligence research studies rebels centers observatory "
    "panel division directorate workers partnership"
)
DOCUMENT_NOUNS = spelled(
    "report statement poll polls survey surveys study studies memo document documents article story piece complaint "
    "letter data figures records slide book editorial column post tweet email emails ad ads video headline lawsuit "
    "indictment filing transcript kit findings analysis ruling law constitution bill act treaty agreement case reports "
    "count tally account script website plan proposal deal platform resolution release rule polling numbers evidence"
)
PLURAL_NOUNS = spelled("people men women police media press critics leaders officials aides staff voters")
KIN_PARTICLES = spelled("de da do dos das di del della der den du la le van von bin ibn al el bint ben ter ten af")
DETERMINERS = spelled("the this that these those a an his her its their our my your another other some many several "
                      "most two three four five six all both few any no each every such more one")  # fmt: skip
DEFINITE = spelled("the this that these those his her its their our both")
SUFFIXES = frozenset(("jr", "sr"))
"""Behind a name, the younger and the elder of it."""
NOT_NAMES = spelled(
    "the a an this that these those he she it they we i you his her its their our my your who what when where why how "
    "which there here in on at by for from to of with without after before during since until while as if but and or "
    "nor so yet because although though despite amid against among between under over about above below into onto "
    "through throughout within across behind beyond like unlike near off out up down not no yes all any both each "
    "few many more most much other another some such several one two three four five six seven eight nine ten first "
    "second third last next then now today yesterday tomorrow also even only just still again once later earlier "
    "meanwhile however moreover instead indeed perhaps maybe according asked given thanks until upon whether every "
    "either neither unless let lets read click see here's story continued editor note updated update breaking photo "
    "file is are was were be been has have had do does did will would can could may might shall should must monday "
    "tuesday wednesday thursday friday saturday sunday january february march april june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec gop's am pm et est edt gmt"
    " current neither and, mr. mrs. not never nothing everyone everything nobody someone something part while well "
    "great god anybody everybody somebody anything none rather late early recently soon often sometimes thus hence "
    "therefore finally additionally furthermore similarly likewise especially nearly almost roughly approximately less "
    "fewer plus via absent eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundreds "
    "thousands dozens"
)
PARTY_WORDS = spelled("republican republicans democrat democrats democratic gop conservative conservatives liberal "
                      "liberals labour tory tories libertarian libertarians independent muslim muslims jews jewish "
                      "christian christians catholic catholics latino latinos hispanic hispanics")  # fmt: skip

ADJECTIVES = spelled(
    "european christian muslim jewish catholic protestant orthodox evangelical islamic sunni shiite shia shi'ite hindu "
    "buddhist sikh democratic republican democrat conservative liberal communist socialist marxist nazi islamist "
    "western eastern african asian eurasian arab arabic latin latino hispanic nordic scandinavian baltic balkan slavic "
    "kurdish hebrew persian arctic atlantic pacific caribbean african-american asian-american anglo-american roman"
)
"""Capitals that name nobody when they stand alone: "Christian schools", "a European future"."""

PARTISAN = spelled("republican democratic democrat")


@cache
def first_names() -> dict[str, Gender]:
    """Gender by first name, where nearly all of its bearers share one."""
    genders: dict[str, Gender] = {}
    gender: Gender = "m"
    for line in files("onrecord.resolve").joinpath("data/first_names.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            gender = "f" if "women" in line else "m"
        else:
            genders.update(dict.fromkeys(line.split(), gender))
    return genders


@cache
def places() -> frozenset[str]:
    """Places in English news that are no country and no seat of one, and look like people's names."""
    return frozenset(files("onrecord.resolve").joinpath("data/places.txt").read_text("utf-8").splitlines())


@cache
def countries() -> dict[str, tuple[str, str]]:
    """Country and how it is meant ("name", "seat", "people") by name in lower case, dots and "the" left out."""
    table: dict[str, tuple[str, str]] = {}
    for line in files("onrecord.resolve").joinpath("data/countries.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, others, seats, people = line.split("\t")
        for how, names in (("people", people), ("seat", seats), ("name", others), ("name", name)):
            for form in names.split("|"):
                if form:
                    table[country_key(form)] = (name, how)
    return table


def country_key(name: str) -> str:
    """The form that names of countries are looked up in."""
    return name.casefold().replace(".", "").removeprefix("the ").replace("’", "'").strip()


SURNAME_GENDER: dict[str, Gender] = {
    **dict.fromkeys(
        spelled(
            "clinton warren merkel fiorina palin pelosi feinstein yellen haley thatcher bhutto mogherini lagarde "
            "albright conway lynch zakharova ocasio-cortez harris meloni ardern rousseff"
        ), "f"
    ),
    **dict.fromkeys(
        spelled(
            "trump sanders cruz rubio obama kasich bush biden pence ryan romney mcconnell putin medvedev erdogan "
            "netanyahu assad lavrov macron hollande sarkozy kerry christie carson johnson cameron modi abe zarif "
            "rouhani pompeo mccain gingrich giuliani comey mueller sessions tillerson bolton blinken zelensky "
            "zelenskyy poroshenko yanukovych gorbachev yeltsin reagan carter nixon khamenei ahmadinejad duterte "
            "bolsonaro lula maduro chavez morales guterres stoltenberg juncker tusk barroso schroeder kohl scholz "
            "blair brown sunak starmer mitterrand chirac sharon peres rabin arafat abbas sisi mubarak gaddafi "
            "hussein karzai ghani sharif musharraf khan xi hu koizumi kishida peskov kislyak farage corbyn "
            "huckabee paul perry walker reid schumer"
        ),
        "m",
    ),
}  # fmt: skip
"""Surnames that news in English gives without a first name, and by which it nearly always means the same person."""

SURNAME_PARTY: dict[str, str] = {
    **dict.fromkeys(
        spelled(
            "trump cruz rubio bush kasich pence ryan romney mcconnell christie carson mccain gingrich giuliani fiorina "
            "palin huckabee santorum reagan nixon haley mccarthy graham desantis vance"
        ),
        "republican",
    ),
    **dict.fromkeys(
        spelled(
            "clinton sanders obama biden kerry reid pelosi warren feinstein schumer kaine gore o'malley harris walz "
            "ocasio-cortez booker buttigieg klobuchar"
        ),
        "democrat",
    ),
}  # fmt: skip
"""Parties of those whom news in English calls "the Republican" or "the Democrat" without saying so before."""

PEOPLE_ENDS = ("ers", "ors", "ists", "ans", "crats", "ents", "ials", "tives", "ocates", "ctims", "idates", "youths")
"""How plural nouns for people end."""
