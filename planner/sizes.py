"""Sizes of a month from which another way of solving it is the better one; measured on generated months."""

from typing import NamedTuple


class Sizes(NamedTuple):
    """What a solve compares a month with."""

    looked_through: int = 450_000
    """Takes up to which every place of every need is looked at."""
    in_one: int = 100_000
    """Variables up to which a month is searched as a whole."""
    drawn: int = 40_000
    """Pairs of person and half-day, over all that is to be held, above which plans are drawn before the model."""
    around: int = 30_000
    """Variables from which a month is seldom proven soon: most of the time is for better plans on all levels."""
    raced: int = 1_500
    """Variables below which a first look is over before a second kind of solver could help."""
    looked_near: int = 3_000
    """Variables below which proving is as soon done as looking for a good plan first."""


SIZES = Sizes()
