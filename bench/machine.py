"""What a measure was taken on: processor, memory, versions, what else ran beside it, the code."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path


def described() -> str:
    """One line for the head of a report."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory_gib()} GiB; {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, OR-Tools {version('ortools')}, msgspec {version('msgspec')}; "
        f"load {os.getloadavg()[0]:.1f} at the end; commit {_commit()}"
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return outcome.stdout.strip() or "unknown"
