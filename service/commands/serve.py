"""`escale serve`: pages, JSON interface and feeds, on the address that the settings give."""

import sys

import typer
import uvicorn

from service.app import create_app
from service.demo.accounts import FILE as DEMO_ACCOUNTS
from service.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
SECONDS_TO_FINISH = 10


@app.command()
def serve() -> None:
    """Serves until interrupted; open requests get ten seconds to finish. Settings: ESCALE_HOST, ESCALE_PORT and others."""
    settings = read_settings()
    sys.stderr.write(f"escale : {settings.address}  (Ctrl+C pour arrêter)\n")
    passwords = settings.var_path / DEMO_ACCOUNTS
    if passwords.exists():
        sys.stderr.write(f"comptes de démonstration : {passwords}\n")
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )
