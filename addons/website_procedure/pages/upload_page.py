from .form_page import FormPage


class UploadPage(FormPage):
    """The form as it is being typed, and one file more."""

    def __init__(self, procedure_sudo, visit, key):
        super().__init__(procedure_sudo, visit)
        field = self._fields_by_key.get(key)
        self.field = field if field and field._get_type().holds == "files" else None

    def _find_kept(self, is_trusted):
        """Two files at once, of one form: the second counts the first."""
        result = super()._find_kept(is_trusted)
        self.pending._lock()
        return result

    def _receive(self, field):
        return super()._receive(field) if field == self.field else None

    def answer(self):
        """What the field shows now, and the secret that a visitor's form then holds."""
        [item] = self._prepare_file(self.field, self.field.key, {"value": None, "required": False})
        kept = self.env["ir.qweb"]._render(
            "website_parts.kept_files", {"kept": item["files"], "kept_for": item["name"]}
        )
        return {
            "kept": str(kept),
            "room": item["room"],
            "claim": self.claim or "",
            # Another page wrote in the meantime: this one still has to be told.
            "stamp": "" if self.overtaken else self.kept,
        }
