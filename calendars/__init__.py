"""Turns bookings into .ics bytes, and .ics bytes into busy time. Pure: no wall clock, no file."""

__version__ = "1"
