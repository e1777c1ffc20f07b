from odoo import Command, api, fields, models
from odoo.fields import Domain

from odoo.addons.territory_base import clock

from ..tools.address import read_url
from ..tools.visitor import ANSWERS, GONE, LINKS_PER_HOST, Visitor

STATES = [
    ("new", "Not asked yet"),
    ("answers", "Answers"),
    ("suspect", "Did not answer once"),
    ("dead", "No longer answers"),
]
PARAMETER = "content_review_link.is_on"


class ContentLink(models.Model):
    """A link of a content that is online, to a site that may be asked whether it still answers.

    Written by the weekly job only, and forgotten with the link.
    """

    _name = "content.link"
    _description = "Link of a content"
    _order = "date_failed desc, id desc"
    _rec_name = "url"

    name = fields.Char("Page", required=True, readonly=True)
    type_id = fields.Many2one(
        "content.type", "Kind", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(related="type_id.model", store=True, index=True)
    res_id = fields.Many2oneReference("Content", model_field="res_model", readonly=True, index=True)
    field_name = fields.Char("Field", required=True, readonly=True)
    field_label = fields.Char("Where", compute="_compute_field_label", compute_sudo=True)
    commune_ids = fields.Many2many("territory.commune", readonly=True, string="Communes")
    url = fields.Char("Link", required=True, readonly=True)
    host = fields.Char("Site", required=True, readonly=True, index=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="new", index=True)
    failed_count = fields.Integer("Times without answer", readonly=True)
    date_checked = fields.Date("Asked on", readonly=True)
    date_failed = fields.Date("Does not answer since", readonly=True)

    _url_uniq = models.Constraint(
        "UNIQUE(type_id, res_id, url)", "This link of this content is known already."
    )

    @api.depends("field_name", "res_model")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for link in self:
            Model = self.env.get(link.res_model)
            known = {} if Model is None else Model.fields_get([link.field_name], ["string"])
            link.field_label = known.get(link.field_name, {}).get("string", "")

    @api.model
    def _is_on(self):
        """Off until the administrator turns it on."""
        value = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return value in ("True", "1")

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Nothing is asked while it is off, nor of a site that is not in the list."""
        Host_sudo = self.env["content.link.host"].sudo()
        hosts = Host_sudo.search(Domain.TRUE).mapped("name") if self._is_on() else []
        self._collect(hosts)
        if hosts:
            self._ask_all(hosts)

    @api.model
    def _collect(self, hosts):
        """The links of what everybody reads; those that are gone are forgotten."""
        known_sudo = {(each.type_id.id, each.res_id, each.url): each for each in self._get_all()}
        hosts, new = set(hosts), []
        for type_sudo in self.env["content.type"].sudo().search(Domain.TRUE) if hosts else ():
            if type_sudo.model not in self.env:
                continue
            Model_sudo = self.env[type_sudo.model].sudo()
            for content_sudo in Model_sudo.search(Domain(Model_sudo._get_shown_domain())):
                for url, name in content_sudo._get_links().items():
                    place = read_url(url)
                    if not place or place.host not in hosts:
                        continue
                    values = self._prepare_link(content_sudo, url, name, place.host)
                    link_sudo = known_sudo.pop((type_sudo.id, content_sudo.id, url), None)
                    if link_sudo:
                        link_sudo.write(values)
                    else:
                        new.append({**values, "type_id": type_sudo.id, "res_id": content_sudo.id})
        self.sudo().browse([each.id for each in known_sudo.values()]).unlink()
        self.sudo().create(new)

    @api.model
    def _get_all(self):
        """In superuser mode."""
        return self.sudo().search(Domain.TRUE)

    @api.model
    def _prepare_link(self, content_sudo, url, name, host):
        return {
            "name": content_sudo.display_name,
            "commune_ids": [Command.set(content_sudo._get_approval_communes().ids)],
            "field_name": name,
            "url": url,
            "host": host,
        }

    @api.model
    def _ask_all(self, hosts):
        """One request after the other; a host that has many links is asked about the next ones in
        the next run."""
        today = clock.today()
        visitor = self._get_visitor(hosts)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(hosts))
        for host in hosts:
            for link_sudo in self._get_next(host, today):
                link_sudo._note(visitor.visit(link_sudo.url), today)
                if host in visitor.left:
                    break
            if not cron._commit_progress(1):
                break

    @api.model
    def _get_visitor(self, hosts):
        site = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return Visitor(hosts, site)

    @api.model
    def _get_next(self, host, today):
        """Those that failed once, then those that were not asked for longest; none twice a day."""
        due = Domain("host", "=", host) & (
            Domain("date_checked", "=", False) | Domain("date_checked", "<", today)
        )
        found_sudo = self.sudo().search(
            due & Domain("state", "=", "suspect"), order="date_checked, id", limit=LINKS_PER_HOST
        )
        if len(found_sudo) == LINKS_PER_HOST:
            return found_sudo
        return found_sudo + self.sudo().search(
            due & Domain("state", "!=", "suspect"),
            order="date_checked NULLS FIRST, id",
            limit=LINKS_PER_HOST - len(found_sudo),
        )

    def _note(self, result, today):
        """Dead after two days without it: a site may be under repair for an hour. What says nothing
        of the link changes nothing but the day."""
        self.ensure_one()
        values = {"date_checked": today}
        if result == ANSWERS:
            values |= {"state": "answers", "failed_count": 0, "date_failed": False}
        elif result == GONE:
            values |= {
                "state": "dead" if self.failed_count else "suspect",
                "failed_count": self.failed_count + 1,
                "date_failed": self.date_failed or today,
            }
        self.sudo().write(values)

    # ------------------------------------------------------------
    # What is told of a content
    # ------------------------------------------------------------

    @api.model
    def _find_dead(self, model, ids=None):
        """In superuser mode: of contents of this model; nothing while it is off."""
        if not self._is_on():
            return self.sudo().browse()
        domain = Domain("res_model", "=", model) & Domain("state", "=", "dead")
        if ids is not None:
            domain &= Domain("res_id", "in", ids)
        return self.sudo().search(domain, order="id")

    @api.model
    def _forget_gone(self, content):
        """The content has changed, or left the site."""
        domain = Domain("res_model", "=", content._name) & Domain("res_id", "=", content.id)
        links_sudo = self.sudo().search(domain)
        if links_sudo:
            content_sudo = content.sudo().exists()
            kept = content_sudo._get_links() if content_sudo and content_sudo._is_shown() else {}
            links_sudo.filtered(lambda link: link.url not in kept).unlink()
