"""How a message is written out: its subject with every space, its body in seven bits.

A body goes out in letters that every server takes (quoted-printable or base64): not all take eight bits a letter.
The library folds a long subject between two encoded words at a space, which no reader gives back; it is cut inside of
words here, as RFC 2047 has it.
"""

from email.header import Header
from email.policy import EmailPolicy
from typing import Any


class WholeSubject(EmailPolicy):
    """The usual policy, but for the subject."""

    def fold(self, name: str, value: Any) -> str:
        return _subject(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return _subject(name, value, self.linesep).encode() or super().fold_binary(name, value)


def _subject(name: str, value: Any, line_end: str) -> str:
    """Empty for another head, and for what needs no code."""
    words = str(value)
    if name.lower() != "subject" or words.isascii():
        return ""
    return f"{name}: {Header(words, 'utf-8', header_name=name).encode(linesep=line_end)}{line_end}"


WHOLE_SUBJECT = WholeSubject(linesep="\r\n", cte_type="7bit")
