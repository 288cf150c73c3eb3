"""Which messages somebody wants: each kind has a default, a choice replaces it."""

KINDS = {
    "published": "Quand un planning est publié : mes changements, en un seul message",
    "today": "Quand quelque chose change dans les 24 heures : tout de suite, un message par changement",
    "changed": "Quand quelque chose change plus tard dans le planning publié",
    "tomorrow": "À 18 h : ma journée de demain",
    "to_fill": "Chaque matin : ce qui reste à renseigner des jours d’avant",
    "own": "Aussi les changements que je fais moi-même",
}
DEFAULTS = {
    "published": True,
    "today": True,
    "changed": True,
    "tomorrow": True,
    "to_fill": True,
    "own": False,
}


def wanted_by(chosen: dict[str, bool]) -> dict[str, bool]:
    return DEFAULTS | {kind: value for kind, value in chosen.items() if kind in DEFAULTS}
