"""What reads, checks and recounts needs no solver, and starts without one."""

import subprocess
import sys

import pytest

PROBE = "import sys, {module}; sys.exit(any(name.startswith('ortools') for name in sys.modules))"


@pytest.mark.parametrize("module", ["planner", "planner.audit", "planner.problem_file", "planner.rules"])
def test_no_solver_is_loaded(module: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROBE.format(module=module)], check=False)
    assert done.returncode == 0
