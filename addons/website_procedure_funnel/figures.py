"""Times in slices, and the middle one. No ORM."""

PHONE, COMPUTER = "phone", "computer"
# The last minute of each slice.
SLICES = (2, 5, 10, 15, 20, 30, 45, 60, 90, 120)
MORE = "more"


def get_slice(seconds):
    """The slice of a time, by its last minute: "2", "5"… or "more"."""
    return next((str(minutes) for minutes in SLICES if seconds <= minutes * 60), MORE)


def get_middle(counts):
    """The slice of the middle one of all who are counted.

    :param counts: dict slice -> how many
    """
    slices = [*map(str, SLICES), MORE]
    total, reached = sum(counts.get(each, 0) for each in slices), 0
    for each in slices:
        reached += counts.get(each, 0)
        if total and 2 * reached >= total:
            return each
    return None
