"""A refusal lists rules and what they are about: staff read the references of their own people, and no others."""

import pytest

from service.actions.fix_interview import fix_interview
from service.actions.told_broken import told_broken
from service.translate.draft import Lost
from tests.service.living_territory import AR, COORDINATOR, NK, host, make_living, meeting, publish

pytestmark = pytest.mark.usefixtures("database")
BROKEN = (
    Lost(rule="one_place_at_a_time", about="AR", text="interview:KM4821/suivi:1"),
    Lost(rule="one_place_at_a_time", about="NK", text="interview:BB3003/suivi:1, interview:bb3003-o2r"),
)


async def test_others_people_are_withheld_from_staff_and_told_to_the_coordination() -> None:
    territory = await make_living()
    await publish(territory, host(3))
    await fix_interview(territory, meeting(3, 10), AR)
    to_ar, to_nk, to_all = [
        (await told_broken(territory, who, BROKEN)).fields["broken"] for who in (AR, NK, COORDINATOR)
    ]
    assert "KM4821" in str(to_ar)
    assert "3003" not in str(to_ar)
    assert "KM4821" not in str(to_nk)
    assert "BB3003" in str(to_nk)
    assert "bb3003" in str(to_nk)
    assert "KM4821" in str(to_all)
    assert "BB3003" in str(to_all)
    assert [one["rule"] for one in to_ar] == ["one_place_at_a_time"] * 2  # type: ignore[index,union-attr]
