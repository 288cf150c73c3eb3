"""Piccolo's view of this room. Migrations are run by `db.migrate`, not by Piccolo's commands."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from db.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="escale",
    migrations_folder_path=Path(__file__).parent / "migrations",
    table_classes=list(TABLES),
)
