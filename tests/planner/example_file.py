"""A problem file of every kind of record, and the same with one place altered."""

import json
from copy import deepcopy
from typing import Any

EXAMPLE: dict[str, Any] = {
    "format": "escale-problem/1",
    "territory": "idf",
    "zone": "Europe/Paris",
    "first_on": "2026-03-01",
    "last_on": "2026-03-31",
    "sites": [
        {
            "id": "prison",
            "name": "Prison",
            "kind": "semi_liberte",
            "rooms": [{"id": "blue", "seats": 8}],
            "openings": [{"weekday": 1, "half_day": "am", "from": "09:00", "to": "12:00"}],
            "closures": [{"id": "works", "from_on": "2026-03-09", "until_on": "2026-03-10"}],
        },
        {"id": "bureau", "name": "Bureau", "kind": "bureau"},
    ],
    "travel": [{"from": "prison", "to": "bureau", "minutes": 40}],
    "staff": [
        {
            "id": "A",
            "name": "A",
            "base": "bureau",
            "accreditations": [{"site": "prison"}],
            "availability": [{"weekday": 1, "half_day": "am", "from": "08:00", "to": "13:00"}],
            "absences": [
                {
                    "id": "leave",
                    "starts_at": "2026-03-02T09:00:00+01:00",
                    "ends_at": "2026-03-02T12:00:00+01:00",
                }
            ],
            "busy": [{"from": "2026-03-03T09:00:00+01:00", "to": "2026-03-03T12:00:00+01:00"}],
            "meetings": [
                {
                    "id": "team",
                    "starts_at": "2026-03-04T09:00:00Z",
                    "ends_at": "2026-03-04T10:00:00Z",
                    "site": "bureau",
                }
            ],
            "wishes": [{"weekday": 1, "half_day": "am", "wish": "avoid"}],
            "ledger": {"far": -100},
        }
    ],
    "cadences": [
        {"id": "visits", "site": "prison", "asked": 2, "exceptions": [{"on": "2026-03-02"}]},
        {"id": "workshops", "site": "prison", "kind": "session", "asked": 1},
    ],
    "promotions": [
        {
            "id": "spring",
            "site": "prison",
            "seats": 8,
            "participants": ["KM4821"],
            "sequences": [
                {
                    "id": "s1",
                    "title": "Bilan",
                    "from_on": "2026-03-01",
                    "until_on": "2026-03-31",
                    "duration_minutes": 120,
                }
            ],
        }
    ],
    "participants": [{"id": "KM4821", "hours": [{"weekday": 1, "from": "09:00", "to": "12:00"}]}],
    "interviews": [
        {
            "id": "n1",
            "participant": "KM4821",
            "kind": "suivi",
            "from_on": "2026-03-01",
            "until_on": "2026-03-31",
            "sites": ["bureau"],
            "referent": "A",
        },
        {"id": "call", "kind": "suivi", "mode": "phone", "from_on": "2026-03-01", "until_on": "2026-03-31"},
    ],
    "pins": [{"need": "n1", "on": "2026-03-16", "start": "09:00", "site": "bureau", "staff": ["A"]}],
    "booked": [{"cadence": "visits", "on": "2026-03-16", "half_day": "am", "slot": 0}],
}


def written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def altered(path: str, value: Any) -> bytes:
    """The example with one place of it replaced ("sites[0].id"); a list grows at its length."""
    content = deepcopy(EXAMPLE)
    steps = [
        int(step) if step.isdigit() else step for step in path.replace("]", "").replace("[", ".").split(".")
    ]
    place: Any = content
    for step in steps[:-1]:
        place = place[step] if isinstance(place, list) else place.setdefault(step, {})
    if isinstance(place, list) and steps[-1] == len(place):
        place.append(value)
    else:
        place[steps[-1]] = value
    return written(content)
