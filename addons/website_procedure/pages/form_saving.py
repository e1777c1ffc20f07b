"""What is kept of a form while somebody types: whether another window, or another device, wrote in
the meantime, and what the browser itself may keep while the line is cut."""

import json
import secrets

from odoo.tools.misc import hmac

from .form_check import make_stamp

# Set by a workstation that many people use: see `controllers/shared_device.py`.
SHARED_COOKIE = "poste_partage"
# The secret by which this browser reads again what a visitor typed in it.
SESSION_STORE = "procedure_store"
STORE_HOURS = 24
MARK_LENGTH = 12


class FormSaving:
    """Part of `FormPage`: nothing is written over what this page never showed."""

    @property
    def save_url(self):
        """Where a script keeps what is typed; None: with the buttons only. A computer that many
        people use keeps nothing of a visitor who did not ask for it."""
        if not self.upload_url or (self.is_shared_device and not self.partner):
            return None
        return f"{self.action_url.removesuffix('/formulaire')}/brouillon/enregistrer"

    @property
    def is_shared_device(self):
        return bool(self.visit.cookies.get(SHARED_COOKIE))

    # Another window, another device

    @property
    def mark(self):
        """Of this page, as long as it is open: it knows again what it wrote itself."""
        if not hasattr(self, "_mark"):
            posted = self._read_kept()[0]
            self._mark = posted or secrets.token_urlsafe(MARK_LENGTH)
        return self._mark

    @property
    def own_claim(self):
        """The secret of what a visitor begins by this page, the same each time she presses; None
        where there is none. Only the browser that opened the page can have it made: another one,
        or another site, may know the mark and not the session."""
        mark, session = self._read_kept()[0], getattr(self.visit.session, "sid", None)
        if not (mark and session and self.is_trusted):
            return None
        return hmac(self.env(su=True), "website_procedure.claim", (session, mark))

    @property
    def kept(self):
        """What the page carries of what is kept: its own mark, and the digest of what it shows."""
        return f"{self.mark}.{self.kept_digest}"

    @property
    def kept_digest(self):
        """Of what is kept now; empty when nothing is."""
        pending = self.pending
        if not (pending.answers or pending.identity):
            return ""
        return self._digest(pending.answers, pending.identity, pending.acting_for_id.id)

    def _digest(self, raw, identity, acting_for):
        return make_stamp(*self._get_read(raw, identity), acting_for or False)[:32]

    def _read_kept(self):
        mark, _dot, digest = self.posted.text("_kept", 100).partition(".")
        return mark, digest

    def find_overtaken(self):
        """What became of the draft since this page was drawn: "sent" (or deleted), "changed" by
        another page; empty when this page may write. To be asked once it was read, and before it
        writes."""
        mark, digest = self._read_kept()
        if not mark:
            return ""
        now = self.kept_digest
        if digest and not (self.pending and now):
            return "sent"
        here = self._digest(self.raw, self.identity, self.acting_for)
        is_known = now in ("", digest, here) or self.pending.kept_by == mark
        return "" if is_known else "changed"

    @property
    def overtaken_sentence(self):
        if self.overtaken == "sent":
            return self.env._(
                "What you had begun was sent or deleted in another window or on another device. "
                "Nothing was written again."
            )
        return self.env._(
            "What you had begun has changed in another window or on another device. Nothing was "
            "replaced."
        )

    @property
    def is_blank(self):
        """Nothing was typed besides what the account had filled in."""
        proposed = self._get_prefill()
        return not any(value for value in self.identity.values()) and all(
            not value or name.startswith("_rows.") or self._is_proposed(name, proposed)
            for name, value in self.raw.items()
        )

    def _is_proposed(self, name, proposed):
        return name in proposed and self._is_left(name, proposed[name])

    # What the browser may keep while the line is cut

    @property
    def store(self):
        """For the script: the key by which the browser locks what it keeps, and the only inputs
        that it may; None where it keeps nothing."""
        if not self.save_url or self.is_shared_device:
            return None
        values = {
            "key": self._get_store_key(),
            "names": self.get_stored_names(),
            "draft": self._get_draft_mark(),
            "hours": STORE_HOURS,
            "slug": self.procedure.slug,
        }
        return json.dumps(values)

    def _get_store_key(self):
        """Another person, even on the same computer, is never given this one."""
        if self.partner:
            whose = ("account", self.partner.id)
        else:
            secret = self.visit.session.get(SESSION_STORE)
            if not secret:
                secret = self.visit.session[SESSION_STORE] = secrets.token_hex(16)
            whose = ("visitor", secret)
        return hmac(self.env(su=True), "website_procedure.store", (*whose, self.procedure.id))

    def _get_draft_mark(self):
        """Another one for each draft: what was typed for one that was sent is not offered."""
        if not self.kept_digest:
            return ""
        return hmac(self.env(su=True), "website_procedure.store.draft", self.pending.id)[:16]

    def get_stored_names(self):
        """The questions whose answers a browser may keep: neither files, nor what is worth
        stealing, nor what is delicate to read (health, income, family matters)."""
        recalled = get_recalled_keys(self.version)
        identity = self._get_identity_fields() if self.asks_identity else ()
        return [*sorted(recalled), *(field.key for field in identity)]


def get_recalled_keys(version):
    """Of the questions that may be kept aside for the person, see `procedure.field._is_recalled`:
    the titles of their page and of their section count."""
    titles, keys = {}, set()
    for field in version.field_ids:
        starts = field._get_type().starts
        if starts:
            titles = {**(titles if starts != "page" else {}), starts: field.label or ""}
        elif not field.block_key and field._is_recalled(" ".join(titles.values())):
            keys.add(field.key)
    return keys
