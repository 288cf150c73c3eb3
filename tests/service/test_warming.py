"""What a process knows before its first page."""

import sys

from service.pages.rendering import environment
from service.warming import warm_up


def test_every_template_is_compiled_and_the_calendars_are_loaded():
    environment.cache_clear()
    warm_up()
    made = environment()
    assert made.cache is not None
    assert len(made.cache) == len(made.list_templates())
    assert "holidays.countries" in sys.modules
