import base64
import hashlib
import io
import logging
import math
import secrets
import time
from datetime import datetime, timedelta

import magic

from odoo import api, fields, models
from odoo.tools import SQL, email_normalize
from odoo.tools.misc import consteq, formatLang, hash_sign, hmac, verify_hash_signed

from ..exceptions import FormHurried, FormRefused, TooManyRequests, UploadRefused
from ..tools import confined
from ..tools.filename import clean_filename
from ..tools.refusal import Refusal
from ..tools.xlsx import write_workbook

try:
    import clamd
except ImportError:
    clamd = None

_logger = logging.getLogger(__name__)

KINDS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/heic": "heic",
    "image/heif": "heic",
}
MEGABYTE = 1024 * 1024

TOKEN_FIELD = "guard_token"
# A name that no browser fills in by itself.
HONEYPOT_FIELD = "guard_confirmation"
TOKEN_SCOPE = "public_guard.form"
TOKEN_HOURS = 24
MIN_SECONDS = 2

GC_BATCH = 10000

CODE_MINUTES = 10
CODE_TRIES = 5
CODES_PER_HOUR = 5


class PublicGuard(models.AbstractModel):
    """What a page open to anybody checks before it believes what was sent.

    All methods are private: they are called by controllers and models, never by RPC.
    """

    _name = "public.guard"
    _inherit = "public.guard.limit"
    _description = "Public guard"

    # Uploads

    def _check_upload(
        self, filename, content, kinds=("pdf", "jpg", "png", "heic"), max_bytes=10 * MEGABYTE
    ):
        """Return what may be stored: dict(name, mimetype, content, size, sha256, pages, thumbnail).

        The content decides, neither the extension nor the type that the browser announced.
        Pictures come back redrawn, HEIC as JPEG, so `content` is what to store; `thumbnail` is a
        small JPEG of it, nothing for a PDF.
        """
        try:
            return self._inspect_upload(filename, content, kinds, max_bytes)
        except Refusal as refusal:
            sentence = self._get_refusal_sentence(refusal.reason, kinds, len(content), max_bytes)
            raise UploadRefused(sentence) from refusal

    def _inspect_upload(self, filename, content, kinds, max_bytes):
        if not content:
            raise Refusal("empty")
        if len(content) > max_bytes:
            raise Refusal("big")
        kind = KINDS.get(magic.from_buffer(content[:4096], mime=True))
        if kind not in kinds:
            raise Refusal("kind")
        if self._scan(content):
            raise Refusal("virus")
        if kind == "pdf":
            found, _none = self._read_confined("pdf_check", content)
            found |= {"mimetype": "application/pdf", "extension": "pdf"}
        else:
            found, content = self._read_confined("picture", content)
        return {
            "name": clean_filename(filename, found["extension"]),
            "mimetype": found["mimetype"],
            "content": content,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "pages": found.get("pages", 1),
            "thumbnail": base64.b64decode(found.get("thumbnail", "")),
        }

    def _read_confined(self, job, content):
        """Return what a process of its own found, and the new file; see tools/confined.py."""
        found, output = confined.run(job, content)
        reason = found.get("refused")
        if reason in ("busy", "heavy"):
            _logger.warning("A file of %s bytes is not read by %s: %s", len(content), job, reason)
        if reason:
            raise Refusal(reason)
        return found, output

    def _scan(self, content):
        """Return the name of the threat found by the antivirus, None without one.

        An antivirus that is configured and does not answer stops the upload.
        """
        socket = self.env["ir.config_parameter"].sudo().get_param("public_guard.clamd_socket")
        if not socket:
            return None
        if clamd is None:
            _logger.warning("public_guard.clamd_socket is set but clamd is not installed.")
            raise Refusal("scan")
        try:
            status, threat = clamd.ClamdUnixSocket(socket).instream(io.BytesIO(content))["stream"]
        except (clamd.ClamdError, OSError) as error:
            _logger.warning("The antivirus does not answer: %s", error)
            raise Refusal("scan") from error
        return threat if status == "FOUND" else None

    def _get_refusal_sentence(self, reason, kinds, size, max_bytes):
        if reason == "big":
            return self.env._(
                "This file is %(size)s MB. The maximum is %(maximum)s MB.",
                size=self._format_megabytes(size),
                maximum=self._format_megabytes(max_bytes),
            )
        if reason == "kind":
            labels = {
                "pdf": self.env._("PDF"),
                "jpg": self.env._("JPEG photo"),
                "png": self.env._("PNG picture"),
                "heic": self.env._("HEIC photo"),
            }
            return self.env._(
                "This type of file is not accepted. Send one of these: %(kinds)s.",
                kinds=", ".join(labels[kind] for kind in kinds),
            )
        unchecked = self.env._("Files cannot be checked at the moment. Try again later.")
        return {
            "empty": self.env._("This file is empty. Choose it again."),
            "pixels": self.env._(
                "This picture has too many pixels. Take the photo again in a smaller size."
            ),
            "heavy": self.env._(
                "This file asks for too much memory. Send it in a smaller size, or take a photo."
            ),
            "encrypted": self.env._(
                "This PDF is protected. Print it to a new PDF, or take a photo of it."
            ),
            "active": self.env._(
                "This PDF contains active parts. Print it to a new PDF, or take a photo of it."
            ),
            "attached": self.env._(
                "This PDF contains other files. Print it to a new PDF, or send each file."
            ),
            "virus": self.env._("The antivirus refuses this file. Send another one."),
            "busy": unchecked,
            "scan": unchecked,
        }.get(
            reason,
            self.env._("This file is damaged or incomplete. Choose another one, or take a photo."),
        )

    def _format_megabytes(self, size):
        """Rounded up: a file is never said to weigh the maximum when it is above."""
        tenths = math.ceil(size * 10 / MEGABYTE)
        return formatLang(self.env, tenths / 10, digits=1 if tenths % 10 else 0)

    # Forms

    def _form_token(self, purpose, previous=None):
        """Return the value for the hidden field of `public_guard.form_fields`.

        When a form is shown again after an error, give the posted token as `previous`: it stays
        the same, so that the person need not wait, and sending twice is still one request.
        """
        if previous and (self._read_token(previous) or {}).get("purpose") == purpose:
            return previous
        values = {
            "purpose": purpose,
            "nonce": secrets.token_urlsafe(16),
            "issued": int(time.time()),
        }
        return hash_sign(self.sudo().env, TOKEN_SCOPE, values, expiration_hours=TOKEN_HOURS)

    def _read_token(self, token):
        """Return the values of a token that we made and that is not too old, else None."""
        if not isinstance(token, str):
            return None
        try:
            return verify_hash_signed(self.sudo().env, TOKEN_SCOPE, token)
        except (ValueError, IndexError):
            return None

    def _check_form(self, purpose, params):
        """Refuse what a robot sends, before any work is done.

        :raise FormHurried: sent at once, as robots do and as browsers that fill in by themselves
            make people do: show the page again with what was typed and the same token, which by
            then is old enough
        :raise FormRefused: the page needs another token
        """
        values = self._read_token(params.get(TOKEN_FIELD))
        if not values or values["purpose"] != purpose:
            raise FormRefused(
                self.env._("This page stayed open for too long. Check the form and send it again.")
            )
        if params.get(HONEYPOT_FIELD):
            raise FormRefused(
                self.env._("A field that must stay empty is filled in. Empty it and send again.")
            )
        get_param = self.env["ir.config_parameter"].sudo().get_param
        minimum = int(get_param("public_guard.min_fill_seconds", MIN_SECONDS))
        if time.time() - values["issued"] < minimum:
            raise FormHurried(
                self.env._(
                    "The form was sent very quickly. What you typed is still there: send it again."
                )
            )

    def _claim_token(self, token):
        """Return (token record, is_new); a replayed post gets the record of the first one.

        Call it in the transaction that does the work, then `_set_result()` on the record: the
        token is spent if and only if the work is committed. Two posts at the same time: the
        second waits for the first, then fails to serialize and is replayed by Odoo's `retrying`,
        which finds the result of the first. Never caught here, hence no savepoint.
        """
        values = self._read_token(token)
        if not values:
            raise FormRefused(
                self.env._("This page stayed open for too long. Check the form and send it again.")
            )
        Token_sudo = self.env["public.guard.token"].sudo()
        # Not the digest of the token itself: base64 has several spellings of the same bytes.
        digest = hashlib.sha256(values["nonce"].encode()).hexdigest()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO public_guard_token (digest, purpose, date_end)
                VALUES (%s, %s, %s)
                ON CONFLICT (digest) DO NOTHING
                RETURNING id
                """,
                digest,
                values["purpose"],
                fields.Datetime.now() + timedelta(hours=TOKEN_HOURS),
            ),
            log_exceptions=False,
        )
        if row := self.env.cr.fetchone():
            return Token_sudo.browse(row[0]), True
        return Token_sudo.search([("digest", "=", digest)]), False

    # One-time codes

    def _issue_code(self, purpose, email):
        """Return six digits to send to that address; they replace those sent before.

        The answer never depends on who is known: not on accounts, not on partners.
        """
        email = self._normalize_email(email)
        self._hit("code", f"{purpose}:{email}", CODES_PER_HOUR, 3600)
        code = f"{secrets.randbelow(10**6):06}"
        query = SQL(
            """
            INSERT INTO public_guard_code (digest, code_digest, date_end)
            VALUES (%s, %s, %s)
            ON CONFLICT (digest) DO UPDATE SET
                code_digest = EXCLUDED.code_digest, date_end = EXCLUDED.date_end
            """,
            self._digest_code(purpose, email),
            self._digest_code(purpose, email, code),
            fields.Datetime.now() + timedelta(minutes=CODE_MINUTES),
        )
        # Beside the request: two at once would make one of them be played again, and counted again.
        with self._own_cursor() as cr:
            cr.execute(query)
        self.env["public.guard.code"].invalidate_model()
        return code

    def _verify_code(self, purpose, email, code):
        """Tell whether this is the code of that address; a right code serves once.

        False for a wrong, old, used or unknown one, and after five tries, all alike. Tries are
        counted apart (see `_hit`): a request that fails afterwards does not give them back.
        """
        email = self._normalize_email(email)
        digest = self._digest_code(purpose, email)
        code_sudo = (
            self.env["public.guard.code"]
            .sudo()
            .search([("digest", "=", digest), ("date_end", ">", fields.Datetime.now())])
        )
        expected = code_sudo.code_digest or ""
        try:
            self._hit("code_try", f"{digest}:{expected}", CODE_TRIES, CODE_MINUTES * 60)
        except TooManyRequests:
            return False
        given = "".join(filter(str.isdecimal, code or ""))
        if not consteq(self._digest_code(purpose, email, given), expected):
            return False
        code_sudo.unlink()
        return True

    def _digest_code(self, purpose, email, code=None):
        return hmac(self.sudo().env, "public_guard.code", (purpose, email, code))

    def _normalize_email(self, email):
        return email_normalize(email) or (email or "").strip().lower()

    # Spreadsheets

    def _xlsx(self, sheets):
        """Return a workbook without live formula from an iterable of (name, headers, rows).

        Rows may be generators. None is an empty cell; date-times are shown in the user's zone.
        """
        return write_workbook(
            (name, headers, (self._localize_row(row) for row in rows))
            for name, headers, rows in sheets
        )

    def _localize_row(self, row):
        for value in row:
            if isinstance(value, datetime):
                value = fields.Datetime.context_timestamp(self, value).replace(tzinfo=None)
            yield value

    # Cleaning

    @api.model
    def _get_retention_facts(self):
        """What is erased here, and when: [(what, how long)]. Shown by `privacy_retention`."""
        return [(self.env._("Codes, limits and tokens of forms"), self.env._("a day at most"))]

    @api.autovacuum
    def _gc_expired(self):
        """Erase what is past, once a day."""
        done = remaining = 0
        for name in ("public.guard.code", "public.guard.hit", "public.guard.token"):
            expired = self.env[name].search(
                [("date_end", "<", fields.Datetime.now())], limit=GC_BATCH
            )
            expired.try_lock_for_update().unlink()
            done += len(expired)
            remaining += len(expired) == GC_BATCH
        return done, remaining
