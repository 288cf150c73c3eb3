"""How pages look to one person on one device: colours, contrast, size of the cells, keys of the board. Kept in a cookie."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar.datastructures import Cookie

from service.catalogue import text
from service.pages.context import LOOK_COOKIE, AnyRequest
from service.pages.forms import Field
from service.settings import Settings

A_YEAR = 365 * 24 * 3600
USUAL = "usual"
APPEARANCE = (
    Field(name="theme", label=text("Couleurs"), kind="radios", default=(USUAL,),
          options=((USUAL, text("comme l’appareil")), ("light", text("claires")), ("dark", text("sombres")))),
    Field(name="contraste", label=text("Contraste"), kind="radios", default=(USUAL,),
          options=((USUAL, text("comme l’appareil")), ("more", text("fort")))),
    Field(name="cases", label=text("Cases du tableau"), kind="radios", default=(USUAL,),
          hint=text("Les grandes se touchent plus facilement ; le mois défile alors de côté."),
          options=((USUAL, text("habituelles")), ("large", text("grandes")))),
    Field(name="touches", label=text("Lettres du tableau"), kind="radios", default=(USUAL,),
          hint=text("Une lettre seule agit sur la case choisie : M déplace, E épingle."),
          options=((USUAL, text("actives")), ("non", text("coupées")))),
)  # fmt: skip
OF_THE_BOARD = ("cases", "touches")
APPEARANCE_ELSEWHERE = tuple(field for field in APPEARANCE if field.name not in OF_THE_BOARD)
"""What whoever sees no board is asked."""


def shown_choices(request: AnyRequest) -> dict[str, tuple[str, ...]]:
    """What is ticked now, by the name of its field."""
    kept = dict(parse_qsl(request.cookies.get(LOOK_COOKIE, "")))
    return {
        field.name: (kept[field.name],)
        if kept.get(field.name) in {code for code, _ in field.options}
        else field.default
        for field in APPEARANCE
    }


def appearance_cookie(settings: Settings, chosen: dict[str, Any]) -> Cookie:
    """Only what differs from the usual is kept."""
    kept = urlencode({name: code for name, code in chosen.items() if code and code != USUAL})
    return Cookie(
        key=LOOK_COOKIE,
        value=kept,
        path="/",
        max_age=A_YEAR,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
