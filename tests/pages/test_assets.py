"""What pages are made of: nothing inline, nothing from elsewhere, addresses made from content."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from service.pages.static_files import FOLDER, contents, digest, static_url

ROOT = FOLDER.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<style|javascript:|hx-on|<script(?![^>]*\ssrc=)")
ELSEWHERE = re.compile(r"(?:src|href|url\()\s*=?\s*[\"']?https?://")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_inline_style_or_script_and_no_foreign_address(path: Path):
    source = path.read_text()
    assert not INLINE.search(source)
    assert not ELSEWHERE.search(source)


def test_scripts_never_evaluate_text_and_never_name_another_host():
    for path in (FOLDER / "js").glob("*.js"):
        source = path.read_text()
        assert not re.search(r"\beval\(|new Function|https?://", source), path.name


def test_the_address_of_a_file_changes_with_the_content_of_any():
    assert static_url("escale.css") == f"/static/{digest()}/escale.css"
    assert b"--accent" in contents()["escale.css"]


def test_a_file_that_is_not_there_has_no_address():
    with pytest.raises(KeyError):
        static_url("js/nothing.js")


def test_every_icon_that_a_template_names_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([^"]+)"', (FOLDER / "icons.svg").read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'icon\("([a-z]+)"\)', path.read_text())}
    assert named <= known


def test_the_texts_of_the_templates_can_be_extracted_for_another_language():
    found = list(
        extract_from_dir(
            str(ROOT / "templates"),
            [("**.html", "jinja2.ext:babel_extract")],
            keywords={"_": None, "n_": (1, 2)},
        )
    )
    assert len(found) > 200


def test_the_two_dark_themes_are_the_same():
    source = (FOLDER / "css" / "tokens.css").read_text()
    blocks = re.findall(r'(?:data-theme="dark"\]|data-theme="light"\]\)) \{(.*?)\n\s*\}', source, re.S)
    assert len(blocks) == 2
    first, second = (re.findall(r"--[a-z0-9-]+: [^;]+", block) for block in blocks)
    assert first == second
