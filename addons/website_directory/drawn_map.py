"""The map of a list of sheets, drawn by us: no tile, no other server."""

from math import cos, pi, radians, sin
from typing import NamedTuple

SIDE = 640
MARGIN = 70
# A village alone still needs ground around it, in degrees of latitude.
SMALLEST = 0.05
# Two numbers closer than this would cover each other.
GAP = 48
EDGE = 26
RINGS = 12


class Mark(NamedTuple):
    number: int
    entry: object
    # From the left and from the top, in units of the drawing.
    x: int
    y: int


class DrawnMap(NamedTuple):
    marks: list
    # Sheets of the other pages: (sheet, x, y).
    dots: list
    # Villages, in units of the drawing.
    grounds: list


def draw(entries, grounds, first=1, others=()):
    """:param entries: sheets of the page, in its order
    :param grounds: [(latitude, longitude)] of the villages
    :param first: number of the first sheet
    :param others: sheets of the other pages
    :return: `DrawnMap`, or None when no sheet says where it is
    """
    placed = [
        (number, entry)
        for number, entry in enumerate(entries, first)
        if entry.latitude or entry.longitude
    ]
    others = [entry for entry in others if entry.latitude or entry.longitude]
    if not placed and not others:
        return None
    points = [(entry.latitude, entry.longitude) for _number, entry in placed]
    further = [(entry.latitude, entry.longitude) for entry in others]
    project = _get_projection(points + further + list(grounds))
    marks = []
    for (number, entry), point in zip(placed, points, strict=True):
        marks.append(Mark(number, entry, *_find_free(*project(*point), marks)))
    dots = [
        (entry, *map(round, project(*point))) for entry, point in zip(others, further, strict=True)
    ]
    return DrawnMap(marks, dots, [tuple(map(round, project(*point))) for point in grounds])


class Frame(NamedTuple):
    """Where the drawing begins, in degrees, and units of the drawing in a degree."""

    west: float
    north: float
    across: float
    down: float
    # (x, y, what stands there)
    grounds: list

    def place(self, latitude, longitude):
        return (
            round((longitude - self.west) * self.across),
            round((self.north - latitude) * self.down),
        )


def frame(grounds):
    """The map on which a point is put: the villages alone.

    :param grounds: [(latitude, longitude, what stands there)]
    """
    project = _get_projection([point[:2] for point in grounds])
    (left, top), (right, bottom) = project(0, 0), project(1, 1)
    across, down = right - left, top - bottom
    places = [(*map(round, project(*point)), told) for *point, told in grounds]
    return Frame(-left / across, top / down, across, down, places)


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
    """Where nothing is yet, as near as can be: ring after ring around its place."""
    for ring in range(RINGS):
        for side in range(max(1, 6 * ring)):
            angle = 2 * pi * side / (6 * ring or 1)
            x = min(max(left + ring * GAP * cos(angle), EDGE), SIDE - EDGE)
            y = min(max(top + ring * GAP * sin(angle), EDGE), SIDE - EDGE)
            if all(max(abs(x - mark.x), abs(y - mark.y)) >= GAP - 1 for mark in marks):
                return round(x), round(y)
    return round(x), round(y)
