from odoo import models

# The settings whose change is told by their name; the others have a sentence of their own.
SETTINGS = (
    "may_follow",
    "prefill",
    "min_value",
    "max_value",
    "lowest",
    "highest",
    "decimals",
    "min_length",
    "max_length",
    "pattern",
    "pattern_message",
    "date_limit",
    "is_local",
    "max_files",
    "accepted_kinds",
    "validity_kind",
    "validity_months",
    "validity_until",
    "keeps_file",
    "grid_days",
    "formula",
    "url",
)


class ProcedureFieldDifference(models.AbstractModel):
    _name = "procedure.field.difference"
    _description = "Form field: what changed since a version"

    def _get_difference_name(self):
        self.ensure_one()
        label = self.label or self._get_type_label(self.type)
        asked = self._get_type()
        match asked.starts or asked.holds:
            case "page":
                return self.env._("Page “%s”", label)
            case "section":
                return self.env._("Section “%s”", label)
            case "rows":
                return self.env._("Block “%s”", label)
            case "nothing":
                return self.env._("Text “%s”", label)
            case "files":
                return self.env._("Document “%s”", label)
        return self.env._("Question “%s”", label)

    def _get_difference_sentences(self, other):
        """What changed in this field since another version of it."""
        self.ensure_one()
        name = self._get_difference_name()
        sentences = []
        if self.label != other.label:
            sentences.append(
                self.env._(
                    "%(question)s: its words were “%(before)s”",
                    question=name,
                    before=other.label or "",
                )
            )
        if self.required != other.required and self._get_type().holds != "nothing":
            sentences.append(
                self.env._("%s becomes required", name)
                if self.required
                else self.env._("%s becomes optional", name)
            )
        sentences += self._get_choice_sentences(other, name)
        before, now = other._get_condition_sentence(), self._get_condition_sentence()
        if before != now:
            sentences.append(
                self.env._("%(question)s: %(condition)s", question=name, condition=now)
                if now
                else self.env._("%s is now always shown", name)
            )
        before, now = other._get_require_sentence(), self._get_require_sentence()
        if before != now:
            sentences.append(
                self.env._("%(question)s: %(condition)s", question=name, condition=now)
                if now
                else self.env._("%s is no longer required in some cases", name)
            )
        if (self.help or "") != (other.help or ""):
            sentences.append(self.env._("%s: the help text changes", name))
        if self.block_key != other.block_key:
            sentences.append(
                self.env._("%s enters a repeatable block", name)
                if self.block_key
                else self.env._("%s leaves its repeatable block", name)
            )
        labels = self._get_setting_labels()
        for setting, label in labels.items():
            if self._get_builder_value(setting) != other._get_builder_value(setting):
                sentences.append(
                    self.env._(
                        "%(question)s: “%(setting)s” goes from “%(before)s” to “%(after)s”",
                        question=name,
                        setting=label,
                        before=other._get_setting_words(setting),
                        after=self._get_setting_words(setting),
                    )
                )
        for setting, label in self._get_type().record_settings.items():
            if self[setting] != other[setting]:
                sentences.append(
                    self.env._(
                        "%(question)s: “%(setting)s” goes from “%(before)s” to “%(after)s”",
                        question=name,
                        setting=self.env._(label),
                        before=other[setting].display_name or self.env._("nothing"),
                        after=self[setting].display_name or self.env._("nothing"),
                    )
                )
        return sentences

    def _get_choice_sentences(self, other, name):
        before = {option.value: option.label for option in other.option_ids}
        now = {option.value: option.label for option in self.option_ids}
        sentences = [
            self.env._("%(question)s: choice “%(choice)s” added", question=name, choice=label)
            for value, label in now.items()
            if value not in before
        ]
        sentences += [
            self.env._("%(question)s: choice “%(choice)s” removed", question=name, choice=label)
            for value, label in before.items()
            if value not in now
        ]
        sentences += [
            self.env._(
                "%(question)s: choice “%(before)s” becomes “%(after)s”",
                question=name,
                before=before[value],
                after=label,
            )
            for value, label in now.items()
            if value in before and before[value] != label
        ]
        was_free = set(other.option_ids.filtered("is_free").mapped("value"))
        for option in self.option_ids:
            if option.is_free and option.value not in was_free:
                sentences.append(
                    self.env._(
                        "%(question)s: “%(choice)s” is to be specified",
                        question=name,
                        choice=option.label,
                    )
                )
            elif option.value in was_free and not option.is_free:
                sentences.append(
                    self.env._(
                        "%(question)s: “%(choice)s” is no longer to be specified",
                        question=name,
                        choice=option.label,
                    )
                )
        return sentences

    def _get_setting_labels(self):
        """The other settings whose change is told, by the name that the builder gives them."""
        described = self.fields_get(SETTINGS, ["string"])
        return {name: described[name]["string"] for name in SETTINGS}

    def _get_setting_words(self, setting):
        value = self[setting]
        field = self._fields[setting]
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if not value and type(value) is not int:
            return self.env._("nothing")
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        if field.type == "date":
            return value.strftime("%d/%m/%Y")
        return str(value)
