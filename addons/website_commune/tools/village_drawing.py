"""The street of a village, another for each: what stands there follows from its code."""

import random

from .drawing import (
    canopy,
    church,
    circle,
    hall,
    hill,
    house,
    line,
    mirabelle,
    path,
    poplar,
    svg,
    tree,
)

WIDTH = 1440
# Where houses stand; on the left the name of the village is written.
STREET = (560, 1330)


def draw_village(seed):
    """The head of a page."""
    return _draw(seed, height=260, ground=218, scale=1.0)


def draw_strip(seed):
    """Lower, for a local page and the screen of a lobby."""
    return _draw(seed, height=176, ground=134, scale=0.7)


def _draw(seed, height, ground, scale):
    dice = random.Random(f"village {seed}")
    drawn = ""
    if scale == 1:
        drawn = circle(dice.randint(1130, 1330), 70, 36, "sun")
    drawn += _draw_land(dice, height, ground, scale)
    drawn += _draw_street(dice, ground, scale)
    drawn += path(
        f"M0 {ground + 18}C300 {ground + 4} 700 {ground - 4} 1440 {ground - 4}V{height}H0z", "pre2"
    )
    return svg(drawn + _draw_front(dice, height, ground), WIDTH, height)


def _draw_land(dice, height, ground, scale):
    """Ridge, meadow and one field on each side."""
    xs = (0, 280, 520, 760, 1040, 1250, WIDTH)
    falls = (28, 36, 68, 102, 92, 112, 112)
    ridge = [
        (x, ground - round(fall * scale) + dice.randint(-12, 12))
        for x, fall in zip(xs, falls, strict=True)
    ]
    drawn = path(canopy(ridge, height, 20, 38, dice.random()), "ridge")
    meadow = zip((0, 320, 640, 960, 1240, WIDTH), (8, 18, 41, 50, 45, 60), strict=True)
    drawn += path(hill([(x, ground - fall) for x, fall in meadow], height), "pre")
    crop = dice.choice(("ble", "colza"))
    g = ground
    drawn += path(
        f"M0 {g + 6}C120 {g - 6} 240 {g - 14} 372 {g - 20}"
        f"C412 {g - 6} 392 {g + 12} 332 {g + 26}H0z",
        crop,
    )
    drawn += line(
        f"M0 {g + 14}C130 {g + 2} 250 {g - 8} 378 {g - 13}"
        f"M0 {g + 22}C130 {g + 12} 260 {g + 2} 370 {g - 3}",
        f"{crop}_line",
        2,
    )
    return drawn


def _draw_street(dice, ground, scale):
    """Houses side by side, one church among them, trees at both ends."""

    def s(value):
        return round(value * scale)

    x, end = STREET[0] + dice.randint(-30, 60), STREET[1] - dice.randint(0, 120)
    steeple = dice.randint(1, 3)
    square = dice.randint(3, 5) if dice.random() < 0.6 else 0
    drawn = tree(x - s(26), ground, s(dice.randint(22, 32)), dice.choice(("foret", "forest")))
    rank = 0
    while x < end:
        rank += 1
        if rank == steeple:
            drawn += church(x + 6, ground, round(dice.uniform(0.86, 1.0) * scale, 2))
            x += s(132)
        elif rank == square and scale == 1:
            drawn += hall(x + 6, ground)
            x += 146
        else:
            width = s(dice.randint(70, 108))
            tall = s(dice.randint(42, 56))
            drawn += house(
                x,
                ground,
                width,
                tall,
                round(tall * 0.52),
                is_pale=dice.random() < 0.6,
                is_timbered=dice.random() < 0.2,
                windows=3 if width > s(86) else 2,
            )
            x += width + (s(dice.choice((-6, -4, 18)))) + 4
    drawn += mirabelle(x + s(20), ground + 3, s(22))
    for rank in range(dice.randint(1, 3)):
        place = x + s(60) + rank * s(24)
        if place < WIDTH - 10:
            drawn += poplar(place, ground, s(dice.randint(60, 96)), "foret")
    return drawn


def _draw_front(dice, height, ground):
    """A river or a meadow; a dark bank on the left, under the name."""
    g, bank = ground, f"M0 {ground + 26}C160 {ground + 14} 320 {ground + 18} 470 {height}H0z"
    if dice.random() < 0.65:
        river = f"M420 {height}C560 {g + 18} 760 {g + 18} 940 {g + 26}C1100 {g + 32} 1240 {g + 22}"
        river += f" 1440 {g + 8}V{g + 26}C1280 {g + 38} 1180 {height} 1120 {height}z"
        lights = f"M620 {g + 30}h60M760 {g + 34}h90M1190 {g + 32}h60"
        return path(river, "eau") + line(lights, "eau2", 3, "round") + path(bank, "foret")
    meadow = f"M0 {g + 28}C260 {g + 12} 560 {g + 14} 860 {g + 20}S1240 {g + 26} 1440 {g + 14}"
    return path(f"{meadow}V{height}H0z", "foret")
