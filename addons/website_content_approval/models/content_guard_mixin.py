import base64
import hashlib

from odoo import models

# In pixels. Others are not drawn: whoever asks cannot have the server draw any number of them.
IMAGE_WIDTHS = (480, 960, 1600)


class ContentGuardMixin(models.AbstractModel):
    _inherit = "content.guard.mixin"

    def _get_image_url(self, name):
        """Where the image of a line is, live or, in a preview, of the revision."""
        self.ensure_one()
        if not self[name]:
            return ""
        revision_id = self.env.context.get("content_revision_id")
        if revision_id:
            digest = hashlib.sha1(base64.b64decode(self[name])).hexdigest()  # noqa: S324
            return f"/contributions/{revision_id}/{digest}"
        return f"/contenu/{self._name}/{self.id}/{name}"

    def _get_image_srcset(self, name):
        """The same image in the widths that screens need: a phone takes the small one."""
        url = self._get_image_url(name)
        sign = "&" if "?" in url else "?"
        return (
            ", ".join(f"{url}{sign}largeur={width} {width}w" for width in IMAGE_WIDTHS)
            if url
            else ""
        )
