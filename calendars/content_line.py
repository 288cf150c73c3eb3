"""One line of an iCalendar stream on its way out: escaped, folded at 75 octets, never inside a character."""

LIMIT_OCTETS = 75
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A)}
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """A TEXT value: line ends become `\\n`, other control characters go."""
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).translate(_ESCAPES)


def one_line(value: str) -> str:
    """The value without line ends, for what is shown in one line."""
    return " ".join(part for part in value.splitlines() if part)


def uri(value: str) -> str:
    """A URI value: not escaped, but it can never start a new line."""
    return "".join(character for character in value if character.isprintable() and character != " ")


def line(content: str) -> bytes:
    """The line with its CRLF, folded when it is longer than 75 octets (CRLF not counted)."""
    octets = content.encode()
    if len(octets) <= LIMIT_OCTETS:
        return octets + b"\r\n"
    return b"\r\n ".join(_pieces(octets)) + b"\r\n"


def _pieces(octets: bytes) -> list[bytes]:
    pieces, start, room = [], 0, LIMIT_OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, LIMIT_OCTETS - 1
    return [*pieces, octets[start:]]
