from odoo import models


class ContentRevision(models.Model):
    _inherit = "content.revision"

    def action_submit(self, message=""):
        """Whoever corrects a page has answered whether it is right."""
        result = super().action_submit(message)
        for revision in self:
            content = revision._get_content()
            if content:
                self.env["content.review"]._find_open(content)._start_change(revision)
        return result

    def _give_up(self):
        """What is given up answers nothing."""
        result = super()._give_up()
        self.env["content.review"]._cancel_change(self)
        return result

    def _apply(self, log):
        content = super()._apply(log)
        self.env["content.review"]._end_change(self, content)
        return content
