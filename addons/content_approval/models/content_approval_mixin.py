from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.territory_base import clock


class ContentApprovalMixin(models.AbstractModel):
    """A content that people read, and that changes by accepted revisions only.

    A model says which fields contributors may change, who contributes, and in which communes its
    readers are looked for. `content.revision` does the rest.
    """

    _name = "content.approval.mixin"
    _description = "Content published after a second reading"
    _inherit = ["content.guard.mixin"]

    # A new one belongs to one commune: it is asked where several are possible.
    _asks_commune = False

    # Name of the Date (its last day) or Datetime until which it is shown; empty: no end.
    _shown_until = ""

    body = fields.Html(
        "Text",
        # As core does for what its website builder edits.
        sanitize_overridable=True,
        sanitize_attributes=False,
        sanitize_form=False,
        copy=False,
    )
    is_online = fields.Boolean("Online", readonly=True, copy=False, index=True)
    version = fields.Integer(
        readonly=True, copy=False, help="How many times it was published: 0, never."
    )
    date_published = fields.Datetime("Published on", readonly=True, copy=False)

    # ------------------------------------------------------------
    # Hooks: what a content is
    # ------------------------------------------------------------

    @api.model
    def _get_approval_fields(self):
        """The fields that contributors may change beside `body`, in the order of the page.

        :return: {name: options}; options may hold
            lines: names of the open fields of the lines of a One2many
            alt, credit: names of the fields that go with an image
            small: name of the stored field that keeps a smaller copy of it
            label: how it is asked, if not by the label of the field
        """
        return {}

    def _get_approval_communes(self):
        """The communes whose readers read it."""
        return self.env["territory.commune"]

    def _get_approval_organisations(self):
        """The organisations whose delegates may change it (`res.partner`)."""
        return self.env["res.partner"]

    def _get_content_url(self):
        """Its public address; empty: it has no page of its own."""
        return ""

    def _get_keepers(self):
        """Who is told that something of it is to be checked or corrected, in superuser mode.

        Those who act for its organisation; else the secretaries of its communes; else those who
        read what is proposed of it; else the administrators. Hook: a content may know better.

        :return: `res.users` that have an e-mail
        """
        self.ensure_one()
        return self._get_all_keepers()[self]

    def _get_all_keepers(self):
        """The same of many contents, for as many queries as for one.

        :return: {content: users}
        """
        contents_sudo, env = self.sudo(), self.env
        Delegate_sudo = env["partner.delegate"].sudo()
        owners_sudo = {each: each._get_approval_organisations() for each in contents_sudo}
        ids = {number for owner in owners_sudo.values() for number in owner.ids}
        rows_sudo = Delegate_sudo.search(
            Delegate_sudo._active_domain() & Domain("organisation_id", "in", ids)
        )
        group_sudo = env.ref("territory_base.territory_group_secretary").sudo()
        secretaries_sudo = group_sudo.all_user_ids.filtered("active")
        admins_sudo, readers = None, {}
        keepers = {}
        for content, content_sudo in zip(self, contents_sudo, strict=True):
            owner_sudo = owners_sudo[content_sudo]
            mine_sudo = rows_sudo.filtered(lambda row: row.organisation_id in owner_sudo)  # noqa: B023
            users_sudo = mine_sudo.person_id.user_ids.filtered("active")
            communes_sudo = content_sudo._get_approval_communes()
            if not users_sudo:
                users_sudo = secretaries_sudo.filtered(
                    lambda user: user.territory_commune_ids & communes_sudo  # noqa: B023
                )
            if not users_sudo:
                if communes_sudo not in readers:
                    readers[communes_sudo] = self._get_usual_readers(communes_sudo)
                users_sudo = readers[communes_sudo]
            if not users_sudo:
                if admins_sudo is None:
                    admins_sudo = env.ref("base.group_system").sudo().all_user_ids
                users_sudo = admins_sudo.filtered("active")
            keepers[content] = users_sudo.filtered("email")
        return keepers

    @api.model
    def _get_usual_readers(self, communes):
        """Who reads today what is proposed in these communes, in superuser mode."""
        type_sudo = self.env["content.type"]._get_of(self._name)
        rows_sudo = self.env["content.validator"]._find_rows_of(type_sudo, communes)
        users_sudo = self.env["res.users"].sudo()
        for row in rows_sudo.filtered(lambda row: not row.is_fallback) or rows_sudo:
            users_sudo |= row._get_readers_today()
        return users_sudo

    @api.model
    def _get_shown_domain(self):
        """Those that everybody reads now. A content may be shown before anybody has written it."""
        return Domain("is_online", "=", True) & ~self._ended_domain()

    @api.model
    def _ended_domain(self):
        """Past the end of what is shown until a day."""
        name = self._shown_until
        if not name:
            return Domain.FALSE
        if self._fields[name].type == "date":
            today = clock.today()
            return Domain(name, "!=", False) & Domain(name, "<", today)
        return Domain(name, "!=", False) & Domain(name, "<=", fields.Datetime.now())

    def _is_shown(self):
        self.ensure_one()
        is_active = "active" not in self._fields or self.active
        return is_active and bool(self.filtered_domain(self._get_shown_domain()))

    def _get_category_name(self):
        """Among which others of its kind it is counted, in a word; empty: all are alike."""
        return ""

    def _shows_images(self):
        """Whether everybody is served its images, and those of its lines. Hook: a content may be
        shown before what its contributors wrote."""
        self.ensure_one()
        return self.is_online and self._is_shown()

    def _update_media(self):
        """Files of its text that everybody is served: called where it is shown, or no more,
        without being published."""
        for content_sudo in self.sudo()._as_publication():
            self.env["content.revision"]._show_media(content_sudo)

    @api.model
    def _may_propose_new(self, user, organisation=None):
        """Whether this person may propose a content of this model that does not exist yet.

        :param organisation: for whom she acts, or none
        """
        return user._is_content_staff()

    def _may_propose(self, user):
        """Whether this person may propose a change of this content."""
        self.ensure_one()
        if user._is_content_staff():
            return True
        content_sudo = self.sudo()
        if user.has_group("territory_base.territory_group_secretary"):
            communes = content_sudo._get_approval_communes()
            if communes & user.sudo().territory_commune_ids:
                return True
        return bool(content_sudo._get_approval_organisations() & user._get_organisations())

    @api.model
    def _check_approval_values(self, values):
        """What the types of the fields do not say of the proposed values.

        :param values: {name: value}, as `content.revision` keeps them
        :return: {name: sentence} of what cannot be published
        """
        return {}

    @api.model
    def _get_approval_domain(self, name):
        """Among which records contributors choose in the Many2one or Many2many of this name."""
        return Domain.TRUE

    @api.model
    def _prepare_new_content(self, revision):
        """Values of a new content that no contributor writes (its owner, its source)."""
        return {}

    def _on_published(self, revision, names):
        """Called once a revision that somebody proposed is online, in superuser mode; not for what
        the territory's data bring.

        :param names: the open fields that it changed, and `body`
        """

    # ------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------

    @api.model
    def _get_guarded_fields(self):
        own = {"body", "is_online", "version", "date_published", "active"} & set(self._fields)
        opened = self._get_approval_fields()
        small = {options["small"] for options in opened.values() if "small" in options}
        return own | set(opened) | small

    def unlink(self):
        """What was never published is nobody's page."""
        if self.filtered("version"):
            self._check_publishing()
        return (
            super().unlink()
            if self._is_publishing()
            else super(ContentApprovalMixin, self._as_publication()).unlink()
        )

    # ------------------------------------------------------------
    # Reading and writing what is published
    # ------------------------------------------------------------

    def _read_approval_values(self):
        """The open fields as `content.revision` keeps them; images as bytes, `body` apart."""
        self.ensure_one()
        Values = self.env["content.revision"]
        return {
            name: Values._serialize(self, name, options)
            for name, options in self._get_approval_fields().items()
        }

    def _apply_approval_values(self, values):
        """Write them: called inside a publication, in superuser mode, with the guard open.

        Extended by a model that lends a field of another record.

        :param values: {name: what `write` takes}
        """
        self.ensure_one()
        self.write(values)

    def _publish_as(self, origin, values, is_online=True):
        """What the territory's data bring, with nobody to accept it: logged as such.

        :param origin: in a word, where the values come from
        :param values: {name: value as the ORM reads it}, of the open fields and `body`
        """
        self.ensure_one()
        return self.env["content.revision"].sudo()._publish_import(self, origin, values, is_online)

    @api.model
    def _create_as(self, origin, values, fixed=None, is_online=True):
        """A new content that the territory's data bring.

        :param fixed: values of the fields that contributors never write
        """
        content_sudo = self.sudo()._as_publication().create({**(fixed or {}), **values})
        content = content_sudo.with_env(self.env)
        content._publish_as(origin, {}, is_online)
        return content

    def _propose(self, organisation=None):
        """A draft of change of this content by the user.

        :raise AccessError: she does not contribute to it
        :return: `content.revision`: hers, begun now or before
        """
        self.ensure_one()
        return self.env["content.revision"]._begin(self, organisation=organisation)

    def _get_image_url(self, name):
        """Where the image of this field is, live or, in a preview, of the revision."""
        self.ensure_one()
        if not self[name]:
            return ""
        revision_id = self.env.context.get("content_revision_id")
        if revision_id:
            return f"/contributions/{revision_id}/{name}"
        return f"/contenu/{self._name}/{self.id}/{name}?v={self.version}"

    # ------------------------------------------------------------
    # Off the site at once
    # ------------------------------------------------------------

    def _may_take_offline(self, user):
        """Who reads what is proposed of it, and the manager of the intercommunality."""
        self.ensure_one()
        if user.has_group("territory_base.territory_group_manager"):
            return True
        type_sudo = self.env["content.type"]._get_of(self._name)
        communes_sudo = self.sudo()._get_approval_communes()
        return bool(self.env["content.validator"]._find_rows_of(type_sudo, communes_sudo, user))

    def action_take_offline(self, reason):
        """What must not be seen goes off the site at once; another reader reads that afterwards.

        :param reason: told to those who publish it
        """
        self.ensure_one()
        self._check_offline()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why it goes off the site: its authors read it."))
        self.env["content.revision"]._take_offline(self, reason)

    def _may_put_back(self, user):
        """Only what such an act took off: else it is proposed again, and read."""
        self.ensure_one()
        is_off = self._may_take_offline(user) and not self.sudo().is_online
        return bool(is_off and self.env["content.revision"]._find_removal(self))

    def action_put_back(self):
        """What was taken off by mistake is online again as it was: nothing of it is new."""
        self.ensure_one()
        self._check_offline()
        self.env["content.revision"]._put_back(self)

    def _check_offline(self):
        if not self._may_take_offline(self.env.user):
            raise AccessError(self.env._("You do not read these pages."))
