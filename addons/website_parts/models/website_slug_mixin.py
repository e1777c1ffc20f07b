import re
from itertools import count

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

# As core makes one of a name: it means nothing else in an address.
SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")


class WebsiteSlugMixin(models.AbstractModel):
    """For a model with a field `slug`, unique: an address that changes still leads to its page.

    A controller calls `_find_by_slug(slug, domain)`, and answers 301 towards the record's address
    when the slug is a previous one.
    """

    _name = "website.slug.mixin"
    _description = "Page whose previous addresses go on working"

    slug = fields.Char()

    @api.constrains("slug")
    def _check_slug(self):
        """Another one leads nowhere, or to another page, once it is printed and mailed."""
        for record in self:
            if not SLUG.fullmatch(record.slug or ""):
                raise ValidationError(
                    self.env._(
                        "“%(slug)s” cannot be an address: small letters without accents, digits "
                        "and hyphens only.",
                        slug=record.slug or "",
                    )
                )

    def write(self, vals):
        previous = {record.id: record.slug for record in self} if "slug" in vals else {}
        result = super().write(vals)
        for record in self.filtered(lambda record: previous.get(record.id)):
            record._keep_previous_slug(previous[record.id])
        return result

    def unlink(self):
        slugs_sudo = self.env["website.slug"].sudo()
        slugs_sudo = slugs_sudo.search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        result = super().unlink()
        slugs_sudo.unlink()
        return result

    def _keep_previous_slug(self, previous):
        self.ensure_one()
        if previous == self.slug:
            return
        Slug_sudo = self.env["website.slug"].sudo()
        # The address in use wins, and the last page that had an address keeps it.
        keys = [self._get_slug_key(slug) for slug in (previous, self.slug)]
        Slug_sudo.search([("res_model", "=", self._name), ("slug", "in", keys)]).unlink()
        Slug_sudo.create({"slug": keys[0], "res_model": self._name, "res_id": self.id})

    @api.model
    def _make_free_slug(self, slug, also=()):
        """This address, or the first one with a number behind it that no page of this model has,
        nor had: what was printed leads to another page never.

        :param also: those that are given at the same time
        """
        behind = f"{escape_psql(slug)}%"
        pages_sudo = self.sudo().with_context(active_test=False)
        taken = {*also, *pages_sudo.search([("slug", "=like", behind)]).mapped("slug")}
        former_sudo = self.env["website.slug"].sudo()
        former = [("res_model", "=", self._name), ("slug", "=like", behind)]
        taken |= set(former_sudo.search(former).mapped("slug"))
        numbered = (f"{slug}-{number}" for number in count(2))
        return slug if slug not in taken else next(each for each in numbered if each not in taken)

    def _get_slug_key(self, slug):
        """Hook: how a previous address is kept: with what stands before it, where the same last
        part leads to several pages."""
        return slug

    @api.model
    def _find_by_slug(self, slug, domain, key=None):
        """The record of this address among those of the domain, today's before a previous one.

        Runs with the rights of the caller: a controller that shows published pages to everybody
        calls it in superuser mode, and the domain is the check.

        :param key: of `_get_slug_key()`, where it is not the slug
        :return: one record, or none
        """
        # Nearly every address is today's: one query for the page of most visitors.
        found = self.search(Domain(domain) & Domain("slug", "=", slug), limit=1)
        if found:
            return found
        slugs_sudo = self.env["website.slug"].sudo()
        slugs_sudo = slugs_sudo.search([("res_model", "=", self._name), ("slug", "=", key or slug)])
        return self.search(
            Domain(domain) & Domain("id", "in", slugs_sudo.mapped("res_id")), limit=1
        )
