"""The journal folds what says the same of several things in the same minute."""

from service.pages.trail_words import Line, folded


def line(when: str, who: str, did: str, ref: str) -> Line:
    return Line(when=when, who=who, what=f"{did} {ref}", kind="participant", ref=ref, origin="", did=did)


def test_neighbours_that_say_the_same_are_one_line_with_the_others_beneath() -> None:
    lines = [
        line("9 h 00", "CV", "read", "KM4821"),
        line("9 h 00", "CV", "read", "ZT1002"),
        line("9 h 00", "CV", "changed", "ZT1002"),
        line("9 h 00", "AR", "changed", "ZT1002"),
        line("9 h 01", "AR", "changed", "KM4821"),
    ]
    found = folded(lines)
    assert [(one.first.ref, len(one.others)) for one in found] == [
        ("KM4821", 1),
        ("ZT1002", 0),
        ("ZT1002", 0),
        ("KM4821", 0),
    ]
    assert [one for fold in found for one in (fold.first, *fold.others)] == lines
