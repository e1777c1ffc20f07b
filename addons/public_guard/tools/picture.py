"""Draw a picture again. A job of confined.py: decoding a hostile picture may take any memory.

What is not the picture does not survive: place, device, comments, hidden thumbnails, a second file
glued to the first. The picture is turned upright and at most 4000 pixels wide or high. A small one
comes with it, to be recognised in a list.
"""

import base64
import io
import warnings

from PIL import Image, ImageOps

MAX_SIDE = 4000
# The 48 or 50 million pixels of a phone pass as JPEG, which is decoded at half its size. What is
# decoded whole takes four bytes a pixel, and more than once.
MAX_PIXELS = 51_000_000
MAX_PIXELS_WHOLE = 25_000_000
MAX_BYTES = 20 * 1024 * 1024
# Twice what a page shows, for the screens of phones. Upright, as the papers that people send.
THUMBNAIL = (144, 176)


class Refused(Exception):
    pass


def read(content):
    try:
        return _redraw(content)
    except MemoryError:
        raise
    except Refused as refused:
        return {"refused": str(refused)}, b""
    except Exception:
        # Pillow and its plugins raise about anything on hostile bytes.
        return {"refused": "broken"}, b""


def _redraw(content):
    image = _open(content)
    is_png = image.format == "PNG"
    # JPEG only, once: decodes straight to about the wanted size.
    is_large = image.width * image.height > MAX_PIXELS_WHOLE
    sides = (side // 2 if is_large else side for side in image.size)
    image.draft("RGB", tuple(min(side, MAX_SIDE) for side in sides))
    image.load()
    picture = _shrink(image, is_png and image.has_transparency_data)
    # What is made of a picture keeps its metadata: the orientation is read from there.
    picture = ImageOps.exif_transpose(picture)
    picture.info.clear()
    output = io.BytesIO()
    if is_png:
        picture.save(output, "PNG")
        facts = {"mimetype": "image/png", "extension": "png"}
    else:
        picture.save(output, "JPEG", quality=85)
        facts = {"mimetype": "image/jpeg", "extension": "jpg"}
    if output.tell() > MAX_BYTES:
        # A pattern that was small as long as nobody made it smaller.
        raise Refused("heavy")
    facts["thumbnail"] = base64.b64encode(_draw_thumbnail(picture)).decode()
    return facts, output.getbuffer()


def _draw_thumbnail(picture):
    """The middle of the picture; what was transparent is paper."""
    small = ImageOps.fit(picture, THUMBNAIL)
    if small.mode == "RGBA":
        paper = Image.new("RGB", THUMBNAIL, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    output = io.BytesIO()
    small.save(output, "JPEG", quality=75)
    return output.getvalue()


def _open(content):
    formats = ["JPEG", "PNG"]
    if content[4:8] == b"ftyp":
        # Not loaded for nothing, it takes its time.
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
        formats = ["HEIF"]
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=formats)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Refused("pixels") from error
    is_halved = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    if image.width * image.height > (MAX_PIXELS if is_halved else MAX_PIXELS_WHOLE):
        raise Refused("pixels")
    return image


def _shrink(image, keeps_alpha):
    """Made smaller before it is converted, which copies it, where its colours allow that."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: Pillow alone would make them white.
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode not in ("1", "P", "PA"):
        image.thumbnail((MAX_SIDE, MAX_SIDE))
    mode = "L" if image.mode in ("1", "L") else "RGB"
    image = image.convert("RGBA" if keeps_alpha else mode)
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    return image
