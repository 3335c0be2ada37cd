"""A trail drawn: what stands where, and who has it from whom. Trails made by hand."""

from onrecord.explore.way import Drawing, Edge, Node, drawn
from onrecord.trails.drift import Change
from onrecord.trails.trails import Member, Trail

GONE = Change("negation gone", "never", "")


def report(article: str, outlet: str | None = None, day: str | None = "2021-03-04", **more: object) -> Member:
    facts = {
        "form": "verbatim", "speaker": "Mara Laven", "through": (), "venue": None, "agency": None, "text": "We wait.",
        "changes": (), "copy_of": None, **more,
    }  # fmt: skip
    return Member(article, "s1", outlet=outlet, published=day, **facts)  # type: ignore[arg-type]


def trail(*members: Member, speaker: str | None = "Mara Laven") -> Trail:
    first = (members[0].article, members[0].statement)
    return Trail("id", speaker, first, first, (), None, members)


def way(drawing: Drawing) -> list[str]:
    return [f"{edge.source.name} > {edge.target.name}" for edge in drawing.edges]


def test_each_has_it_from_the_last_whom_its_record_names() -> None:
    drawing = drawn(
        trail(
            report("a", "Herald", through=("Radio Avel",), venue="interview"),
            report("b", "Courier", through=("Radio Avel",), agency="Coral"),
            report("c", "Post"),
        )
    )
    assert way(drawing) == [
        "Mara Laven > interview",
        "interview > Radio Avel",
        "Radio Avel > Coral",
        "Radio Avel > Herald",
        "Coral > Courier",
        "Mara Laven > Post",
    ]
    assert [node.name for node in drawing.nodes] == [
        "Mara Laven", "interview", "Radio Avel", "Coral", "Herald", "Courier", "Post",
    ]  # fmt: skip


def test_an_outlet_that_reported_before_is_shown_by_its_article() -> None:
    drawing = drawn(trail(report("a", "Coral"), report("b", "Post", agency="CORAL"), report("c", "Post", agency="Lir")))
    assert way(drawing) == ["Mara Laven > Lir", "Mara Laven > Coral", "Coral > Post", "Lir > Post"]


def test_an_agencys_own_story_does_not_come_through_itself() -> None:
    assert way(drawn(trail(report("a", "Coral News Agency", agency="Coral"), report("b", "Post")))) == [
        "Mara Laven > Coral News Agency",
        "Mara Laven > Post",
    ]


def test_wire_copy_comes_from_the_article_it_copies() -> None:
    drawing = drawn(trail(report("a", "Lir"), report("b", "Post", copy_of="a", through=("Radio Avel",))))
    assert way(drawing) == ["Mara Laven > Lir", "Lir > Post"]
    assert [edge.copied for edge in drawing.edges] == [False, True]


def test_records_that_name_each_other_make_no_ring() -> None:
    drawing = drawn(trail(report("a", "Post", through=("X", "Y")), report("b", "Herald", through=("Y", "X"))))
    assert way(drawing) == ["Mara Laven > X", "X > Y", "Y > Post", "X > Herald"]


def test_time_runs_down_and_silence_takes_room() -> None:
    drawing = drawn(trail(*(report(day, "Post", day) for day in ("2021-03-01", "2021-03-02", "2021-03-04T09:30:00Z"))))
    assert [day.day for day in drawing.days] == ["2021-03-01", "2021-03-02", "2021-03-04"]
    first, second, third = (node.y for node in drawing.nodes if node.kind == "report")
    assert 0 < second - first < third - second
    assert third < drawing.height


def test_those_without_a_day_come_last_under_a_heading_of_their_own() -> None:
    drawing = drawn(trail(report("a", "Post"), report("b", None, None)))
    assert [day.day for day in drawing.days] == ["2021-03-04", None]
    assert drawing.nodes[-1].name == "outlet not known"


def test_a_changed_report_is_higher_so_that_its_flags_fit() -> None:
    plain, flagged = (drawn(trail(report("a", "Lir"), report("b", changes=c))).height for c in ((), (GONE,)))
    assert flagged > plain


def test_nobody_named_is_said() -> None:
    assert drawn(trail(report("a"), report("b"), speaker=None)).nodes[0].name == "nobody named"


def test_no_line_runs_through_a_label_however_many_pass_it_on() -> None:
    outlets = [f"Outlet {n}" for n in range(30)]
    drawing = drawn(trail(*(report(name, name, through=(f"Wire {name}",)) for name in outlets), report("z", "Z")))
    for edge in drawing.edges:
        for node in drawing.nodes:
            passes = edge.source.y < node.y < edge.target.y
            assert not passes or edge.source.x < node.label - 4
    assert max(node.label for node in drawing.nodes) < 160


def test_a_line_runs_down_its_sources_track_and_then_across() -> None:
    source, target = Node("speaker", "A", 10, 10, 20), Node("report", "B", 40, 100, 50, 0)
    assert Edge(source, target).line == "M10 10V92Q10 100 18 100H40"
