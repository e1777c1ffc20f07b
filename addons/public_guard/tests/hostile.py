"""Files that ask for much more than they weigh."""

import gzip
import io
import zlib
from pathlib import Path

from PIL import Image

from .common import make_packed_pdf, make_pdf, make_picture

DATA = Path(__file__).parent / "data"
GREY, COLOURS, PALETTE, COLOURS_ALPHA = 0, 2, 3, 6
CHANNELS = {GREY: 1, COLOURS: 3, PALETTE: 1, COLOURS_ALPHA: 4}


def make_stored(name):
    """Encoding 16000 by 16000 pixels takes minutes: these were made once, with pillow_heif, of one
    colour; "lie" means that the box `ispe` then announces 100 by 100."""
    return gzip.decompress((DATA / f"{name}.gz").read_bytes())


def make_png(side, depth, colours, *chunks, height=None):
    """One colour, whatever its size; without ever holding it."""
    height = height or side
    packer = zlib.compressobj(1)
    row = bytes(1 + -(-side * depth * CHANNELS[colours] // 8))
    body = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    header = side.to_bytes(4) + height.to_bytes(4) + bytes([depth, colours, 0, 0, 0])
    parts = [(b"IHDR", header), *chunks, (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in parts
    )


def make_animation(file_format, size=(60, 60), frames=30):
    images = [Image.new("RGB", size, (shade * 8, 0, 0)) for shade in range(frames)]
    output = io.BytesIO()
    images[0].save(output, file_format, save_all=True, append_images=images[1:])
    return output.getvalue()


ACCEPTED = None
DAMAGED, KIND, PIXELS, HEAVY = "damaged", "not accepted", "too many pixels", "much memory"
PALETTE_CHUNKS = ((b"PLTE", bytes(768)), (b"tRNS", bytes(256)))


def make_files():
    """(what it is, its content, the sentence that refuses it)"""
    # The largest that are accepted: what they take is what a good file may take.
    yield "JPEG, 50 million pixels", make_picture(size=(7100, 7100)), ACCEPTED
    yield "JPEG, four inks", make_picture(size=(7100, 7100), mode="CMYK", color=0), ACCEPTED
    yield "JPEG, a panorama", make_picture(size=(25000, 2000)), ACCEPTED
    options = {"size": (4990, 4990), "progressive": True, "subsampling": 0}
    yield "JPEG, progressive", make_picture(**options), ACCEPTED
    yield (
        "JPEG, progressive, four inks",
        make_picture(**{**options, "mode": "CMYK", "color": 0}),
        ACCEPTED,
    )
    yield "PNG", make_png(4990, 8, COLOURS), ACCEPTED
    yield "PNG, transparent", make_png(4990, 8, COLOURS_ALPHA), ACCEPTED
    yield "PNG, palette", make_png(4990, 8, PALETTE, PALETTE_CHUNKS[0]), ACCEPTED
    yield "PNG, transparent palette", make_png(4990, 8, PALETTE, *PALETTE_CHUNKS), ACCEPTED
    yield "PNG, one bit", make_png(4990, 1, GREY), ACCEPTED
    yield "PNG, 16 bits of grey", make_png(4990, 16, GREY), ACCEPTED
    yield "PNG, 16 bits of each colour", make_png(4990, 16, COLOURS_ALPHA), ACCEPTED
    yield "HEIC, transparent", make_stored("heic_4990_rgba.heic"), ACCEPTED
    yield "HEIC, 5100 that announces 100", make_stored("heic_5100_rgb_lie.heic"), ACCEPTED

    # The same, a little larger.
    yield "JPEG, 52 million pixels", make_picture(size=(7220, 7220)), PIXELS
    options = {"size": (7100, 7100), "progressive": True}
    yield "JPEG, 50 million, progressive", make_picture(**options), PIXELS
    yield "PNG, 7100", make_png(7100, 8, COLOURS_ALPHA), PIXELS
    yield "PNG, 7100, transparent palette", make_png(7100, 8, PALETTE, *PALETTE_CHUNKS), PIXELS
    yield "PNG, 7100, one bit", make_png(7100, 1, GREY), PIXELS
    yield "PNG, one very long row", make_png(60_000_000, 1, GREY, height=1), PIXELS
    yield "HEIC, 7100, transparent", make_stored("heic_7100_rgba.heic"), PIXELS
    yield "HEIC, 16000 that announces 100", make_stored("heic_16000_rgb_lie.heic"), DAMAGED
    text = b"Comment\0\0" + zlib.compress(bytes(1 << 26), 1)
    yield "PNG, a comment that swells", make_png(40, 8, GREY, (b"zTXt", text)), DAMAGED

    # Cut, or something else below.
    photo = make_picture(size=(3000, 3000))
    for cut in (2, 20, len(photo) // 2, len(photo) - 2):
        yield f"JPEG cut at {cut}", photo[:cut], (KIND if cut == 2 else DAMAGED)
    yield "JPEG, progressive, cut", make_picture(**options | {"size": (900, 900)})[:-900], DAMAGED
    yield "PNG cut", make_png(3000, 8, COLOURS)[:-200], DAMAGED
    yield "HEIC cut", make_stored("heic_4990_rgba.heic")[:6000], DAMAGED
    yield "AVIF", make_stored("tiny.avif"), KIND
    yield "AVIF that says HEIC", make_stored("tiny.avif").replace(b"avif", b"heic"), DAMAGED
    yield "GIF, animated", make_animation("GIF"), KIND
    yield "WebP, animated", b"RIFF\x32\0\0\0WEBPVP8X\n\0\0\0\2" + bytes(60), KIND
    yield "TIFF", b"II*\0\x08\0\0\0" + bytes(60), KIND
    yield "BMP", make_picture("BMP"), KIND
    yield "PNG, animated", make_animation("PNG"), ACCEPTED
    yield "JPEG, then a PDF", make_picture() + make_pdf(), ACCEPTED
    yield "PNG, then a page", make_picture("PNG") + b"<html><script>", ACCEPTED
    yield "JPEG, then a program", make_picture() + b"MZ" + bytes(5_000_000), ACCEPTED

    yield "PDF of a gigabyte", make_packed_pdf(1 << 30), HEAVY
    yield "PDF cut", make_pdf(pages=30)[:300], DAMAGED
    yield "PDF of many pages", make_pdf(pages=3000), ACCEPTED
