"""Where Piccolo looks for the database of this process and for the tables to migrate."""

from typing import Any

from piccolo.conf.apps import AppRegistry

from db.engine import current

APP_REGISTRY = AppRegistry(apps=["db.piccolo_app"])


def __getattr__(name: str) -> Any:
    """`DB` is asked for anew each time: the process may have moved to another database."""
    if name == "DB":
        return current()
    raise AttributeError(name)
