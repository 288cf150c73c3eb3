"""Rule `staffing`, the solver's half."""

from planner.model import Model


def post(model: Model) -> None:
    """Held exactly when its number of staff is there, each skill by one of them."""
    program, variables = model.program, model.variables
    for index, held in enumerate(variables.held):
        work, team = variables.work(index), variables.team[index]
        if model.is_complete(index):
            continue
        terms = [(variable, 1) for variable in team.values()]
        if program.lower[held]:
            program.limit(terms, work.staff_count)
            continue
        program.equal([*terms, (held, -work.staff_count)])
        if work.staff_count > 1:
            for variable in team.values():
                program.implies(variable, held)
        for skill in work.skills:
            able = [v for person, v in team.items() if skill in model.facts.staff[person].skills]
            program.implies_one(held, able)
