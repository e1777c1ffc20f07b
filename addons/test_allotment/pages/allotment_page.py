class AllotmentPage:
    """Part of the form page of a procedure that lets plots."""

    def _prepare_field(self, field, name=None):
        """How many plots are free, beside the question about their size."""
        items = super()._prepare_field(field, name)
        if field.key == "plot_size":
            plots_sudo = self.env["allotment.plot"].sudo()
            free = plots_sudo.search_count([("request_id", "=", False)])
            items[0]["help"] = self.env._("Plots that are free today: %(count)s", count=free)
        return items

    def find_errors(self):
        """What filing would refuse, and a project of one word."""
        errors = super().find_errors()
        project = self.raw.get("garden_project") or ""
        if project and " " not in project:
            errors["garden_project"] = self.env._("Say a little more of your project.")
        return errors
