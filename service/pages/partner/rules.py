"""The page on which the coordination sets what holds for all partners of a territory."""

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from service.actions.edit_territory import edit_territory
from service.catalogue import text
from service.edge.guards import COORDINATORS
from service.errors import StaleVersion
from service.pages.context import AnyRequest, Visit, enter
from service.pages.form_parts import version_sent
from service.pages.forms import Answers
from service.pages.partner.rules_form import rules_answers, rules_fields, rules_typed, rules_wanted
from service.pages.rendering import page
from service.pages.stale import differing
from service.partners.settings import partner_settings

RULES = "/t/{territory:str}/partenaires/reglages"


@get(RULES, roles=COORDINATORS, include_in_schema=False)
async def ask_rules(request: AnyRequest, territory: str) -> Response[str]:
    """Every question with its present answer."""
    visit = await enter(request, territory, "partenaires")
    typed = rules_typed(partner_settings(visit.territory))
    return _form(request, visit, Answers(typed=typed, values={}, problems=()))


@post(RULES, roles=COORDINATORS, include_in_schema=False)
async def keep_rules(request: AnyRequest, territory: str) -> Response[Any]:
    """Kept, or shown again with what is to be corrected; what is typed is never lost."""
    visit = await enter(request, territory, "partenaires")
    form = await request.form()
    answers = rules_answers({name: [str(word) for word in form.getall(name)] for name in form})
    if answers.problems:
        return _form(request, visit, answers, status_code=422)
    wanted, version = rules_wanted(answers, partner_settings(visit.territory)), await version_sent(request)
    try:
        await edit_territory(visit.territory, lambda _: version, settings={"partners": wanted})
    except StaleVersion:
        return _form(request, visit, answers, status_code=412)
    return Redirect(visit.shell.address("partenaires/reglages?fait=changement"), status_code=303)


def _form(request: AnyRequest, visit: Visit, answers: Answers, *, status_code: int = 200) -> Response[str]:
    stale = text("Quelqu’un d’autre l’a changé entre-temps : relisez, puis enregistrez à nouveau.")
    done = request.query_params.get("fait") == "changement"
    kept = rules_typed(partner_settings(visit.territory))
    words: dict[str, Any] = {
        "title": text("Règles pour tous les partenaires"),
        "lead": text(
            "Ce qui vaut pour tout le territoire. Délais, lieux ouverts et convention se règlent dans la fiche de chaque partenaire ; les places gardées pour eux, dans chaque cadence."
        ),
        "fields": rules_fields(),
        "typed": answers.typed,
        "problems": answers.problems,
        "warnings": [stale] if status_code == StaleVersion.status else [],
        "theirs": differing(rules_fields(), answers.typed, kept)
        if status_code == StaleVersion.status
        else {},
        "said": text("Enregistré.") if done else "",
        "action": visit.shell.address("partenaires/reglages"),
        "version": visit.territory.version,
        "submit": text("Enregistrer"),
        "back": visit.shell.address("partenaires"),
        "back_words": text("Partenaires"),
    }
    return page("facts/form.html", visit.shell, words, status_code=status_code)
