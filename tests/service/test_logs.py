"""What is logged tells what happened and where, never of whom."""

import json
import logging

import pytest
import structlog

from service.edge.logs import configure_logs, drop_personal_fields, tell_faults_without_values
from service.settings import read_settings


def test_fields_that_could_tell_of_a_person_are_emptied() -> None:
    told = drop_personal_fields(
        None, "", {"event": "x", "email": "a@b.fr", "reference": "KM4821", "route": "/t"}
    )
    assert told == {"event": "x", "email": "(…)", "reference": "(…)", "route": "/t"}


def test_a_fault_is_told_by_its_kinds_and_places_not_by_its_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs(read_settings({"ESCALE_LOG_FORMAT": "json"}))
    try:
        try:
            {}["KM4821"]
        except KeyError as error:
            raise ValueError("Karim Benali, 10 h 07") from error
    except ValueError as error:
        structlog.get_logger("test").error("unexpected", exc_info=error)
        logging.getLogger("a library").exception("unexpected")
    lines = capsys.readouterr().err
    assert lines.count("ValueError from KeyError") == 2
    for line in lines.splitlines():
        assert any("test_logs.py" in frame for frame in json.loads(line)["trace"])
    assert not [word for word in ("KM4821", "Karim", "10 h 07") if word in lines]


def test_the_trace_of_no_exception_changes_nothing() -> None:
    assert tell_faults_without_values(None, "", {"event": "x"}) == {"event": "x"}
