"""A form whose answers are chosen, shown again by the page that asked: the message at the field and above, what was typed in it.

Only a page that is old, or an answer made by hand, is refused here; whoever sent it still reads which question and why.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from litestar import Response

from service.errors import BadInput
from service.pages.context import WRONG_ANSWERS, AnyRequest
from service.pages.form_parts import whole_form
from service.pages.forms import Answers, Field, read

Handler = Callable[..., Awaitable[Any]]
UNPROCESSABLE = 422


class WrongAnswers(BadInput):
    """What a form says cannot be: `answers` hold what was typed and the problem at each field."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers


async def answered(request: AnyRequest, *fields: Field) -> dict[str, Any]:
    """What these fields mean, by name. Raises `WrongAnswers`."""
    answers = await read_answers(request, *fields)
    if answers.problems:
        raise WrongAnswers(answers)
    return answers.values


async def read_answers(request: AnyRequest, *fields: Field) -> Answers:
    """For a form that judges more than each field alone."""
    return read(fields, await whole_form(request))


def asks_again(show: Handler) -> Callable[[Handler], Handler]:
    """Below `@post`: answers `WrongAnswers` with the page that `show` makes from the same parts of the address, 422.

    The page finds them in its shell, as `shell.wrong`.
    """

    def around(handler: Handler) -> Handler:
        @wraps(handler)
        async def answer(request: AnyRequest, **named: Any) -> Any:
            try:
                return await handler(request, **named)
            except WrongAnswers as error:
                request.scope["state"][WRONG_ANSWERS] = error.answers
            shown: Response[Any] = await show(request, **named)
            shown.status_code = UNPROCESSABLE
            return shown

        return answer

    return around
