"""The guide shows what there is: each picture it names exists, and no picture is kept that no page shows."""

import re

from tests.pages.conftest import ROOT
from tests.pages.test_pages_in_a_browser import PICTURES

SHOWN = re.compile(r"images/([\w-]+\.png)")
LINK = re.compile(r"\]\((?!http|#)([^)#]+)")


def _guides() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))


def test_every_picture_is_shown_and_every_one_shown_exists():
    kept = {path.name for path in PICTURES.glob("*.png")}
    assert set(SHOWN.findall(_guides())) == kept


def test_every_link_of_the_guide_leads_to_a_file():
    guide = ROOT / "docs" / "guide" / "README.md"
    links = LINK.findall(guide.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (guide.parent / link).exists()] == []
