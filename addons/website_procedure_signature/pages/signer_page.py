"""Who signs, read with who asks before it is sent."""


class SignerPage:
    """Part of the page of a form that asks for signatures."""

    @property
    def signers(self):
        return self.procedure._get_form_signers(self)

    @property
    def parts(self):
        parts = super().parts
        if not self.signers:
            return parts
        shown = {"template": "website_procedure_signature.check_signers"}
        if self.partner and parts and not parts[-1]["edit"]:
            # Who asks, as her account says it.
            shown["label"] = self.env._("Who asks, who signs")
            return [*parts[:-1], {**parts[-1], **shown}]
        part = {"label": self.env._("Who signs"), "rows": [], "files": [], "edit": None}
        return [*parts, {**part, **shown}]

    @property
    def study_sentence(self):
        name = self.receiver._get_name_said()
        if not name:
            return self.env._("The service looks at it")
        return self.env._("%(service)s looks at it", service=name[:1].upper() + name[1:])
