from urllib.parse import urlsplit

from odoo.exceptions import ValidationError


def check_url(env, url):
    """An address that a browser opens as a page, and that runs nothing."""
    try:
        parts = urlsplit(url or "")
        is_page = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_page = False
    if not is_page or any(char.isspace() for char in url):
        raise ValidationError(
            env._("“%(url)s” is not the address of a page: it begins with https://", url=url or "")
        )
