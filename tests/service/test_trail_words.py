"""The trail is read by administrators: every action that a route can write in it has French words."""

from typing import get_args

import msgspec
from litestar.handlers import HTTPRouteHandler

from db.records.base import Fact
from db.records.facts import FactSet
from db.records.participant import Participant
from service.edge.acting import action_of
from service.edge.guards import handlers
from service.pages.trail_fields import FIELDS
from service.pages.trail_verbs import verb
from tests.service.door import make_app

READS = {"GET", "HEAD", "OPTIONS"}


def test_every_writing_route_has_a_verb(tmp_path):
    without = {
        action_of(handler)
        for _path, handler in handlers(make_app(tmp_path))
        if isinstance(handler, HTTPRouteHandler)
        and not handler.http_methods <= READS
        and not handler.opt.get("bookkeeping")
        and verb(action_of(handler)) is None
    }
    assert not without


def test_what_a_transaction_notes_of_an_orientation_has_a_verb():
    assert verb("orientation_changed") == "a changé"


def test_every_field_of_a_fact_has_a_word():
    lists = [get_args(field.type)[0] for field in msgspec.structs.fields(FactSet)]
    kinds = [kind for one in lists if issubclass(kind := get_args(one)[0], Fact)]
    assert Participant in kinds
    own = {field.name for field in msgspec.structs.fields(Fact)}
    names = {field.name for kind in kinds for field in msgspec.structs.fields(kind)} - own
    assert names - FIELDS.keys() == set()
