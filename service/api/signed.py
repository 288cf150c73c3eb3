"""Handlers made for several kinds of thing: their types, and a query parameter for each filter."""

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any

from litestar import Response
from litestar.params import JSONBody, QueryParameter

from service.edge.problem_json import FILTER


def signed(handler: Callable[..., Any], returns: Any, **types: Any) -> Callable[..., Any]:
    """Gives a handler its types; those of no parameter of its own are filters, which it takes by keyword."""
    hints = {**handler.__annotations__, **types, "return": returns}
    hints.pop("filters", None)
    known = Signature.from_callable(handler).parameters
    own = [
        one.replace(kind=Parameter.KEYWORD_ONLY, annotation=hints[one.name])
        for one in known.values()
        if one.kind is not Parameter.VAR_KEYWORD
    ]
    filters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=type_)
        for name, type_ in types.items()
        if name not in known
    ]
    handler.__signature__ = Signature([*own, *filters], return_annotation=returns)  # type: ignore[attr-defined]
    handler.__annotations__ = hints
    return handler


def filters_of(types: Mapping[str, Any]) -> dict[str, Any]:
    """Optional query parameters, by the name that the handler has for each."""
    return {f"{FILTER}{name}": _filter(name, type_) for name, type_ in types.items()}


def _filter(name: str, type_: Any) -> Any:
    longest = 100 if type_ is str else None
    return Annotated[type_ | None, QueryParameter(name=name, max_length=longest)]


def given(filters: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, by the name of each filter."""
    return {name.removeprefix(FILTER): value for name, value in filters.items() if value is not None}


def answers(content: Any) -> Any:
    """The type of an answer with that content."""
    return Response[content]


def body(content: Any) -> Any:
    """The type of a body with that content."""
    kind: Any = JSONBody
    return kind[content]
