"""Letters of ordinals are raised in texts, and nothing else of a page changes."""

import pytest

from service.pages.raised_ordinals import raised


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>mardi 1er décembre</p>", "<p><raised-text>mardi 1<sup>er</sup> décembre</raised-text></p>"),
        (
            "<b>1re</b> et 2e fois<br>",
            "<b><raised-text>1<sup>re</sup></raised-text></b><raised-text> et 2<sup>e</sup> fois</raised-text><br>",
        ),
        (
            "<td>du 1er au 1er janv.</td>",
            "<td><raised-text>du 1<sup>er</sup> au 1<sup>er</sup> janv.</raised-text></td>",
        ),
        ('<svg><text x="1">1er déc., 2e</text></svg>', '<svg><text x="1">1ᵉʳ déc., 2ᵉ</text></svg>'),
    ],
)
def test_the_letters_of_an_ordinal_are_raised(written: str, shown: str) -> None:
    assert raised(written) == shown


@pytest.mark.parametrize(
    "page",
    [
        '<a title="le 1er décembre" href="?le=1er">vu</a>',
        "<title>Mardi 1er décembre</title>",
        "<option>1re salle</option>",
        "<textarea>le 1er</textarea>",
        "<code>a1e-12e-x1er</code>",
        "<p>1&#8239;er, 9e9, 100e, 21 décembre</p>",
    ],
)
def test_attributes_plain_elements_and_codes_stay_as_they_are(page: str) -> None:
    assert raised(page) == page
