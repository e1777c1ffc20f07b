"""Files given to a request that was sent: they wait for the button that sends them too."""

from odoo.addons.public_guard.tools.picture import MAX_SIDE
from odoo.addons.website_parts.tools.upload import MAX_SIZE, MIMETYPES
from odoo.addons.website_parts.tools.web import number
from odoo.addons.website_procedure.pages.form_files import FormFiles

from .slots import MESSAGE_FILES, MESSAGE_SLOT, Slot, make_slot


class RequestFiles(FormFiles):
    """What this person gave; that she may answer this request was checked by the caller."""

    max_size = MAX_SIZE
    max_side = MAX_SIDE

    def __init__(self, request_sudo, visit, giver, base_url):
        self.visit = visit
        self.env = visit.env
        self.posted = visit.posted
        self.request_sudo = request_sudo
        self.giver = giver or request_sudo.applicant_id.browse()
        self.files_url = self.upload_url = f"{base_url}/depot"
        self.errors = {}
        self.Pending_sudo = self.env["website.procedure.pending"].sudo()
        self.pending = self.Pending_sudo._find_given(request_sudo, self.giver)

    def get_slots(self):
        """Where a file may be given now, by key: what is asked, and the next message."""
        slots = [Slot(MESSAGE_SLOT, MESSAGE_FILES, ",".join(MIMETYPES))]
        if self.request_sudo.state == "to_complete":
            slots += [
                make_slot(item)
                for item in self.request_sudo._get_asked_items()
                if item["type"] == "file"
            ]
        return {slot.key: slot for slot in slots}

    def take_in(self, slots):
        """The files that a page sends for these; what is refused is in `errors`."""
        self._remove_file(number(self.posted.text("_remove", 20)))
        self._read_replaced()
        for slot in slots:
            if self.posted.uploads(slot.key):
                # Two at once: the second counts the first.
                self.pending._lock()
                self._receive(slot)

    def ensure_pending(self):
        if not self.pending:
            self.pending = self.Pending_sudo._start_given(self.request_sudo, self.giver)

    def add_to(self, field, slot):
        """To the input of this slot: what it holds already."""
        kept = self._get_kept(slot.key)
        field["files"] = [self.describe_file(file) for file in kept]
        field["room"] = slot.max_files - len(kept)
        field["needed"] = field.get("needed") and not kept
        return field

    def answer(self, slot):
        field = self.add_to({}, slot)
        kept = self.env["ir.qweb"]._render(
            "website_parts.kept_files",
            {"kept": field["files"], "kept_for": slot.key, "kept_waits": True},
        )
        return {"kept": str(kept), "room": field["room"], "claim": ""}

    def let_go(self, keys):
        """They left."""
        self.pending.file_ids.filtered(lambda file: file.field_key in keys).unlink()
        if not self.pending.file_ids:
            self.pending.unlink()
