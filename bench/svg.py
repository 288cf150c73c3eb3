"""A small plot as SVG text: points and lines on logarithmic or linear axes, readable without colour."""

from collections.abc import Sequence
from math import log10
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 360, 70, 40, 190, 50
DASHES = ("", "6 3", "2 3", "9 3 2 3", "1 4")
INKS = ("#1b4f72", "#a04000", "#1e8449", "#6c3483", "#7f6000")


class Series(NamedTuple):
    """Points (x, y) of one line, with its name in the legend."""

    name: str
    points: tuple[tuple[float, float], ...]


class Axes(NamedTuple):
    title: str
    x: str
    y: str


def plot(axes: Axes, series: Sequence[Series]) -> str:
    """An SVG document; y is logarithmic, x linear. Points that are not positive are left out."""
    kept = [Series(one.name, tuple(p for p in one.points if p[1] > 0)) for one in series]
    xs = [x for one in kept for x, _ in one.points] or [0.0, 1.0]
    ys = [y for one in kept for _, y in one.points] or [1.0]
    frame = _Frame(min(xs), max(xs), _power_below(min(ys)), _power_above(max(ys)))
    parts = [_head(axes), *_grid(frame), *_x_ticks(frame)]
    for index, one in enumerate(kept):
        parts += _line(frame, one, index)
    return "\n".join([*parts, "</svg>", ""])


class _Frame(NamedTuple):
    """Where numbers land on the page; y bounds are powers of ten."""

    x_low: float
    x_high: float
    y_low: int
    y_high: int

    def x(self, value: float) -> float:
        share = (value - self.x_low) / ((self.x_high - self.x_low) or 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        share = (log10(value) - self.y_low) / ((self.y_high - self.y_low) or 1)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _power_below(value: float) -> int:
    return int(log10(value) // 1)


def _power_above(value: float) -> int:
    return max(_power_below(value) + 1, int(-(-log10(value) // 1)))


def _head(axes: Axes) -> str:
    middle = HEIGHT / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" role="img" aria-label="{escape(axes.title)}">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="22" font-size="15">{escape(axes.title)}</text>\n'
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(axes.x)}</text>\n'
        f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">{escape(axes.y)}</text>'
    )


def _grid(frame: _Frame) -> list[str]:
    found = []
    for power in range(frame.y_low, frame.y_high + 1):
        y = frame.y(10.0**power)
        found.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        found.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g}</text>')
    return found


def _x_ticks(frame: _Frame) -> list[str]:
    values = sorted({frame.x_low + (frame.x_high - frame.x_low) * part / 4 for part in range(5)})
    y = HEIGHT - BOTTOM + 18
    return [f'<text x="{frame.x(x)}" y="{y}" text-anchor="middle">{x:.3g}</text>' for x in values]


def _line(frame: _Frame, one: Series, index: int) -> list[str]:
    ink, dash = INKS[index % len(INKS)], DASHES[index % len(DASHES)]
    places = [(frame.x(x), frame.y(y)) for x, y in one.points]
    path = " ".join(f"{x},{y}" for x, y in places)
    top = TOP + 18 * index
    found = [
        f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{dash}"/>'
    ]
    found += [f'<circle cx="{x}" cy="{y}" r="3" fill="{ink}"/>' for x, y in places]
    found.append(
        f'<line x1="{WIDTH - RIGHT + 12}" x2="{WIDTH - RIGHT + 40}" y1="{top}" y2="{top}" '
        f'stroke="{ink}" stroke-width="2" stroke-dasharray="{dash}"/>'
    )
    found.append(f'<text x="{WIDTH - RIGHT + 46}" y="{top + 4}">{escape(one.name)}</text>')
    return found
