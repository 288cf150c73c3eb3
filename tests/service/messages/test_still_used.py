"""What stands in the way of removing something: counted for everybody, by name for who is on its page."""

import msgspec

from db.kinds import KINDS as FACTS
from db.queries.referrers import tables_that_keep
from db.records.referrer import Referrers, Referring
from service.errors import StillUsed
from service.messages.still_used import KINDS, in_the_way, still_used_by

USED = (
    Referrers(kind="cadence", count=6, things=(Referring(code="sport", name="Sport"),)),
    Referrers(kind="assignment", count=1, things=(Referring(code="2f", name="2026-12-01"),)),
)


def test_counts_are_told_to_everybody_and_names_on_the_page() -> None:
    told = still_used_by(USED).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "Encore utilisé : 6 cadences et 1 rendez-vous publié"
    refusal = StillUsed(told, used_by=[msgspec.to_builtins(one) for one in USED])
    named = in_the_way(refusal).replace("\N{NO-BREAK SPACE}", " ")
    assert named == "Encore utilisé : 6 cadences (Sport, …) et 1 rendez-vous publié"
    assert in_the_way(StillUsed()) == StillUsed.title


def test_every_kind_that_can_stand_in_the_way_has_its_words() -> None:
    keeping = {name for kind in FACTS for name in tables_that_keep(kind)}
    assert keeping == set(KINDS)
