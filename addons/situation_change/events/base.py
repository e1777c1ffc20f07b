class Event:
    """Something that happened, as a form reports it. It holds no data.

    :cvar code: the answer to `situation_event` that says it
    :cvar kinds: kinds of procedures whose form asks it
    :cvar keys: questions that it reads: dict key -> type
    :cvar proposes: whether it changes the file; an agent only reads the others
    """

    code = None
    kinds = ()
    keys = {}
    proposes = True

    def get_errors(self, env, answers):
        """What is wrong that the types of the questions let pass: dict key -> sentence."""
        return {}

    def get_changes(self, answers, applicant):
        """:return: values of `household.change._propose`, from the typed answers of the form"""
        raise NotImplementedError


def read_address(answers, key="new_address"):
    """An answer of type `address` as `identity.check` reads it."""
    address = answers.get(key) or {}
    home = {name: address.get(name) or "" for name in ("street", "street2")}
    home["date"] = answers.get("date_event") or ""
    if address.get("insee"):
        return {**home, "commune": address["insee"]}
    place = {"zip": address.get("zip") or "", "city": address.get("commune") or ""}
    return {**home, **place, "commune": "outside"}


def read_person(answers, prefix):
    names = ("firstname", "lastname", "birthdate", "birthplace", "email")
    typed = {name: answers.get(f"{prefix}_{name}") for name in names}
    return {name: value for name, value in typed.items() if value}


def get_person_errors(env, answers, prefix, minor=False):
    """As where somebody signs up; what the form leaves optional may lack."""
    _values, found = env["identity.check"]._check_person(read_person(answers, prefix), minor)
    keys = {f"{prefix}_{name}": sentence for name, sentence in found.items()}
    return {key: keys[key] for key in keys.keys() & answers.keys()}
