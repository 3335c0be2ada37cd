"""What the processes of a run share."""

from onrecord.scale.register import Register, digest, digests

A, B, C = (digest(f"a{n}", "hash") for n in range(3))


def test_an_article_is_fresh_the_first_time_and_where_it_was_first_met() -> None:
    register = Register(digests([]))
    assert register.fresh((0, 0), [A, B, A]) == [True, True, False]
    assert register.fresh((1, 0), [B, C]) == [False, True]
    assert register.fresh((0, 0), [A, B, A]) == [True, True, False], "who comes after a death is told the same"


def test_what_stands_already_is_not_fresh() -> None:
    register = Register(digests([C, A]))
    assert register.fresh((0, 0), [A, B, C]) == [False, True, False]


def test_a_new_version_of_an_article_is_fresh() -> None:
    register = Register(digests([digest("a", "old")]))
    assert register.fresh((0, 0), [digest("a", "new"), digest("a", "old")]) == [True, False]


def test_what_was_begun_is_counted_until_it_is_ended() -> None:
    register = Register(digests([]))
    assert [register.begin("a"), register.begin("a"), register.begin("b")] == [1, 2, 1]
    register.end("a")
    assert register.begin("a") == 1
