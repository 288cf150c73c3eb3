"""The command: finds the module of a subcommand, loads that one alone and turns errors into exit codes.

Subcommands that work on files load neither the web framework nor the database nor, unless they solve,
the solver: they answer in a fraction of a second.
"""

import errno
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from importlib import import_module
from typing import NamedTuple, NoReturn

from typer.exceptions import Abort, TyperException

from service.collector import collect_seldom
from service.errors import ServiceError

DONE, NEGATIVE, BAD_INPUT, OWN_FAULT, INTERRUPTED = 0, 1, 2, 70, 130


class Subcommand(NamedTuple):
    """Where a subcommand lives (a module whose `app` is a Typer application) and what it does."""

    module: str
    purpose: str


ON_FILES = {
    "solve": Subcommand("service.commands.solve", "plan a problem file"),
    "audit": Subcommand("service.commands.audit", "recount every rule and level of a plan"),
    "score": Subcommand("service.commands.score", "level values of a plan, with what each is made of"),
    "why-not": Subcommand("service.commands.why_not", "why something is not placed, and what would help"),
    "suggest": Subcommand("service.commands.suggest", "the best places of one thing in a plan"),
    "replan": Subcommand("service.commands.replan", "plan a published month again with least change"),
    "compare": Subcommand("service.commands.compare", "two plans, level by level and thing by thing"),
    "schema": Subcommand("service.commands.schema", "JSON Schema of the problem or plan file"),
    "generate": Subcommand("service.commands.generate", "make problem files of invented months"),
    "calendar": Subcommand("service.commands.calendar", "busy time of an .ics file"),
    "register": Subcommand("service.commands.register", "what is kept of whom, for processing registers"),
}
ON_THE_DATABASE = {
    "demo": Subcommand("service.commands.demo", "load, plan, print and publish the example territories"),
    "serve": Subcommand("service.commands.serve", "pages, JSON interface and feeds"),
    "worker": Subcommand("service.commands.worker", "run queued jobs beside the service"),
    "territory": Subcommand("service.commands.territory", "open a territory from ten answers, list them"),
    "account": Subcommand("service.commands.account", "invite somebody, the first administrator too"),
    "plan": Subcommand("service.commands.plan", "plan a territory's month into a draft"),
    "publish": Subcommand("service.commands.publish", "publish a territory's draft"),
    "feed": Subcommand("service.commands.feed", "write a calendar feed to a file"),
    "retention": Subcommand("service.commands.retention", "what has had its time; --apply lets it go"),
    "db": Subcommand("service.commands.database", "upgrade, back up, restore, check the database"),
}

EXIT_CODES = """\
Exit codes:
  0    done; audit: no rule is broken
  1    a negative answer: audit found a breach, publish was refused, check found a fault
  2    bad input: an option, a setting or a file, named in one line on standard error
  70   a fault of escale itself, with a traceback
  130  interrupted; solve keeps the best plan found and exits 0
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return DONE if given else BAD_INPUT
    subcommand = (ON_FILES | ON_THE_DATABASE).get(given[0])
    if subcommand is None:
        sys.stderr.write(f"escale: no command {given[0]!r}; escale --help lists them\n")
        return BAD_INPUT
    return _run(subcommand, given)


def run() -> NoReturn:
    """The command as a process of its own.

    Work on files ends it at once: to give a very large month's memory back piece by piece takes longer than
    the search may go beyond its limit.
    """
    collect_seldom()
    code = main()
    if sys.argv[1:2] and sys.argv[1] in ON_FILES:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def overview() -> str:
    """The text of `escale --help`."""
    lines = ["Usage: escale COMMAND [OPTIONS]; escale COMMAND --help tells more", ""]
    for title, commands in (
        ("On files, without any database:", ON_FILES),
        ("With the database:", ON_THE_DATABASE),
    ):
        lines += [title, *(f"  {name:10}{command.purpose}" for name, command in commands.items()), ""]
    return "\n".join(lines) + "\n" + EXIT_CODES


def _run(subcommand: Subcommand, given: list[str]) -> int:
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115  (closed by whoever called us)
    try:
        with _terminated_like_interrupted() if given[0] in ON_FILES else nullcontext():
            began = time.monotonic()
            with _uninterrupted():
                app = import_module(subcommand.module).app
            code = app(args=given[1:], prog_name=f"escale {given[0]}", standalone_mode=False, obj=began)
            sys.stdout.flush()
    except SystemExit as end:
        return _exit_code(end)
    except TyperException as error:
        sys.stderr.write(f"escale: {_in_one_line(error)}\n")
        return BAD_INPUT
    except ServiceError as error:
        sys.stderr.write(f"escale: {error}\n")
        return BAD_INPUT if error.status != 409 else NEGATIVE
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`escale audit … | head`): say nothing more to it.
        _forget_output()
        return DONE
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _own_fault()
        sys.stderr.write(f"escale: standard output: cannot be written ({error.strerror})\n")
        _forget_output()
        return BAD_INPUT
    except Exception:
        return _own_fault()
    return code if isinstance(code, int) else DONE


def _own_fault() -> int:
    traceback.print_exc()
    return OWN_FAULT


def _forget_output() -> None:
    """What is still buffered goes nowhere, instead of failing once more at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM ends a command like Ctrl+C; `solve` listens to both itself while it searches."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl+C and SIGTERM wait until all is loaded: libraries that are interrupted then fail in their own way."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_one_line(error: TyperException) -> str:
    """What is wrong with an option, as Typer words it."""
    return " ".join(error.format_message().split())


def _exit_code(end: SystemExit) -> int:
    return end.code if isinstance(end.code, int) else DONE if end.code is None else BAD_INPUT


if __name__ == "__main__":
    run()
