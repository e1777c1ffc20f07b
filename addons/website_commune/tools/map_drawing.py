"""The map of the communes, drawn by us of their centres: no tile, no other server."""

from math import cos, radians, sqrt
from typing import NamedTuple

from .drawing import circle, path, svg

SIDE = 640
# Ground around the outermost villages.
MARGIN = 75
# A plate, in pixels: what its letters and its frame take.
LETTER, FRAME, TALL = 9, 24, 32
# Half of a house, and how far from it a plate stands.
HOUSE, GAP = 9, 6


class Name(NamedTuple):
    """A plate on the map: its middle, in percent of the side."""

    name: str
    url: str
    left: float
    top: float


def draw_map(points):
    """:param points: [(name, population, latitude, longitude, url)]"""
    if not points:
        return svg("", SIDE, SIDE, is_slice=False)
    places = _project(points)
    spots = list(places.values())
    drawn = "".join(circle(round(x), round(y), 68, "far") for x, y in spots)
    drawn += "".join(circle(round(x), round(y), 61, "ground") for x, y in spots)
    people = {point[-1]: point[1] for point in points}
    for url, (x, y) in sorted(places.items(), key=lambda each: each[1][1]):
        drawn += _draw_house(x, y, people[url])
    return svg(drawn, SIDE, SIDE, is_slice=False)


def place_names(points, width, limit):
    """The plates that fit on a map of this width without covering each other, the largest
    communes first.

    :return: list of Name
    """
    scale = width / SIDE
    spots = {url: (x * scale, y * scale) for url, (x, y) in _project(points).items()}
    taken, names = [], {}
    by_people = sorted(points, key=lambda point: (-(point[1] or 0), point[0]))
    # On a large map a plate hides no other house, as long as there is such a place; on a small
    # one the largest communes come first.
    for is_strict in (True, False) if width > SIDE else (False,):
        for name, _population, _latitude, _longitude, url in by_people:
            others = [spot for other, spot in spots.items() if other != url and is_strict]
            wide = len(name) * LETTER + FRAME
            for left, top in _get_places_around(*spots[url], wide, scale):
                box = (left - wide / 2, top - TALL / 2, left + wide / 2, top + TALL / 2)
                if url not in names and len(names) < limit and _is_free(box, taken, others, width):
                    taken.append(box)
                    left, top = round(100 * left / width, 1), round(100 * top / width, 1)
                    names[url] = Name(name, url, left, top)
    return sorted(names.values())


def _get_places_around(x, y, wide, scale):
    """Around a house, the best first: above, below, at its side, then a little further."""
    house = HOUSE * scale
    up, down = y - house - GAP - TALL / 2, y + house + GAP + TALL / 2
    side = wide / 2 + house + GAP
    for across in (0, wide / 4, -wide / 4):
        yield x + across, up
        yield x + across, down
    for rise in (0, -TALL / 3, TALL / 3):
        yield x + side, y + rise
        yield x - side, y + rise
    for across in (wide * 0.45, -wide * 0.45):
        yield x + across, up
        yield x + across, down


def _is_free(box, taken, others, width):
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > width or bottom > width:
        return False
    if any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    ):
        return False
    around = 0.7 * HOUSE * width / SIDE
    return not any(
        left - around < x < right + around and top - around < y < bottom + around for x, y in others
    )


def _project(points):
    """{address: (x, y)} on the drawing."""
    if not points:
        return {}
    latitudes = [point[2] for point in points]
    longitudes = [point[3] for point in points]
    south, north = min(latitudes), max(latitudes)
    west, east = min(longitudes), max(longitudes)
    narrow = cos(radians((south + north) / 2))
    scale = (SIDE - 2 * MARGIN) / max(north - south, (east - west) * narrow, 0.01)
    return {
        url: (
            SIDE / 2 + (longitude - (west + east) / 2) * narrow * scale,
            SIDE / 2 - (latitude - (south + north) / 2) * scale,
        )
        for _name, _population, latitude, longitude, url in points
    }


def _draw_house(x, y, population):
    """The larger, the more people live there."""
    size = 0.8 + 0.75 * sqrt(min(population or 0, 2000) / 700)
    wide, tall, roof = round(13 * size, 1), round(8 * size, 1), round(7 * size, 1)
    drawn = path(f"M{x - wide / 2:.1f} {y:.1f}h{wide}v{tall}h-{wide}z", "mur")
    drawn += path(
        f"M{x - wide / 2 - 2:.1f} {y:.1f}l{wide * 0.22:.1f}-{roof}h{wide * 0.56 + 4:.1f}"
        f"l{wide * 0.22:.1f} {roof}z",
        "tuile",
    )
    return drawn + path(
        f"M{x - wide * 0.08:.1f} {y + tall:.1f}v-{tall * 0.55:.1f}h{wide * 0.22:.1f}"
        f"v{tall * 0.55:.1f}z",
        "ardoise",
    )
