"""Codes, modes, contexts, quad classes and scores by table and words."""

import pytest

from onrecord.annotate.events import TYPES
from onrecord.coding import plover
from onrecord.coding.plover import QUAD_OF, codes, details


def test_every_type_of_the_network_has_details() -> None:
    for type_ in TYPES:
        found = details(type_, "", "")
        assert found.type == ("SANCTION" if type_ == "EMBARGO" else type_)
        assert found.quad == QUAD_OF[found.type]
        assert (found.goldstein > 0) == (found.quad <= 2)


def test_words_choose_only_among_the_codes_of_their_type() -> None:
    for type_ in QUAD_OF:
        patterns = plover._patterns(type_)
        assert patterns
        assert {codes()[p.code].type for p in patterns} == {type_}


@pytest.mark.parametrize(
    ("type_", "trigger", "sentence", "cameo", "mode", "goldstein"),
    [
        ("COERCE", "arrested", "Marenia arrested two pilots.", "173", "arrest", -5.0),
        ("COERCE", "took", "Police took two pilots into custody.", "173", "arrest", -5.0),
        ("COERCE", "deported", "Marenia deported two pilots who had been arrested.", "174", "deport", -5.0),
        ("COERCE", "imposed a curfew", "The governor imposed a curfew on the port.", "1723", "curfew", -5.0),
        ("COERCE", "seized", "The navy seized a tanker.", "1711", "seize", -9.2),
        ("CONSULT", "spoke by phone", "The ministers spoke by phone.", "041", "phone", 1.0),
        ("CONSULT", "flew to", "Varen flew to Port Avel for talks.", "042", "visit", 1.9),
        ("SANCTION", "expelled", "Marenia expelled three diplomats.", "166", "expel", -7.0),
        ("EMBARGO", "arrested", "whatever stands there", "163", None, -8.0),
        ("RETREAT", "freed", "Marenia freed two pilots.", "0841", "release", 7.0),
        ("REQUEST", "urged", "Varen urged the islands to lift sanctions.", "1054", "yield", -5.0),
        ("THREATEN", "vowed", "The navy vowed to bomb the port.", "1384", "violence", -7.0),
        ("ASSAULT", "shelled", "The navy shelled the port.", "194", "heavy-weapons", -10.0),
        ("SUPPORT", "voiced", "Varen voiced her feelings.", "050", None, 3.5),
        ("RETREAT", "gave way", "Marenia gave way.", "080", None, 5.0),
    ],
)  # fmt: skip
def test_words_tell_codes_apart(
    type_: str, trigger: str, sentence: str, cameo: str, mode: str | None, goldstein: float
) -> None:
    found = details(type_, trigger, sentence)
    assert (found.cameo, found.mode, found.goldstein) == (cameo, mode, goldstein)


def test_the_trigger_counts_before_the_rest_of_the_sentence() -> None:
    sentence = "Marenia banned the newspaper after police arrested its editor."
    assert details("COERCE", "banned", sentence).cameo == "1721"
    assert details("COERCE", "arrested", sentence).cameo == "173"


def test_stems_are_open_only_where_marked() -> None:
    assert details("THREATEN", "warned", "Varen warned of a wart.").cameo == "130"
    assert details("THREATEN", "warned", "Varen warned of war.").cameo == "138"


def test_contexts_come_from_the_code_and_the_sentence() -> None:
    found = details("EMBARGO", "sanctions", "Sanctions over the hacking of an election.")
    assert found.context == ("diplomatic", "economic", "cyber", "election")


def test_a_type_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'FIGHT' is none of PLOVER's types"):
        details("FIGHT", "hit", "They hit.")
