"""Every kind of fact that the JSON interface offers."""

from db.records import cadence, participant, partner, site, staff, territory
from service.api.facts import reaches
from service.api.facts.handlers import handlers_of
from service.api.facts.resource import Resource
from service.edge.guards import COORDINATORS, TEAM
from service.schemas.facts import people, places, standing, team

DATES = ("from_on", "until_on")

RESOURCES: tuple[Resource, ...] = (
    Resource(
        path="programmes",
        one="programme",
        record=territory.Programme,
        body=places.ProgrammeBody,
        filters=("archived",),
    ),
    Resource(path="sites", one="site", record=site.Site, body=places.SiteBody, filters=("kind", "archived")),
    Resource(
        path="closures",
        one="closure",
        record=site.Closure,
        body=places.ClosureBody,
        filters=("site", *DATES),
        reach=reaches.of_closure,
    ),
    Resource(
        path="staff", one="staff_member", record=staff.StaffMember, body=team.StaffBody, filters=("archived",)
    ),
    Resource(
        path="absences",
        one="absence",
        record=staff.Absence,
        body=team.AbsenceBody,
        filters=("staff", *DATES),
        writers=TEAM,
        owner="staff",
        own_create=True,
        reach=reaches.of_absence,
    ),
    Resource(
        path="busy_marks",
        one="busy_mark",
        record=staff.BusyMark,
        body=team.BusyMarkBody,
        filters=("staff", *DATES),
        writers=TEAM,
        owner="staff",
        reach=reaches.of_busy_mark,
    ),
    Resource(
        path="wishes",
        one="wish",
        record=staff.Wish,
        body=team.WishBody,
        filters=("staff", *DATES),
        writers=TEAM,
        owner="staff",
        private=True,
    ),
    Resource(
        path="speakers", one="speaker", record=staff.Speaker, body=team.SpeakerBody, filters=("archived",)
    ),
    Resource(
        path="meetings",
        one="meeting",
        record=staff.Meeting,
        body=team.MeetingBody,
        filters=("kind", "attendee", *DATES),
        reach=reaches.of_meeting,
    ),
    Resource(
        path="cadences",
        one="cadence",
        record=cadence.Cadence,
        body=standing.CadenceBody,
        filters=("kind", "site", "programme", "archived"),
    ),
    Resource(
        path="promotions",
        one="promotion",
        record=cadence.Promotion,
        body=standing.PromotionBody,
        filters=("site", "programme", "state", "archived"),
    ),
    Resource(
        path="participants",
        one="participant",
        record=participant.Participant,
        body=people.ParticipantBody,
        person="code",
        code=people.Reference,
        removable=False,
    ),
    Resource(
        path="paths",
        one="path",
        record=participant.Path,
        body=people.PathBody,
        filters=("participant", "programme", "referent", "state"),
        person="participant",
    ),
    Resource(
        path="needs",
        one="need",
        record=participant.InterviewNeed,
        body=people.NeedBody,
        slashes=True,
        filters=("participant", "programme", "referent", "state", "kind", "site", *DATES),
        person="participant",
    ),
    Resource(
        path="volumes",
        one="volume",
        record=participant.Volume,
        body=people.VolumeBody,
        filters=("referent", "programme", "archived"),
    ),
    Resource(
        path="partners",
        one="partner",
        record=partner.Partner,
        body=people.PartnerBody,
        filters=("kind", "site", "archived"),
        readers=COORDINATORS,
    ),
)

FACTS = tuple(handler for resource in RESOURCES for handler in handlers_of(resource))
