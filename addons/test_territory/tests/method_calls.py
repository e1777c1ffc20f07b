"""How each public method is called: on which records, with which arguments."""

import inspect

MODELS = {
    "mail.thread": ("procedure.request", "res.partner", "discuss.channel"),
    "mail.activity.mixin": ("procedure.request",),
    "procedure.request.thread": ("procedure.request",),
    "procedure.request.completion": ("procedure.request",),
    "procedure.request.desk": ("procedure.request",),
}
LATER = "2099-01-01"
# What a call is labelled with when it gives a file of hers, as a control.
OWN_FILE = "own file"
VIEW = "mail.message_origin_link"


def get_models(owner):
    return MODELS.get(owner, (owner,))


class MethodCalls:
    """The calls of one user: her own record and a foreign one, with and without foreign things."""

    def __init__(self, case, persona):
        self.case, self.persona = case, persona
        self.user = case.users[persona]
        self.env = case.env(user=self.user)
        self.is_staff = self.user._is_internal()

    def get(self, owner, name, model):
        """:return: (record, arguments, what is foreign in it: nothing in a control) of each call"""
        for record, is_own in self._get_receivers(model, name):
            base = self._get_base(owner, name, record)
            foreign = self._get_foreign(owner, name)
            said = () if is_own else ("record",)
            yield record, base, said
            if "attachment_ids" in foreign and is_own:
                yield record, {**base, "attachment_ids": self._make_file().ids}, (OWN_FILE,)
            for key, value in foreign.items():
                yield record, {**base, key: value}, (*said, key)
            if len(foreign) > 1:
                yield record, {**base, **foreign}, (*said, *foreign)

    # -- on whom

    def _get_receivers(self, model, name):
        """(a record, whether all of it is hers)"""
        if name in ("message_new", "process_email_queue"):  # of no record
            return [(self.env[model], True)]
        own = self._get_own(model, name)
        if model == "mail.template":  # everybody reads it, it is what it is sent for that is hers
            return [(own, True)]
        foreign = self._get_hidden(model).with_user(self.user)
        if model == "mail.followers.edit" and self.is_staff:
            foreign += self._make_mixed_wizards(model)
        return [(each, True) for each in own] + [(each, False) for each in foreign]

    def _get_own(self, model, name):
        case, partner = self.case, self.user.partner_id
        match model:
            case "procedure.request":
                own = {"secretary": case.town_hall_request, "communication": self.env[model]}
                own = own.get(self.persona, case.request).with_user(self.user)
                if own and name == "activity_feedback" and self.is_staff:
                    self._schedule(own)
                return own
            case "res.partner":
                return partner.with_user(self.user)
            case "mail.message":
                return self._get_own_message()
            case "ir.attachment":
                return self._make_file()
            case "mail.activity":
                return self._schedule(partner) if self.is_staff else self.env[model]
            case "mail.template":
                return case.template.with_user(self.user)
            case "res.users.settings":
                return self.env[model]._find_or_create_for_user(self.user)
        if not self.is_staff:
            return self.env[model]
        match model:
            case "discuss.channel":
                return self._make_channel()
            case "mail.compose.message":
                channel = self._make_channel()
                return self.env[model].create(self._get_composer_values(channel))
            case "mail.followers.edit":
                return self.env[model].create(self._get_follower_values(partner, partner))
            case "mail.scheduled.message":
                return self.env[model].create(self._get_scheduled_values(self._make_channel()))
        raise KeyError(model)

    def _get_hidden(self, model):
        """Of somebody else."""
        case, other = self.case, self.case.users["other_agent"]
        Model = case.env[model].with_user(other)
        match model:
            case "procedure.request":
                return case.foreign
            case "res.partner":
                return case.stranger
            case "mail.message":
                return case.letter
            case "ir.attachment":
                return case.files
            case "mail.activity":
                return case.activity
            case "discuss.channel":
                return case.channel
            case "mail.compose.message":
                return Model.create(self._get_composer_values(case.foreign))
            case "mail.followers.edit":
                return Model.create(self._get_follower_values(case.foreign, other.partner_id))
            case "mail.scheduled.message":
                return Model.create(self._get_scheduled_values(case.foreign, other.partner_id))
            case "res.users.settings":
                return case.env[model]._find_or_create_for_user(other)
        raise KeyError(model)

    def _make_mixed_wizards(self, model):
        """Hers, that name what is not."""
        case, partner = self.case, self.user.partner_id
        pairs = [(partner, case.stranger), (case.foreign, partner), (case.foreign, case.stranger)]
        values = [self._get_follower_values(*pair) for pair in pairs]
        return self.env[model].sudo().create(values).sudo(False)

    def _get_own_message(self):
        if self.persona in ("resident", "agent"):
            return self.case.message.with_user(self.user)
        return self._make_channel().message_ids[:1]

    def _make_channel(self):
        channel = self.env["discuss.channel"].create({"name": "Groupe", "channel_type": "group"})
        channel.message_post(body="x", subtype_xmlid="mail.mt_comment")
        return channel

    def _make_file(self):
        """As the box of a message has it until it leaves."""
        values = {"name": "a.txt", "raw": b"a", "res_model": "mail.compose.message", "res_id": 0}
        return self.env["ir.attachment"].sudo().create(values).sudo(False)

    def _schedule(self, record):
        activity = record.sudo().activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user.id
        )
        return activity.with_user(self.user).sudo(False)

    def _get_composer_values(self, record):
        return {
            "model": record._name,
            "res_ids": str(record.ids),
            "composition_mode": "comment",
            "body": "x",
            "scheduled_date": LATER,
        }

    def _get_follower_values(self, record, partner):
        return {
            "res_model": record._name,
            "res_ids": str(record.ids),
            "partner_ids": partner.ids,
        }

    def _get_scheduled_values(self, record, author=None):
        return {
            "model": record._name,
            "res_id": record.id,
            "body": "x",
            "author_id": (author or self.user.partner_id).id,
            "scheduled_date": LATER,
        }

    # -- with what

    def _get_names(self, owner, name):
        """The parameters of its first definition: overrides hide what they pass on."""
        function = None
        for base in self.env.registry[get_models(owner)[0]].__mro__:
            if name in vars(base) and inspect.isfunction(vars(base)[name]):
                function = vars(base)[name]
        return inspect.signature(function).parameters

    def _get_base(self, owner, name, record):
        """Arguments that are valid, of what is hers."""
        needed = {
            "act_type_xmlids": ["mail.mail_activity_data_todo"],
            "body": "x",
            "due": LATER,
            "feedback": "x",
            "items": [{"label": "Un justificatif", "reason": "Illisible"}],
            "message": "x",
            "message_id": self.case.letter.id,
            "model": record._name,
            "msg_dict": {"subject": "x"},
            "only_automated": False,
            "options": {},
            "pinned": True,
            "render_values": {"self": self.user.partner_id, "origin": self.user.partner_id},
            "source_ref": VIEW,
            "subtype_xmlid": "mail.mt_comment",
            "update_vals": {"message_follower_ids": []},
            "volume": 0.5,
        }
        if name == "set_message_pin":
            needed["message_id"] = record.with_user(1).message_ids[:1].id
        names = self._get_names(owner, name)
        base = {key: needed[key] for key in names if key in needed}
        if owner == "mail.template":
            needed = {"res_id": self.user.partner_id.id, "res_ids": self.user.partner_id.ids}
            base |= {key: needed[key] for key in names if key in needed}
        if "partner_id" in names:
            base["partner_id"] = self.user.partner_id.id
        if name == "message_process":
            base["message"] = (
                f"From: {self.user.email}\r\nTo: {record._name}@exemple.test\r\n"
                "Message-ID: <x@exemple.test>\r\nSubject: Re\r\n\r\nBonjour"
            )
        elif name in ("message_notify", "message_subscribe", "message_unsubscribe", "add_members"):
            base["partner_ids"] = self.user.partner_id.ids
            base.pop("model", None)
        return base

    def _get_foreign(self, owner, name):
        """Arguments that each name a file, a person, a message or a request of others."""
        case, names = self.case, self._get_names(owner, name)
        given = {
            "attachment_ids": case.files.ids,
            "partner_ids": case.stranger.ids,
            "partner_id": case.stranger.id,
            "parent_id": case.letter.id,
            "message_id": case.letter.id,
            "thread_id": case.foreign.id,
            "email_ids": case.mail.ids,
            "email_values": {"attachment_ids": [(6, 0, case.files.ids)]},
        }
        given = {key: value for key, value in given.items() if key in names}
        if "kwargs" in names:
            given["attachment_ids"] = case.files.ids
        if name == "message_notify":
            given["model"] = case.foreign._name
            given["res_id"] = case.foreign.id
        if owner == "mail.template":
            given |= {"res_id": case.stranger.id} if "res_id" in names else {}
            given |= {"res_ids": case.stranger.ids} if "res_ids" in names else {}
        if name == "message_update":
            given["update_vals"] = {"message_follower_ids": [(5,)]}
        return given
