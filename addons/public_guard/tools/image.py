import io
import re
import warnings

import pillow_heif
from PIL import Image, ImageOps

from .refusal import Refusal

pillow_heif.register_heif_opener()

# A phone's 48 or 50 million pixels pass; decoding them takes about 200 MB.
MAX_PIXELS = 51_000_000
MAX_SIDE = 4000
JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def reencode(content):
    """Draw the picture again and return (content, mimetype, extension).

    What is not the picture does not survive: place, device, comments, hidden thumbnails, a
    second file glued to the first. The picture is turned upright and at most 4000 pixels wide.
    """
    image = _open(content)
    is_png = image.format == "PNG"
    # Odoo tells Pillow to accept truncated images: half a photo would pass.
    if is_png and b"IEND" not in content:
        raise Refusal("broken")
    if image.format in ("JPEG", "MPO") and not _is_whole(content):
        raise Refusal("broken")
    try:
        # JPEG only: decodes straight to about the wanted size.
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
        if is_png and image.has_transparency_data:
            picture = image.convert("RGBA")
        else:
            picture = image.convert("L" if image.mode == "L" else "RGB")
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        # convert() keeps the metadata: the orientation is read from there.
        picture = ImageOps.exif_transpose(picture)
        picture.info.clear()
        output = io.BytesIO()
        if is_png:
            picture.save(output, "PNG")
            return output.getvalue(), "image/png", "png"
        picture.save(output, "JPEG", quality=85)
        return output.getvalue(), "image/jpeg", "jpg"
    except Exception as error:
        # Pillow and its plugins raise about anything on hostile bytes.
        raise Refusal("broken") from error


def _open(content):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "HEIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("pixels") from error
    except Exception as error:
        raise Refusal("broken") from error
    if image.width * image.height > MAX_PIXELS:
        raise Refusal("pixels")
    return image


def _is_whole(content):
    """Walk the markers of a JPEG up to its end of image.

    Searching for the last two bytes is not enough: a thumbnail has its own, and phones append
    data after the picture.
    """
    position = 2
    while match := JPEG_MARKER.search(content, position):
        marker = content[match.start() + 1]
        if marker == 0xD9:
            return True
        length = int.from_bytes(content[match.end() : match.end() + 2])
        position = match.end() + max(length, 2)
    return False
