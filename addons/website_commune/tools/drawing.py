"""Flat shapes of the drawings of the site, without outline: ridges, fields, houses, trees.

Adapted from the generator of the project's pictures; a colour is never written elsewhere.
"""

import random

COLOURS = {
    "ete": "#F4F1E4",
    "sun": "#F6BC3D",
    "far": "#BFD0C4",
    "ridge": "#7FA38C",
    "forest": "#3F7556",
    "foret": "#1F5138",
    "ble": "#EBCF86",
    "ble_line": "#D9B765",
    "colza": "#F3C74E",
    "colza_line": "#DDAE36",
    "pre": "#A9C48A",
    "pre2": "#8DB078",
    "ground": "#D5E3C9",
    "eau": "#9CC4D4",
    "eau2": "#C9E0E8",
    "mur": "#FBF6E8",
    "mur2": "#EADFC6",
    "tuile": "#B5573C",
    "tuile2": "#9A452E",
    "ardoise": "#4A5D68",
    "bois": "#6B4A35",
}


def svg(body, width, height, *, is_slice=True):
    fit = ' preserveAspectRatio="xMidYMax slice"' if is_slice else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"{fit}>{body}</svg>'
    )


def path(data, colour):
    return f'<path fill="{COLOURS[colour]}" d="{data}"/>'


def line(data, colour, width, cap=""):
    cap = f' stroke-linecap="{cap}"' if cap else ""
    return f'<path fill="none" stroke="{COLOURS[colour]}" stroke-width="{width}"{cap} d="{data}"/>'


def circle(x, y, radius, colour):
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{COLOURS[colour]}"/>'


def hill(points, base):
    """A smooth path through points, with level tangents, closed to the base."""
    data = f"M{points[0][0]} {base}V{points[0][1]}"
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        middle = round((x0 + x1) / 2)
        data += f"C{middle} {y0} {middle} {y1} {x1} {y1}"
    return f"{data}V{base}z"


def _height_at(points, x):
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if x0 <= x <= x1:
            # Near enough to the curve of `hill`.
            part = (x - x0) / (x1 - x0)
            part = part * part * (3 - 2 * part)
            return y0 + (y1 - y0) * part
    return points[-1][1]


def canopy(points, base, smallest, largest, seed):
    """The edge of a forest: bumps that follow the line of the ridge."""
    dice = random.Random(seed)
    x, end = points[0][0], points[-1][0]
    data = f"M{x} {base}V{round(_height_at(points, x))}"
    while x < end:
        width = dice.randint(smallest, largest)
        x = min(x + width, end)
        y = round(_height_at(points, x) + dice.uniform(-width * 0.22, width * 0.22))
        radius = round(width * dice.uniform(0.5, 0.62))
        data += f"A{radius} {radius} 0 0 1 {x} {y}"
    return f"{data}V{base}z"


def house(x, y, width, height, roof, *, is_pale=True, is_timbered=False, windows=2):
    """A low house: long wall, flat roof of hollow tiles. y is the ground."""
    drawn = path(f"M{x} {y}v-{height}h{width}v{height}z", "mur" if is_pale else "mur2")
    if is_timbered:
        beams = f"M{x} {y - height * 0.5:.0f}h{width}"
        beams += "".join(f"M{x + width * k / 4:.0f} {y}v-{height}" for k in range(1, 4))
        beams += f"M{x} {y - height * 0.5:.0f}l{width / 4:.0f} -{height * 0.5:.0f}"
        beams += f"M{x + width} {y - height * 0.5:.0f}l-{width / 4:.0f} -{height * 0.5:.0f}"
        drawn += line(beams, "bois", 2)
    eave = round(width * 0.09)
    drawn += path(
        f"M{x - 4} {y - height}l{eave + 4} -{roof}h{width - 2 * eave}l{eave + 4} {roof}z",
        "tuile" if is_pale else "tuile2",
    )
    if is_timbered:
        return drawn
    pane, tall = max(4, eave), max(6, round(height * 0.3))
    panes = "".join(
        f"M{x + width * (k + 1) / (windows + 1) - pane / 2:.0f} {y - height * 0.82:.0f}"
        f"h{pane}v{tall}h-{pane}z"
        for k in range(windows)
    )
    drawn += path(panes, "ardoise")
    door, frame = max(6, round(width * 0.16)), round(height * 0.42)
    arch = frame - door // 2
    return drawn + path(
        f"M{x + width * 0.62:.0f} {y}v-{arch}a{door / 2:g} {door / 2:g} 0 0 1 {door} 0v{arch}z",
        "bois",
    )


def church(x, y, scale):
    """Its spire ends in a weather vane: the public service is neutral."""

    def s(value):
        return round(value * scale)

    drawn = path(f"M{x + s(34)} {y}v-{s(44)}h{s(84)}v{s(44)}z", "mur")
    drawn += path(f"M{x + s(30)} {y - s(44)}l{s(12)} -{s(28)}h{s(66)}l{s(14)} {s(28)}z", "tuile2")
    drawn += path(f"M{x} {y}v-{s(92)}h{s(38)}v{s(92)}z", "mur2")
    drawn += path(
        f"M{x - s(4)} {y - s(92)}l{s(10)} -{s(20)}l{s(13)} -{s(56)}"
        f"l{s(13)} {s(56)}l{s(10)} {s(20)}z",
        "ardoise",
    )
    drawn += line(
        f"M{x + s(19)} {y - s(186)}v{s(24)}m-{s(8)} -{s(19)}h{s(16)}l-{s(5)} -{s(4)}"
        f"m{s(5)} {s(4)}l-{s(5)} {s(4)}",
        "ardoise",
        f"{max(1.5, 2 * scale):g}",
    )
    openings = "".join(
        f"M{x + s(at)} {y - s(12)}v-{s(16)}a{s(5)} {s(5)} 0 0 1 {s(10)} 0v{s(16)}z"
        for at in (46, 66, 86)
    )
    openings += f"M{x + s(13)} {y - s(66)}v-{s(12)}a{s(6)} {s(6)} 0 0 1 {s(12)} 0v{s(12)}z"
    openings += f"M{x + s(12)} {y}v-{s(20)}a{s(7)} {s(7)} 0 0 1 {s(14)} 0v{s(20)}z"
    return drawn + path(openings, "ardoise")


def hall(x, y):
    """A market hall, or a wash-house: posts and a wide roof."""
    posts = "".join(f"M{x + 16 + at} {y}v-42h7v42z" for at in (0, 46, 92))
    return path(posts, "bois") + path(f"M{x} {y - 40}l22 -32h90l22 32z", "tuile")


def tree(x, y, radius, colour):
    r = radius
    top = y - round(r * 1.6)
    trunk = path(f"M{x - 2} {y}v-{round(r * 1.2)}h4v{round(r * 1.2)}z", "bois")
    leaves = f"M{x - r} {top + round(r * 0.4)}"
    leaves += f"a{round(r * 0.7)} {round(r * 0.7)} 0 0 1 {round(r * 0.5)} -{round(r * 1.1)}"
    leaves += f"a{round(r * 0.62)} {round(r * 0.62)} 0 0 1 {round(r * 1.1)} {round(r * 0.1)}"
    leaves += f"a{round(r * 0.6)} {round(r * 0.6)} 0 0 1 {round(r * 0.35)} {round(r * 1.05)}"
    leaves += f"a{round(r * 0.5)} {round(r * 0.5)} 0 0 1 -{round(r * 0.8)} {round(r * 0.25)}"
    leaves += f"a{round(r * 0.6)} {round(r * 0.6)} 0 0 1 -{round(r * 1.15)} -{round(r * 0.3)}z"
    return trunk + path(leaves, colour)


def mirabelle(x, y, radius):
    drawn = tree(x, y, radius, "forest")
    for across, up in ((-0.4, 1.5), (0.3, 1.9), (0.45, 1.2), (-0.1, 1.05)):
        drawn += circle(round(x + across * radius), round(y - up * radius), 2.6, "sun")
    return drawn


def poplar(x, y, height, colour):
    w = round(height * 0.16)
    return path(
        f"M{x} {y}C{x - w * 1.6:.0f} {y - height * 0.2:.0f} {x - w:.0f} {y - height * 0.75:.0f}"
        f" {x} {y - height}C{x + w:.0f} {y - height * 0.75:.0f} {x + w * 1.6:.0f}"
        f" {y - height * 0.2:.0f} {x} {y}z",
        colour,
    )
