"""A file that somebody sent, given to whoever may read it: that was checked before."""

from odoo.http import content_disposition, request

# Nothing runs in them: the rest is a download. Browsers show a picture, or a PDF, in a page of
# their own, which has styles; the reader of PDFs of Chromium stays empty in a sandbox.
SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    "image/jpeg": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "image/png": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}


def make_answer(content, name, mimetype, is_shown=False):
    """A file that somebody sent: a download, unless it is shown and its kind is harmless."""
    policy = is_shown and SHOWN.get(mimetype)
    disposition = content_disposition(name or "document", "inline" if policy else "attachment")
    headers = [
        ("Content-Type", mimetype or "application/octet-stream"),
        ("Content-Disposition", disposition),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", policy or "sandbox; default-src 'none'"),
        ("Cache-Control", "private, no-store"),
        ("X-Robots-Tag", "noindex"),
        ("Referrer-Policy", "same-origin"),
    ]
    return request.make_response(content, headers)
