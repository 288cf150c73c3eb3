"""The page that tells what each story takes says what the stories are held to."""

from pathlib import Path

from tests.pages.counted import COUNTED, COUNTED_OF_A_PARTNER, COUNTED_ON_A_PHONE

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "stories.md"


def test_the_page_says_what_the_stories_are_held_to() -> None:
    rows = [f"| {name} | {found.clicks} | {found.keys} | {found.fields} |" for name, found in COUNTED.items()]
    assert [line for line in PAGE.read_text().splitlines() if line in rows] == rows


def test_the_page_says_what_the_stories_on_a_phone_are_held_to() -> None:
    rows = [f"| {name} | {taps} | {fields} |" for name, (taps, fields) in COUNTED_ON_A_PHONE.items()]
    assert [line for line in PAGE.read_text().splitlines() if line in rows] == rows


def test_the_page_says_what_the_stories_of_a_partner_are_held_to() -> None:
    rows = [f"| {name} | {clicks} | {fields} |" for name, (clicks, fields) in COUNTED_OF_A_PARTNER.items()]
    assert [line for line in PAGE.read_text().splitlines() if line in rows] == rows
