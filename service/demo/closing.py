"""What the demonstration says at its end: what lies where, and what to do next."""

from pathlib import Path

from service.catalogue import counted, gettext
from service.demo.story import Story, Told
from service.french_text import of_month
from service.settings import ROOT, Settings


def closing_words(story: Story, settings: Settings) -> str:
    """The last lines, in French."""
    told, written = story
    lines = [_published(one) for one in told]
    if not any(one.fresh for one in told) and not written.changed:
        lines.append(gettext("Rien n’a changé : ce mois était déjà chargé, planifié et publié."))
    files = counted("{n} agenda", "{n} agendas", written.files)
    lines += [
        gettext("{files} dans {folder}").format(files=files, folder=_short(written.folder)),
        gettext("Leurs adresses secrètes (que vous seul ou seule pouvez lire) : {path}").format(
            path=_short(written.addresses)
        ),
        "",
        gettext("Et maintenant :"),
        gettext("  make serve                {address}").format(address=settings.address),
        gettext("  planning publié           {address}/t/ile-de-france/planning").format(
            address=settings.address
        ),
        gettext("  semaine d’une personne    {address}/t/ile-de-france/ma-semaine").format(
            address=settings.address
        ),
        gettext("  interface de programme    {address}/api/docs").format(address=settings.address),
        gettext("  un autre mois             MONTH=2027-03 make demo"),
    ]
    return "\n".join(lines)


def _short(path: Path) -> str:
    """As it is written from the folder of the project, when it lies there."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def _published(told: Told) -> str:
    text = (
        "{territory} : planning {of_month} publié (version {number})."
        if told.fresh
        else "{territory} : planning {of_month} déjà publié (version {number})."
    )
    return gettext(text).format(
        territory=told.territory.name, of_month=of_month(told.plan.first_on), number=told.number
    )
