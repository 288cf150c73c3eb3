"""A territory filled, planned, published and lived in over JSON alone, on the running service."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from db.queries.territories import add_territory
from tests.deployment import Deployment
from tests.service.stories.people import Coordinator, client, coordinator_of

pytestmark = [pytest.mark.slow]
ZONE = ZoneInfo("Europe/Paris")
OPENINGS = [
    {"weekday": weekday, "half_day": half, "from_hour": hours[0], "to_hour": hours[1]}
    for weekday in range(1, 8)
    for half, hours in (("am", ("09:00", "12:00")), ("pm", ("14:00", "17:00")))
]


def day(ahead: int) -> date:
    return (datetime.now(ZONE) + timedelta(days=ahead)).date()


async def _nobody_yet() -> Coordinator:
    code = f"t{uuid4().hex[:10]}"
    return await coordinator_of(
        await add_territory(code=code, name="Vide", zone="Europe/Paris", departements=("93",), settings={})
    )


class Interface:
    """The JSON interface of one territory; each answer is the one that was expected."""

    def __init__(self, http: httpx.Client, me: Coordinator) -> None:
        self._http = http
        self._root = f"/api/territories/{me.territory.code}"

    def add(self, path: str, **body: Any) -> dict[str, Any]:
        return self.post(path, 201, **body)

    def post(self, path: str, status: int = 200, **body: Any) -> dict[str, Any]:
        answer = self._http.post(f"{self._root}/{path}", json=body, timeout=180)
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def get(self, path: str, **asked: Any) -> Any:
        answer = self._http.get(f"{self._root}/{path}", params=asked, timeout=180)
        assert answer.status_code == 200, answer.text
        return answer.json() if "json" in answer.headers["content-type"] else answer.text


def fill(api: Interface) -> str:
    """Places, people, what is asked; the reference that the house gave."""
    for code, kind in (("bureau", "bureau"), ("gagny", "semi_liberte")):
        api.add("sites", code=code, name=code, kind=kind, openings=OPENINGS, open_on_holidays=True)
    pattern = [{**one, "from_hour": "08:00", "to_hour": "18:00"} for one in OPENINGS]
    for code in ("AR", "NK"):
        api.add("staff", code=code, name=code, base="bureau", availability=pattern, max_half_days_week=14)
    api.add("programmes", code="o2r", name="O2R")
    reference = str(api.add("participants", informed_on=str(day(-3)))["code"])
    api.add("paths", participant=reference, programme="o2r", referent="AR", entry_on=str(day(-3)))
    api.add("cadences", code="gagny", name="Permanence", site="gagny", asked=2, usual_staff=["AR"])
    window = {"from_on": str(day(3)), "until_on": str(day(12))}
    api.add("needs", participant=reference, referent="AR", sites=["bureau"], kind="diagnostic", **window)
    return reference


def published(api: Interface) -> dict[str, Any]:
    """A plan asked for, followed to its end, and published."""
    plan = api.post("plans", 202, first_on=str(day(2)), last_on=str(day(15)), time_limit_seconds=10)
    assert '"state":"ready"' in api.get(f"plans/{plan['id']}/progress")
    return api.post(f"plans/{plan['id']}/publish")


def standing(api: Interface, kind: str) -> list[dict[str, Any]]:
    found = api.get("assignments", from_on=str(day(0)), until_on=str(day(20)), kind=kind)["items"]
    return [one for one in found if one["status"] != "cancelled"]


def test_a_territory_lives_by_json_alone(deployment: Deployment) -> None:
    me = deployment.do(_nobody_yet)
    with client(deployment.url, me.headers) as http:
        api = Interface(http, me)
        reference = fill(api)
        assert len(published(api)["created"]) >= 3
        (interview,) = standing(api, "interview")
        assert (interview["participant"], interview["status"]) == (reference, "to_confirm")
        confirmed = api.post(f"interviews/{interview['id']}/move", revision=1)["interview"]
        assert (confirmed["status"], confirmed["fixed_with_person"]) == ("planned", True)
        permanence = standing(api, "permanence")[0]
        hours = {"starts_at": permanence["starts_at"], "ends_at": permanence["ends_at"]}
        declared = api.add("absences", staff=permanence["staff"], **hours)
        assert permanence["id"] in {one["id"] for one in declared["landed"]["landings"]}
        assert declared["landed"]["replans"] == [{"first_on": str(day(2)), "last_on": str(day(15))}]
        published(api)
        kept = {one["id"]: one for one in (*standing(api, "permanence"), *standing(api, "interview"))}
        assert kept[interview["id"]]["starts_at"] == confirmed["starts_at"]
        after = kept.get(permanence["id"])
        assert after is None or (after["staff"], after["starts_at"]) != (
            permanence["staff"],
            permanence["starts_at"],
        )
        excused = api.post(f"assignments/{interview['id']}/attendance", came=[{"status": "excused"}])
        assert excused["attendance"][0]["status"] == "excused"
        assert [one["participant"] for one in api.get("displaced")["items"]] == [reference]
        figures = api.get("indicators", from_on=str(day(0)), until_on=str(day(20)), leaving=False)
        assert sum(cell["cancelled_by_person"] for cell in figures["cells"]) == 1
