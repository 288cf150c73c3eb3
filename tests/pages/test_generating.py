"""Generating a month in a browser: what is said of the facts that a computation takes, and where it is stopped."""

import httpx
import pytest

from db.states import PlanState
from tests.pages.december_draft import MONTH, act, newest
from tests.pages.test_two_coordinators import visitor

__all__ = ["visitor"]
pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.slow]


async def test_the_progress_of_a_month_that_was_never_computed_is_not_found(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await visitor.get("/t/petite/planning/2027-05/calcul/flux")).status_code == 404
    assert (await visitor.get("/t/petite/planning/2027-05/calcul")).status_code in (302, 303)


async def test_a_computation_is_stopped_or_given_up_by_these_words_alone(visitor: httpx.AsyncClient) -> None:
    await act(visitor, "generer")
    assert (await act(visitor, "calcul/nimporte")).status_code == 404
    assert (await newest()).state is PlanState.QUEUED
    assert (await act(visitor, "calcul/abandonner")).status_code == 303
    assert (await newest()).state is PlanState.CANCELLED
    assert (await visitor.get(f"{MONTH}/calcul")).status_code == 200
