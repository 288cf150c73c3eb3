"""The trail is read by administrators: every action that a route can write in it has French words."""

from litestar.handlers import HTTPRouteHandler

from service.edge.acting import action_of
from service.edge.guards import handlers
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
