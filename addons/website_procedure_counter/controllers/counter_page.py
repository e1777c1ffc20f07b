"""The public form, filled in by the staff for somebody."""

from odoo.http import request

from odoo.addons.website_procedure.controllers.form_page import FormPage
from odoo.addons.website_procedure.controllers.form_reading import show_date

# The signed form, scanned: no question of the form has this key.
PAPER = "_paper"
MAX_PAPERS = 5
# What the identity of a person says, and no more of her household than its address tells.
IDENTITY = ("firstname", "lastname", "birthdate", "email", "phone")


class CounterPage(FormPage):
    """The same page: the applicant is another one, and what is typed belongs to the agent."""

    needs_code = False
    keeps_draft = False

    def __init__(self, entry_sudo):
        super().__init__(entry_sudo.procedure_id)
        self.pending = entry_sudo
        self.partner = request.env["res.partner"].browse(entry_sudo.applicant_id.ids)
        self.purpose = f"procedure.counter.{entry_sudo.id}"
        # A post that may come from another site leaves nothing.
        self.is_trusted = False

    @property
    def action_url(self):
        return f"/guichet/{self.pending.id}"

    @property
    def heading_of_entry(self):
        """Who asks, and how it came: on every page of the form."""
        name = self.partner.name or request.env._("somebody without an account")
        return {
            "phone": request.env._("Entry by phone for %(name)s", name=name),
            "mail": request.env._("Entry of a letter from %(name)s", name=name),
            "email": request.env._("Entry of an e-mail from %(name)s", name=name),
        }.get(self.pending.channel, request.env._("Entry at the counter for %(name)s", name=name))

    @property
    def received_on(self):
        return show_date(str(self.pending.received_on))

    def load(self, claim=None):
        if self.pending.version_id:
            self._load_pending()
        elif self.partner:
            self.raw = self._get_prefill()

    def _get_prefill(self):
        """What she reads of this person: the household, only where its file is hers to read."""
        raw = super()._get_prefill()
        if not self.partner or self.partner._is_file_read_by_user():
            return raw
        return {
            name: value
            for name, value in raw.items()
            if self._fields_by_key[name.partition(".")[0]].prefill in IDENTITY
        }

    def _get_acting_partners(self):
        """Those that she reads herself."""
        return super()._get_acting_partners()._filtered_access("read")

    def _get_own_label(self, name):
        return request.env._("Herself or himself (%(name)s)", name=name)

    def _get_identity_fields(self):
        return request.env["procedure.request"]._get_identity_fields(self.pending.channel)

    def _prepare_identity_section(self):
        section = super()._prepare_identity_section()
        section["label"] = request.env._("Who asks")
        for item in section["fields"]:
            if item["name"] == "contact_email":
                item["help"] = request.env._(
                    "The acknowledgment of receipt goes there, with a code to follow the request. "
                    "Without an e-mail, print the receipt."
                )
            elif item["name"] == "_for":
                item["label"] = request.env._("This request is for")
        return section

    def _prepare_field(self, field, name=None):
        """The link to "my household" is for the household itself."""
        items = super()._prepare_field(field, name)
        for item in items:
            item.pop("household", None)
        return items

    # The signed form on paper

    @property
    def paper_field(self):
        return request.env["procedure.field"].new(
            {
                "key": PAPER,
                "type": "file",
                "label": request.env._("Scan or photo of the signed form"),
                "max_files": MAX_PAPERS,
            }
        )

    def _prepare_sections(self):
        sections = super()._prepare_sections()
        if self.is_last:
            paper = self._prepare_field(self.paper_field)
            numbers = [section["number"] for section in sections]
            sections.append(
                {
                    "label": request.env._("Paper"),
                    "fields": paper,
                    "number": max(numbers, default=0) + 1,
                }
            )
        return sections

    def take_in(self):
        self._receive(self.paper_field)
        return super().take_in()

    def _receive(self, field):
        return super()._receive(field) if self.is_trusted else None

    def _remove_file(self, file_id):
        return super()._remove_file(file_id) if self.is_trusted else None

    def _get_asked_keys(self):
        return super()._get_asked_keys() | {PAPER}

    def split_files(self):
        """(files of the questions, scans)."""
        files = self.get_files()
        return files, files.pop(PAPER, [])
