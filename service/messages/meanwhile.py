"""What happened to a draft between its making and its publication that is no broken rule, in French."""

MEANWHILE = {
    "called_off": "Annulation depuis que ce brouillon est fait : {what}, {day}. Pour publier, retirez ce rendez-vous du brouillon ou replanifiez ; pour le maintenir, retirez-le puis remettez-le à la main",
    "booked": "{about} ({day}) : un partenaire y a réservé une place",
    "place_taken": "Une place de ce brouillon vient d’être prise par quelqu’un d’autre",
    "claimed": "Une personne de ce brouillon vient d’être engagée ailleurs au même moment",
}
"""By the rule or the code of what no longer holds."""
