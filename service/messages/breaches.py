"""What each rule says when it is broken: one sentence for each of its codes.

`{about}` is the person or thing concerned, `{site}`, `{day}`, `{week}`, `{fact}` what else the breach names,
`{amount}` how much, `{length}` as a length of time, `{people}`, `{places}`, `{days}`, `{halves}` the same with its unit.
"""

BREACHES: dict[str, dict[str, str]] = {
    "one_place_at_a_time": {
        "two_presences": "{about} devrait être à deux endroits à la fois {day} : {fact}",
        "travel": "{about} n’a pas le temps du trajet {day} : il manque {length}",
        "occupied": "{about} a déjà autre chose {day} : {fact}",
    },
    "availability": {
        "outside_pattern": "{about} : hors des horaires de travail {day}",
        "wrong_where": "{about} : en télétravail ou au bureau {day}, pas sur place à {site}",
        "absent": "{about} : absence {day}",
        "holiday": "{about} : {day} est un jour férié",
    },
    "accreditation": {"not_accredited": "{about} : pas d’autorisation d’accès valable à {site} {day}"},
    "access_notice": {"list_already_sent": "{about} : trop tard pour l’annoncer à {site} {day}"},
    "site_open": {
        "no_opening": "{site} n’ouvre pas {day}",
        "closed": "{site} est fermé {day}",
        "holiday": "{site} est fermé {day}, jour férié",
        "session_hours": "{about} ne tient pas dans les heures d’ouverture de {site} {day}",
    },
    "staffing": {
        "too_few": "{about} {day} : il manque {people}",
        "too_many": "{about} {day} : {people} de trop",
        "skill_missing": "{about} {day} : personne n’a la compétence « {fact} »",
    },
    "cadence": {
        "too_many": "{about} : {amount} de plus que demandé",
        "not_asked": "{about} : rien n’est demandé {day}",
        "wrong_weekday": "{about} : pas ce jour de la semaine ({day})",
        "dropped": "{about} : cette date a été retirée ({day})",
        "wrong_half_day": "{about} : pas dans cette demi-journée ({day})",
        "half_missing": "{about} : il manque l’autre demi-journée ({day})",
        "staff_differ": "{about} : pas les mêmes personnes matin et après-midi ({day})",
        "no_session": "{about} : aucune séance de la promotion {day}",
        "no_animator": "{about} : sans personne qui anime la séance {day}",
        "wrong_site": "{about} : pas au bon lieu ({site}) {day}",
    },
    "spacing": {"too_close": "{about} : trop près d’une autre date ({day}), il manque {days}"},
    "sequence_order": {
        "wrong_site": "{about} : pas au lieu de la promotion ({site})",
        "wrong_weekday": "{about} : pas le jour de la promotion ({day})",
        "wrong_half_day": "{about} : pas la demi-journée de la promotion ({day})",
        "outside_window": "{about} : hors de la période prévue ({day})",
        "already_done": "{about} : déjà tenue",
        "previous_missing": "{about} : la séquence précédente n’est pas placée",
        "too_early": "{about} : trop tôt après la séquence précédente ({day})",
        "too_late": "{about} : trop tard après la séquence précédente ({day})",
    },
    "room": {
        "no_room": "{about} : sans salle {day}",
        "too_small": "{about} : salle trop petite {day}, il manque {places}",
        "room_taken": "{about} : salle déjà prise {day}",
    },
    "speaker_present": {"speaker_absent": "{about} : l’intervenant extérieur ne vient pas {day}"},
    "interview_window": {
        "outside_dates": "{about} : hors des dates demandées ({day})",
        "outside_hours": "{about} : la personne ne peut pas venir à cette heure ({day})",
        "leave_notice": "{about} : trop tôt pour demander l’autorisation de sortie ({day})",
    },
    "interview_place": {
        "wrong_site": "{about} : pas dans un lieu demandé ({day})",
        "nobody_there": "{about} : sans permanence ni demi-journée de bureau ({day})",
        "not_in_permanence": "{about} : hors d’une permanence ({day})",
        "call_off_slots": "{about} : appel hors des créneaux ({day})",
        "call_during_presence": "{about} : appel pendant une permanence ou une séance ({day})",
        "not_an_office": "{about} : {site} n’est pas un bureau",
        "empty_office": "{about} : demi-journée de bureau sans entretien ({day})",
    },
    "interview_staff": {"not_the_referent": "{about} : pas avec son référent ou sa référente ({day})"},
    "interview_capacity": {
        "off_slots": "{about} : hors des créneaux ({day})",
        "two_people": "{about} : deux entretiens en même temps ({day})",
        "slot_booked": "{about} : le créneau de {fact} est réservé par un partenaire ({day})",
        "places_full": "{site} : plus d’entretiens à {fact} que de places ({day})",
    },
    "partner_places": {"too_few_free": "{about} {day} : il manque {places} pour les partenaires"},
    "participant_one_at_a_time": {
        "same_half_day": "{about} : deux rendez-vous dans la même demi-journée ({day})",
        "too_close": "{about} : deux rendez-vous trop proches ({day})",
        "too_soon_after_last": "{about} : trop tôt après le dernier rendez-vous ({day})",
    },
    "workload": {
        "day_full": "{about} : journée trop chargée ({day})",
        "week_full": "{about} : {week} trop chargée, {halves} de trop",
        "month_full": "{about} : mois trop chargé, {halves} de trop",
        "protected": "{about} : il ne reste pas assez de demi-journées libres ({week})",
    },
    "pinned": {"pin_not_kept": "{about} : l’épingle n’est pas suivie"},
    "frozen": {
        "moved": "{about} : déjà annoncé, trop tard pour le déplacer ({day})",
        "placed_too_near": "{about} : trop tard pour l’ajouter {day}",
    },
}
