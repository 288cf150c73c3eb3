"""From a template and a shell to an answer. One Jinja environment, strict, escaping everything."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response

from service import french_text
from service.catalogue import counted, text
from service.pages.drawn_cells import drawing_cells
from service.pages.kept_templates import KeptTemplates
from service.pages.raised_ordinals import raised
from service.pages.script_words import script_words
from service.pages.shell import Shell
from service.pages.static_files import contents, static_url

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FILTERS: tuple[Callable[..., str], ...] = (
    french_text.long_date,
    french_text.day_date,
    french_text.plain_date,
    french_text.day_month,
    french_text.short_date,
    french_text.short_day_month,
    french_text.weekday_and_day,
    french_text.weekday,
    french_text.weekday_named,
    french_text.month_title,
    french_text.of_month,
    french_text.capital,
    french_text.clock,
    french_text.clock_text,
    french_text.half_day,
    french_text.number,
    french_text.signed,
    french_text.percent,
    french_text.initials,
    french_text.listed,
    french_text.ordinal,
)


@cache
def environment() -> Environment:
    """Filters carry the names of `french_text`; `_` and `n_` read the catalogue."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=KeptTemplates(),
    )
    made.globals.update({"_": text, "n_": counted, "static_url": static_url, "has_vendor": has_vendor})
    made.globals.update({"script_words": script_words})
    drawing_cells(made)
    made.filters.update({function.__name__: function for function in FILTERS})
    return made


def know_templates() -> None:
    """Loads every template, compiled where it never was: nobody should wait for that at their first page."""
    made = environment()
    for name in made.list_templates():
        made.get_template(name)


def has_vendor(name: str) -> bool:
    """Whether a library from npm was fetched at set-up."""
    return f"vendor/{name}" in contents()


def html(template: str, shell: Shell, context: Mapping[str, Any] | None = None) -> str:
    """The text of a page. Templates see `shell` and the context's names, nothing else."""
    return raised(environment().get_template(template).render(shell=shell, **(context or {})))


def page(template: str, shell: Shell, context: Mapping[str, Any], *, status_code: int = 200) -> Response[str]:
    """A page as an answer that no cache keeps."""
    body = html(template, shell, context)
    headers = {"cache-control": "no-store"}
    return Response(body, media_type=MediaType.HTML, status_code=status_code, headers=headers)
