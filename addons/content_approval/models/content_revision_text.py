import re

from lxml import etree, html

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.image import ImageProcess

from odoo.addons.public_guard.exceptions import UploadRefused

BODY_MAX = 200_000
FILES_MAX = 100
# The widest that a text shows.
PICTURE_SIZE = 1280
# What no database, or no page, holds: half of a sign of two.
# A browser ends each line with two signs, the database and a file of the territory with one.
LINE_END = re.compile(r"\r\n?")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Whatever an attribute is called: `src`, `srcset`, `style`, `data-src` that a script reads.
FOREIGN = re.compile(r"(?:^|[\s,(\"'=])(?:[a-z][a-z0-9+.-]*:)?//", re.I)
FOREIGN_TAGS = (*("iframe", "object", "embed", "script", "link", "base", "meta", "form"), "style")
RUNNING = re.compile(r"\s*(?:javascript|vbscript|data):", re.I)
# What a browser loads to show the page; `style` and `srcset` hold several.
LOADING = ("src", "poster", "background", "data", "href", "xlink:href")
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]*)")
CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,5})\s?", re.I)
# These do not change after they were read: what the software ships, and files of the text.
QUERY = r"(?:\?(?:(?:unique|width|height|crop|quality)=[\w.-]*&?)*)?"
SHIPPED = re.compile(
    r"/\w+/static/[^?]*|/(?:html|web)_editor/shape/.*|data:image/[^,]*,.*"
    rf"|/web/image/\w+\.[\w.-]+{QUERY}|#[\w-]*"
)
OWN_FILE = re.compile(rf"/web/(?:image|content)/(\d+)(?:-[\w-]+)?(?:/[^?]*)?{QUERY}")


class ContentRevisionText(models.AbstractModel):
    """The text that the builder edits: what it may hold."""

    _name = "content.revision.text"
    _description = "Proposed change: text"

    @api.model
    def _clean_body(self, body):
        body = CONTROL.sub("", str(body or ""))
        if len(body) > BODY_MAX:
            raise ValidationError(
                self.env._("%(count)s signs: %(limit)s at most.", count=len(body), limit=BODY_MAX)
            )
        return body

    def _get_body_fault(self):
        """Nothing of a page calls another site before the reader has clicked, nor shows what may
        change once it was read, nor runs."""
        body = str(self.sudo().body or "")
        if not body.strip():
            return ""
        root = html.fragment_fromstring(body, create_parent=True)
        for element in root.iter(etree.Element):
            fault = self._get_element_fault(element)
            if fault:
                return fault
        for image in root.iter("img"):
            if image.get("alt") is None or not image.get("alt").strip():
                return self.env._(
                    "A picture of the text has no description: say what it shows, for those "
                    "who cannot see it."
                )
        return ""

    def _get_element_fault(self, element):
        loaded = []
        for name, raw in element.attrib.items():
            value = self._read_as_browser(raw)
            styled = self._read_as_browser(CSS_ESCAPE.sub(lambda each: chr(int(each[1], 16)), raw))
            if element.tag == "a" and name == "href":
                # A link is followed by choice.
                if RUNNING.match(value):
                    return self._get_running_fault()
                continue
            if name.startswith("on"):
                return self._get_running_fault()
            is_drawn = value.startswith("data:image/")
            if not is_drawn and (FOREIGN.search(value) or FOREIGN.search(styled)):
                return self._get_foreign_fault()
            if name in LOADING:
                loaded.append(value)
            elif name == "srcset":
                loaded += [each.split()[0] for each in value.split(",") if each.strip()]
            elif name == "style":
                loaded += CSS_ADDRESS.findall(styled)
                if "image-set" in styled:
                    return self._get_foreign_fault()
        if element.tag in FOREIGN_TAGS:
            return self._get_foreign_fault()
        if not all(self._may_load(address.strip()) for address in loaded):
            return self.env._(
                "A picture of the text is no file of this proposal: put it in the text again."
            )
        return ""

    @api.model
    def _read_as_browser(self, value):
        """Without tabs and line ends, slashes one way."""
        return re.sub(r"[\x00-\x1f\x7f]", "", value).replace("\\", "/")

    def _may_load(self, address):
        if not address:
            return True
        if ".." in address or "%2e" in address.lower():
            return False
        own = OWN_FILE.fullmatch(address)
        if not own:
            return bool(SHIPPED.fullmatch(address))
        number = int(own[1])
        file_sudo = self.env["ir.attachment"].sudo().browse(number if number < 2**31 else ())
        file_sudo = file_sudo.exists()
        revision_sudo = self.sudo()
        content = (revision_sudo.res_model, revision_sudo.res_id)
        is_live = revision_sudo.res_id and (file_sudo.res_model, file_sudo.res_id) == content
        return bool((is_live and not file_sudo.res_field) or self._owns_media(file_sudo))

    def _add_text_picture(self, content):
        """A picture that the editor puts in the text, private to this revision.

        :return: its address
        """
        self.ensure_one()
        self._check_editable()
        if len(self._get_own_files()) >= FILES_MAX:
            raise ValidationError(self.env._("%(count)s pictures at most.", count=FILES_MAX))
        try:
            found = self.env["public.guard"]._check_upload(
                "picture", content, kinds=("jpg", "png", "heic")
            )
        except UploadRefused as refusal:
            raise ValidationError(refusal.args[0]) from refusal
        image = ImageProcess(found["content"])
        image.resize(PICTURE_SIZE, PICTURE_SIZE)
        kept = self._keep_image("text", image.image_quality(quality=80), found["mimetype"])
        return f"/web/image/{kept['file']}"

    def _get_foreign_fault(self):
        return self.env._(
            "The text shows something that comes from another site. Put the picture itself in the "
            "text, or make a link to that site."
        )

    def _get_running_fault(self):
        return self.env._("Something in the text would run by itself: take it out.")
