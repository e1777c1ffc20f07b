"""Files given with a public form."""

from odoo.tools import formatLang

from odoo.addons.public_guard.exceptions import UploadRefused

from .web import text

MEGABYTE = 1024 * 1024
MAX_SIZE = 10 * MEGABYTE
MAX_UPLOADS_AN_HOUR = 120
MIMETYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
}


def check_upload(env, upload, sender, kinds=tuple(MIMETYPES)):
    """One byte more than accepted is enough to know: a large file is not read whole.

    :param sender: whose tries are counted, see `web.get_sender`
    :return: what `public.guard` knows of the file
    :raise UploadRefused: with a sentence for the person who sent it
    :raise TooManyRequests: too many files in an hour
    """
    guard = env["public.guard"]
    guard._hit("procedure.upload", sender, MAX_UPLOADS_AN_HOUR, 3600)
    upload.stream.seek(0, 2)
    size = upload.stream.tell()
    upload.stream.seek(0)
    if size > MAX_SIZE:
        raise UploadRefused(
            env._(
                "this file is %(size)s MB. The maximum is %(maximum)s MB: send a smaller photo.",
                size=-(-size // MEGABYTE),
                maximum=MAX_SIZE // MEGABYTE,
            )
        )
    return guard._check_upload(text(upload.filename, 200), upload.read(), tuple(kinds), MAX_SIZE)


def show_size(env, size):
    if size >= MEGABYTE:
        return env._("%(size)s MB", size=formatLang(env, size / MEGABYTE, digits=1))
    # Rounded up, as the acknowledgment says it.
    return env._("%(size)s kB", size=max(1, -(-size // 1024)))


def get_file_help(env, kinds):
    return env._(
        "%(kinds)s, 10 MB at most for each file.", kinds=", ".join(kind.upper() for kind in kinds)
    )
