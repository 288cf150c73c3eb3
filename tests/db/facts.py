"""A small territory that holds one of every kind of fact, for tests."""

from datetime import UTC, date, datetime

from db.queries.territories import add_territory
from db.records.cadence import Cadence, CadenceException, HistoryDate, Promotion, Sequence
from db.records.facts import FactSet
from db.records.participant import Hours, InterviewNeed, Participant, Path, Volume
from db.records.partner import Partner, PartnerSite
from db.records.site import Closure, Opening, Room, Site, Travel
from db.records.staff import (
    Absence,
    Accreditation,
    BusyMark,
    Meeting,
    Speaker,
    StaffMember,
    WeeklyAvailability,
    Wish,
)
from db.records.territory import HolidayOverride, Programme, Stage, Territory


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of December 2026, UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def on(day: int) -> date:
    """A date of December 2026."""
    return date(2026, 12, day)


async def make_territory(code: str = "somme") -> Territory:
    return await add_territory(
        code=code, name=code.title(), zone="Europe/Paris", departements=("80",), settings={"notice_days": 3}
    )


GAGNY = Site(
    code="gagny",
    name="Centre de semi-liberté de Gagny",
    kind="semi_liberte",
    short_name="CSL Gagny",
    holds_detained=True,
    demands_accreditation=True,
    rooms=(Room(code="salle-b", name="Salle B", seats=8), Room(code="salle-a", seats=12)),
    openings=(
        Opening(weekday=2, half_day="am", from_hour="09:00", to_hour="12:00", slot_minutes=45),
        Opening(weekday=4, half_day="pm", from_hour="14:00", to_hour="17:00", from_on=on(1)),
    ),
)
BUREAU = Site(code="bureau", name="Bureau", kind="bureau", interview_places=2)
AR = StaffMember(
    code="AR",
    name="A. R.",
    base="bureau",
    skills=("animation", "cip"),
    availability=(WeeklyAvailability(weekday=1, half_day="am", from_hour="09:00", to_hour="12:30"),),
    accreditations=(Accreditation(site="gagny", until_on=on(31)),),
)
LD = StaffMember(code="LD", name="L. D.", etp_percent=50)
KM = Participant(code="KM4821", any_hour=False, hours=(Hours(weekday=2, from_hour="09:00", to_hour="11:00"),))


def every_fact() -> FactSet:
    """One of every kind at least."""
    return FactSet(
        programmes=(Programme(code="o2r", name="O2R", rhythm=(Stage(every_weeks=2, tolerance_weeks=1),)),),
        sites=(GAGNY, BUREAU),
        closures=(Closure(code="travaux", site="gagny", from_on=on(21), until_on=on(24), half_day="am"),),
        staff=(AR, LD),
        absences=(Absence(code="conge-ar", staff="AR", starts_at=at(7, 8), ends_at=at(9, 18), kind="leave"),),
        busy_marks=(BusyMark(code="pris-ld", staff="LD", half_day="pm", weekday=3),),
        wishes=(Wish(code="souhait", staff="LD", half_day="am", wish="avoid", wished_on=on(4)),),
        speakers=(Speaker(code="greta", name="Greta", accreditations=(Accreditation(site="gagny"),)),),
        meetings=(
            Meeting(
                code="equipe",
                title="Réunion",
                starts_at=at(8, 9),
                ends_at=at(8, 11),
                site="bureau",
                attendees=("AR", "LD"),
            ),
        ),
        participants=(KM,),
        paths=(
            Path(
                code="KM4821-o2r",
                programme="o2r",
                participant="KM4821",
                referent="AR",
                entry_on=on(1),
                rhythm=(Stage(every_weeks=1),),
                sites=("bureau",),
            ),
        ),
        promotions=(
            Promotion(
                code="sas-7",
                name="Promotion 7",
                site="gagny",
                seats=12,
                participants=("KM4821",),
                animators_before=("LD",),
                sequences=(
                    Sequence(
                        code="info",
                        title="Information collective",
                        from_on=on(1),
                        until_on=on(10),
                        speaker="greta",
                        speaker_dates=(on(3), on(8)),
                    ),
                    Sequence(code="bilan", title="Bilan", from_on=on(8), until_on=on(31)),
                ),
            ),
        ),
        cadences=(
            Cadence(
                code="gagny-permanence",
                name="Permanence Gagny",
                site="gagny",
                asked=3,
                min_days=5,
                usual_staff=("AR",),
                partner_places=1,
                weekdays=(2, 4),
                exceptions=(CadenceException(from_on=on(8), to_on=on(10)),),
                history=(HistoryDate(held_on=date(2026, 11, 24), half_day="am"),),
            ),
        ),
        needs=(
            InterviewNeed(
                code="KM4821/diagnostic",
                participant="KM4821",
                path="KM4821-o2r",
                from_on=on(1),
                until_on=on(20),
                kind="diagnostic",
                sites=("gagny", "bureau"),
            ),
        ),
        volumes=(Volume(code="suivis-ar", amount=8, referent="AR", sites=("bureau",)),),
        partners=(
            Partner(code="spip-93", name="SPIP 93", sites=(PartnerSite(site="gagny", lead_hours=48),)),
        ),
        travel=(Travel(from_site="gagny", to_site="bureau", minutes=50),),
        holidays=(HolidayOverride(held_on=on(26), name="Saint-Étienne"),),
    )
