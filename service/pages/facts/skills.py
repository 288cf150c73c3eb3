"""Skills on forms: those that the territory knows are ticked, another one is written."""

from db.records.facts import Facts
from service.catalogue import text
from service.pages.facts.resource import Values
from service.pages.forms import Answers, Field

LONGEST = 40


def known_skills(facts: Facts) -> tuple[str, ...]:
    """Every skill that somebody has or that something asks for, in order."""
    held = {skill for one in facts.staff for skill in one.skills}
    asked = {skill for one in facts.cadences for skill in one.skills}
    steps = {skill for series in facts.promotions for step in series.sequences for skill in step.skills}
    return tuple(sorted(held | asked | steps))


def skill_fields(facts: Facts, label: str, hint: str) -> tuple[Field, ...]:
    """Boxes when skills are known already, and a line for others."""
    options = tuple((skill, skill) for skill in known_skills(facts))
    boxes = Field(name="skills", label=label, kind="checks", options=options, hint=hint)
    other = Field(name="more_skills", label=text("Autres compétences") if options else label, longest=200,
                  hint=text("« animation, sport », séparées par des virgules.") + ("" if options else f" {hint}"))  # fmt: skip
    return (boxes, other) if options else (other,)


def asked_skill_fields(facts: Facts) -> tuple[Field, ...]:
    """For what is asked of a team: each skill must be held by one of those who come."""
    hint = text("Chacune est tenue par l’une des personnes qui viennent ; rien : tout le monde convient.")
    return skill_fields(facts, text("Compétences demandées"), hint)


def skills_from(values: Values, before: tuple[str, ...]) -> tuple[str, ...]:
    """The skills answered; in the order they had when none was added or taken away."""
    answered = (*values.get("skills", ()), *_written(values["more_skills"]))
    return before if set(answered) == set(before) else tuple(dict.fromkeys(answered))


def _written(line: str) -> tuple[str, ...]:
    words = (" ".join(one.split()).lower() for one in line.split(","))
    return tuple(word for word in words if word)


def check_skills(answers: Answers, _: Facts) -> Answers:
    """Short names only: they are read in reasons."""
    if all(len(one) <= LONGEST for one in _written(answers.values.get("more_skills") or "")):
        return answers
    words = text("{most} caractères au plus par compétence", most=LONGEST)
    return answers.with_problem("more_skills", text("Autres compétences"), words)
