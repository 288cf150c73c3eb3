"""Settings, read once at start from the environment (`ESCALE_*`) and checked before anything runs.

One wrong or unknown setting stops the start with one line that names it. What belongs to a territory
(words, lengths, reasons, lifetimes) is data of that territory, not a setting.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from service.errors import BadInput

PREFIX = "ESCALE_"
ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")
ROLES = frozenset({"administrator", "coordinator", "staff", "partner"})
SCHEMES = {
    "database_url": ("postgresql", "postgres", "sqlite"),
    "redis": ("redis", "rediss", "unix"),
    "public_address": ("https", "http"),
    "smtp": ("smtp", "smtps"),
    "oidc_issuer": ("https", "http"),
}
NOT_SETTINGS = frozenset({"ESCALE_SYSTEM_READY"})
"""Read by scripts of the house, not by the service."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where data live, who may reach the service, how long a solve may take."""

    var: str = str(ROOT / "var")
    """Folder of the embedded database, of the feeds written by the demo and of its secrets."""
    database_url: str = ""
    """`postgresql://…` or `sqlite:///path`; empty: the embedded database in `var`."""
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8000
    public_address: str = ""
    """How others reach the service, for links in feeds and mails; empty: host and port."""
    demo: bool = True
    """Whoever comes from this machine is a coordinator of every territory; refused unless `host` is loopback."""
    master_key_file: str = ""
    """Keys that wrap what is encrypted; empty: a file in a folder beside `var`, so that no copy of `var` holds it."""
    backup_public_key: str = ""
    """What `escale db backup-key` printed: backups are sealed for it, its private half lies elsewhere."""
    totp_required_for: str = ""
    """Roles that need a second factor, apart by commas: `administrator,coordinator`."""
    session_idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 60
    session_hours: Annotated[int, msgspec.Meta(ge=1, le=720)] = 12
    sign_ins_per_minute: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 20
    requests_per_minute: Annotated[int, msgspec.Meta(ge=10, le=10_000_000)] = 3_000
    behind_proxy: bool = False
    """Take the caller's address from the last `X-Forwarded-For`; only behind a proxy of our own."""
    oidc_issuer: str = ""
    """The provider's address, exactly as it names itself; `https`, or this machine."""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "le compte de votre organisation"
    smtp: str = ""
    """`smtp://user:password@host:port` (STARTTLS when offered) or `smtps://…`; empty: mail waits."""
    mail_from: str = "escale@localhost"
    queue: Literal["local", "arq"] = "local"
    redis: str = "redis://127.0.0.1:6379/0"
    web_processes: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1
    """Processes that serve pages on one machine; several only with a database server and workers."""
    worker_port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    """Where a worker says how it is doing; 0: a free port."""
    solve_seconds: Annotated[float, msgspec.Meta(gt=0, le=86_400)] = 60.0
    solve_workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    max_body_bytes: Annotated[int, msgspec.Meta(ge=1_000, le=100_000_000)] = 1_000_000
    feeds_gzip: bool = True
    """Calendars packed for whoever asks; off where a proxy packs."""
    private_agendas: bool = False
    """People's own agendas may lie on this machine or its network; else only on the open one."""
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def var_path(self) -> Path:
        return Path(self.var)

    @property
    def database_address(self) -> str:
        """The address of the database; SQLite's is absolute, whatever the current folder."""
        return self.database_url or f"sqlite:///{(self.var_path / 'escale.sqlite3').absolute()}"

    @property
    def on_a_server(self) -> bool:
        """Whether several processes on several machines can share the database."""
        return self.database_url.startswith("postgres")

    @property
    def keys_path(self) -> Path:
        """The master keys' file."""
        if self.master_key_file:
            return Path(self.master_key_file)
        var = self.var_path.absolute()
        return var.with_name(f"{var.name}-keys") / "master.key"

    @property
    def secure_cookies(self) -> bool:
        """Off only for a demonstration on this machine's own address."""
        return not self.demo or self.address.startswith("https://")

    @property
    def roles_with_totp(self) -> frozenset[str]:
        return frozenset(role.strip() for role in self.totp_required_for.split(",") if role.strip())

    @property
    def address(self) -> str:
        """The address to write in links, without a final slash."""
        return (self.public_address or f"http://{self.host}:{self.port}").rstrip("/")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises `BadInput` naming, in one line, each that is unknown or wrong."""
    source = os.environ if environment is None else environment
    given = {name: value for name, value in source.items() if name.startswith(PREFIX)}
    values = {name: value for name, value in given.items() if name not in NOT_SETTINGS}
    _refuse(fault for name, value in values.items() for fault in _unreadable(name, value))
    fields = {_field(name): value for name, value in values.items()}
    settings = msgspec.convert(fields, Settings, strict=False)
    _refuse(PREFIX + fault for fault in _faults(settings))
    return settings


def _refuse(faults: Iterable[str]) -> None:
    found = sorted(faults)
    if found:
        raise BadInput("; ".join(found))


def _unreadable(name: str, value: str) -> Iterator[str]:
    """What is wrong with one variable alone."""
    field = _field(name)
    if field not in Settings.__struct_fields__:
        nearest = get_close_matches(field, Settings.__struct_fields__, n=1)
        hint = f" (did you mean {PREFIX}{nearest[0].upper()}?)" if nearest else ""
        yield f"{name}: no such setting{hint}"
        return
    try:
        msgspec.convert({field: value}, Settings, strict=False)
    except msgspec.ValidationError as error:
        yield _sentence(str(error))


def _faults(settings: Settings) -> Iterator[str]:
    """What is wrong with values that are well formed; each begins with the variable's name, less the prefix."""
    if settings.demo and settings.host not in LOOPBACK:
        yield "HOST: only a loopback address while ESCALE_DEMO is on (set ESCALE_DEMO=false)"
    yield from _faults_of_provider(settings)
    unknown = settings.roles_with_totp - ROLES
    if unknown:
        yield f"TOTP_REQUIRED_FOR: no such role: {', '.join(sorted(unknown))}"
    for name, schemes in SCHEMES.items():
        given = getattr(settings, name)
        if given and given.partition("://")[0] not in schemes:
            yield f"{name.upper()}: begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    if settings.web_processes > 1 and not (settings.on_a_server and settings.queue == "arq"):
        yield "WEB_PROCESSES: several only with a database server and workers (ESCALE_DATABASE_URL, ESCALE_QUEUE)"


def _faults_of_provider(settings: Settings) -> Iterator[str]:
    address = urlsplit(settings.oidc_issuer)
    if bool(settings.oidc_issuer) != bool(settings.oidc_client_id):
        yield f"OIDC_{'CLIENT_ID' if settings.oidc_issuer else 'ISSUER'}: missing beside the other"
    elif settings.oidc_issuer and address.scheme != "https" and address.hostname not in LOOPBACK:
        yield "OIDC_ISSUER: an https address"
    elif settings.oidc_issuer and not settings.oidc_client_secret:
        yield "OIDC_CLIENT_SECRET: missing beside the issuer"


def _field(name: str) -> str:
    """The field behind a variable's name, if there is one."""
    return name.removeprefix(PREFIX).lower()


def _sentence(message: str) -> str:
    """`Expected ... - at $.port` with the variable's name first."""
    what, _, where = message.partition(" - at `$.")
    return f"{PREFIX}{where.rstrip('`').upper()}: {what[0].lower()}{what[1:]}"
