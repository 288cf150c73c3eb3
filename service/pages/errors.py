"""Errors as pages: head and navigation stay, one sentence, what to do, a word to quote."""

from typing import Any

from litestar import Request, Response
from litestar.response import Redirect

from service.accounts.sessions import cookie_name
from service.catalogue import text
from service.edge.identity import Identity
from service.edge.problem_json import Problem
from service.edge.unsent import Unsent, remembered_form
from service.pages.context import ENTERED, csrf_token, is_fragment
from service.pages.rendering import page
from service.pages.shell import Shell, account_of
from service.pages.unsent import packed, unsent_page

WHAT_TO_DO = {
    400: "L’adresse ou le formulaire contient quelque chose d’inattendu. Revenez en arrière : ce que vous avez écrit y est encore.",
    401: "Connectez-vous, puis revenez à cette page.",
    403: "Cette page est réservée à d’autres rôles. Demandez à la coordination si vous en avez besoin.",
    404: "L’adresse est peut-être ancienne, ou ce qu’elle montrait a été retiré.",
    405: "Revenez en arrière, et passez par les boutons de la page.",
    409: "Relisez l’état actuel, puis recommencez si c’est encore utile.",
    410: "Cette adresse a été changée ; demandez la nouvelle à la personne qui vous l’a donnée.",
    412: "Quelqu’un d’autre a changé la même chose. Relisez, puis recommencez.",
    413: "Revenez en arrière et envoyez moins : un fichier plus léger, un texte plus court.",
    415: "Revenez en arrière et envoyez le formulaire de la page.",
    422: "Revenez en arrière : ce que vous avez écrit y est encore. Corrigez, puis envoyez de nouveau.",
    428: "Relisez l’état actuel, puis recommencez.",
    429: "Attendez une minute avant de recommencer.",
    500: "Ce qui a été envoyé est enregistré en entier, ou pas du tout.",
    503: "Recommencez dans un instant.",
}


PASSING = (429, 500, 503)
"""The same form may well be taken a moment later: it waits in the page of the error."""
FOR_TYPE = {
    "already-oriented": "Ouvrez « Mes orientations », puis l’orientation.",
    "forged-form": "Rien n’a été enregistré.",
    "link-not-valid": "Rien n’a été enregistré.",
    "orientation-over": "L’état de chaque orientation est dans « Mes orientations ».",
    "too-late-here": "Rien n’a été enregistré.",
}
"""What to do where the status alone would say it badly."""

WAYS_HOME = {
    "coordinator": "Aller au planning",
    "partner": "Voir les places et mes orientations",
    "staff": "Aller à ma semaine",
}


def error_page(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    """The page of an error. Reads nothing: it must work when nothing else does."""
    if problem.type == "/problems/not-signed-in" and request.method == "GET" and not is_fragment(request):
        return Redirect("/connexion", status_code=303)
    identity: Identity | None = request.scope["state"].get("escale_identity")
    parts = request.url.path.split("/")
    is_found = problem.status not in (401, 403, 404)
    named = parts[2] if is_found and len(parts) > 2 and parts[1] == "t" else ""
    territory = request.scope["state"].get(ENTERED) or named or _only_one(identity)
    # At the address of a feed no cookie is ever given.
    token = "" if parts[1:2] == ["feeds"] else csrf_token(request)
    form = remembered_form(request)
    shell = Shell(
        territory=territory,
        account=account_of(identity),
        is_unknown_who=form is not None and _is_unknown_who(request),
        csrf_token=token,
    )
    if form is not None and problem.type == "/problems/not-signed-in":
        return _door(shell, form)
    if form is not None and problem.type == "/problems/forged-form" and _is_our_own(request):
        return unsent_page(shell, form, status_code=problem.status, signed_in=False)
    quote = problem.type.rsplit("/", 1)[-1]
    words = {
        "title": problem.title,
        "detail": problem.detail,
        "advice": text(FOR_TYPE.get(quote) or WHAT_TO_DO.get(problem.status, WHAT_TO_DO[500])),
        "quote": f"{problem.status}, {quote}" if quote != str(problem.status) else quote,
        "invalid": problem.invalid,
        "form": form if problem.status in PASSING else None,
        "is_perhaps_kept": problem.status == 500,
        "way_home": text(WAYS_HOME.get(identity.role if identity else "", "Aller à la première page")),
    }
    return page("error.html", shell, words, status_code=problem.status)


def _only_one(identity: Identity | None) -> str:
    """The territory of whoever belongs to one alone: its navigation stays also where they may not go."""
    own = identity.territories if identity is not None else None
    return next(iter(own)) if own and len(own) == 1 else ""


def _door(shell: Shell, form: Unsent) -> Response[Any]:
    """The sign-in ended while somebody wrote: what was written waits behind it."""
    words = {"problem": "", "said": "", "email": "", "provider": "", "carried": packed(form)}
    return page("account/sign_in.html", shell, words, status_code=401)


def _is_unknown_who(request: Request[Any, Any, Any]) -> bool:
    """Refused before somebody looked whose session it is, or because nobody could."""
    session = cookie_name(request.app.state.settings)
    return "escale_identity" not in request.scope["state"] and session in request.cookies


def _is_our_own(request: Request[Any, Any, Any]) -> bool:
    """A page of ours that a sign-in outdated, on the browser's word; without its word nobody's."""
    return request.headers.get("sec-fetch-site") == "same-origin"
