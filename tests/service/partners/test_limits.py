"""The last value that is still taken and the first that is not, where a partner types or a site is opened to one."""

from datetime import date, timedelta

import msgspec
import pytest

from db.records.partner import PartnerSite
from service.pages.partner.orienting import read_form
from service.partners.errors import WrongForm
from service.partners.form import OrientationForm, checked
from service.partners.opened import is_opened_on
from service.partners.settings import PartnerSettings

FROM, UNTIL = date(2026, 12, 7), date(2026, 12, 18)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "is_opened"), [(FROM - DAY, False), (FROM, True), (UNTIL, True), (UNTIL + DAY, False)]
)
def test_a_site_is_opened_to_a_partner_on_both_its_ends(on: date, is_opened: bool) -> None:
    assert is_opened_on(PartnerSite(site="gagny", from_on=FROM, until_on=UNTIL), on) is is_opened


def test_initials_are_signed_with_twelve_signs_at_most() -> None:
    settings = PartnerSettings()
    form = OrientationForm(
        label="94-1211",
        need=next(iter(settings.needs)),
        officer="MM. DD. AA.B",
        officer_phone="01 45 67 89 10",
    )
    assert checked(form, settings).officer == "MM. DD. AA.B"
    with pytest.raises(WrongForm):
        checked(msgspec.structs.replace(form, officer="MM. DD. AA. B"), settings)


@pytest.mark.parametrize("leave", ["peut-être", "OUI", "1"])
def test_a_choice_about_leave_that_no_page_offers_is_refused_at_its_field(leave: str) -> None:
    typed = dict.fromkeys(("label", "need", "officer", "officer_phone", "leave_by"), "") | {"leave": leave}
    with pytest.raises(WrongForm) as refusal:
        read_form(typed)
    assert [field for field, _ in refusal.value.problems] == ["leave"]
