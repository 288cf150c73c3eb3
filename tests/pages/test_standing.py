"""What a version breaks by the facts of this moment, judged without a page."""

from collections import deque

import pytest

from planner.generate import Size, generate
from planner.plan import Plan
from service.pages.board import broken
from service.pages.board.judged import judge
from service.pages.board.living import Living


def test_a_board_is_answered_with_its_own_month_whatever_others_keep_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broken, "_judged", deque(maxlen=0))
    problem = generate(Size(staff=2, sites=2, promotions=1, interviews=2, days=7), 1)
    assert broken.judged_living(Living(problem, Plan())) == judge(problem, Plan())
