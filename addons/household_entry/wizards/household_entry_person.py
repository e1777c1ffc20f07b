from odoo import api, fields, models


class HouseholdEntryPerson(models.AbstractModel):
    """A line of an entry: somebody, as she says her name.

    None of its cells is required: a row that lacks one would call the focus back, and take what is
    typed elsewhere. What lacks is told when the file is opened.
    """

    _name = "household.entry.person"
    _description = "Person of a file that the staff opens"
    _order = "id"

    entry_id = fields.Many2one("household.entry", required=True, ondelete="cascade")
    firstname = fields.Char("First name")
    lastname = fields.Char("Last name")
    birthdate = fields.Date("Born on")
    birth_name = fields.Char()
    birthplace = fields.Char("Place of birth")
    known_id = fields.Many2one(
        "res.partner",
        "Known already",
        compute="_compute_known_id",
        help="Your service reads a sheet with these names and this birth date: it is used.",
    )

    @api.depends("firstname", "lastname", "birthdate")
    @api.depends_context("uid")
    def _compute_known_id(self):
        """Of those that the user reads: of the others nothing is told."""
        for line in self:
            line.known_id = line._find_known()[:1]

    def _find_known(self):
        return self.env["res.partner"]._find_same_person(
            self.lastname, self.firstname, self.birthdate
        )

    @api.model
    def _is_minor_expected(self):
        return False

    def _get_typed(self):
        self.ensure_one()
        return {
            name: self[name]
            for name in ("firstname", "lastname", "birth_name", "birthdate", "birthplace")
            if self[name]
        }

    def _is_blank(self):
        """A row that was added, and where nothing was typed: nobody."""
        return not self._get_typed()

    def _check_typed(self):
        """:return: (values, sentences that say whom they are about)"""
        check = self.env["identity.check"]
        values, errors = check._check_person(self._get_typed(), minor=self._is_minor_expected())
        if len(self._find_known()) > 1:
            errors["known"] = self.env._(
                "There are several sheets of this person: join them first."
            )
        return values, self._tell_whom(errors)

    def _get_name(self):
        names = " ".join(filter(None, (self.firstname, self.lastname)))
        return names or self.env._("A line without name")

    def _tell_whom(self, errors):
        return [f"{self._get_name()}\xa0: {sentence}" for sentence in errors.values()]
