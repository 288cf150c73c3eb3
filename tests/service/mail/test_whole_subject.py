"""What is read of a subject is what was written, whatever its length."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from service.mail.whole_subject import WHOLE_SUBJECT

WORDS = [
    "Places",
    "bientôt",
    "rares\xa0:",
    "QSL",
    "été",
    "déjà",
    "d’accès",
    "l’équipe",
    "œuvre",
    "9\xa0h\xa030,",
    "«",
    "lieu",
    "»",
]


def read_again(subject: str) -> tuple[str, bytes]:
    message = EmailMessage(policy=WHOLE_SUBJECT)
    message["Subject"] = subject
    message.set_content("Bonjour,\n")
    sent = message.as_bytes()
    return str(message_from_bytes(sent, policy=default)["Subject"]), sent


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_a_subject_arrives_with_every_space_in_lines_that_are_short_enough(words: list[str]) -> None:
    subject = " ".join(words)
    read, sent = read_again(subject)
    assert read == subject
    assert all(len(line) <= 78 for line in sent.partition(b"\r\n\r\n")[0].splitlines())


def test_a_subject_that_lost_a_space_keeps_it() -> None:
    subject = "Places bientôt rares\N{NO-BREAK SPACE}: QSL Villejuif\N{NO-BREAK SPACE}: 1\N{NO-BREAK SPACE}place libre en 4 semaines, 6,0\N{NO-BREAK SPACE}demandes"
    assert read_again(subject)[0] == subject


def test_an_accented_body_leaves_in_seven_bits_and_is_read_as_it_was_written() -> None:
    body = "Été à Villejuif\N{NO-BREAK SPACE}: déjà 3\N{NO-BREAK SPACE}places\n" + "é" * 1_200 + "\n"
    message = EmailMessage(policy=WHOLE_SUBJECT)
    message.set_content(body)
    sent = message.as_bytes()
    read = message_from_bytes(sent, policy=default)
    assert sent.isascii()
    assert read["Content-Transfer-Encoding"] in ("quoted-printable", "base64")
    assert read.get_content().splitlines() == body.splitlines()
    assert max(len(line) for line in sent.splitlines()) <= 78
