"""The map of a page of sheets, drawn by us: no tile, no other server."""

from math import cos, hypot, radians
from typing import NamedTuple

SIDE = 640
MARGIN = 70
# A village alone still needs ground around it, in degrees of latitude.
SMALLEST = 0.05
# Two numbers closer than this would cover each other; in percent of the side.
GAP = 7
TURNS = 24


class Mark(NamedTuple):
    number: int
    entry: object
    # In percent of the side, from the left and from the top.
    left: float
    top: float


class DrawnMap(NamedTuple):
    marks: list
    # Villages, in units of the drawing.
    grounds: list


def draw(entries, grounds, first=1):
    """:param entries: sheets of the page, in its order
    :param grounds: [(latitude, longitude)] of the villages
    :param first: number of the first sheet
    :return: `DrawnMap`, or None when no sheet says where it is
    """
    placed = [
        (number, entry)
        for number, entry in enumerate(entries, first)
        if entry.latitude or entry.longitude
    ]
    if not placed:
        return None
    points = [(entry.latitude, entry.longitude) for _number, entry in placed]
    project = _get_projection(points + list(grounds))
    marks = []
    for (number, entry), point in zip(placed, points, strict=True):
        left, top = (100 * value / SIDE for value in project(*point))
        marks.append(Mark(number, entry, *_find_free(left, top, marks)))
    return DrawnMap(marks, [tuple(map(round, project(*point))) for point in grounds])


def _get_projection(points):
    latitudes, longitudes = zip(*points, strict=True)
    middle = (max(latitudes) + min(latitudes)) / 2
    centre = (max(longitudes) + min(longitudes)) / 2
    narrowing = cos(radians(middle))
    span = max(
        max(latitudes) - min(latitudes),
        (max(longitudes) - min(longitudes)) * narrowing,
        SMALLEST,
    )
    scale = (SIDE - 2 * MARGIN) / span

    def project(latitude, longitude):
        return (
            SIDE / 2 + (longitude - centre) * narrowing * scale,
            SIDE / 2 - (latitude - middle) * scale,
        )

    return project


def _find_free(left, top, marks):
    """Beside its place when another number is there already."""
    for turn in range(TURNS):
        ring, side = divmod(turn + 2, 3)
        x = left + (side - 1) * GAP * (turn > 0)
        y = top + ring * GAP * (turn > 0) * (1 if top < 50 else -1)
        x, y = min(max(x, 3), 97), min(max(y, 3), 97)
        if all(hypot(x - mark.left, y - mark.top) >= GAP - 1 for mark in marks):
            break
    return round(x, 1), round(y, 1)
