class Event:
    """Something that happened, as a form reports it. It holds no data.

    :cvar code: the answer to `situation_event` that says it
    :cvar kinds: kinds of procedures whose form asks it
    :cvar keys: questions that it reads: dict key -> type
    :cvar proposes: whether it changes the file; an agent only reads the others
    :cvar is_by_staff: whether who has an account does it by herself, elsewhere: reported on the
        site, it is refused with `get_own_sentence`
    """

    code = None
    kinds = ()
    keys = {}
    proposes = True
    is_by_staff = False

    def get_errors(self, env, answers):
        """What is wrong that the types of the questions let pass: dict key -> sentence."""
        return {}

    def get_applicant_errors(self, applicant, answers):
        """What is wrong of this person, told to whoever reads her file: as `get_errors`. In
        superuser mode."""
        return {}

    def get_own_sentence(self, env):
        """Where she does it by herself."""
        raise NotImplementedError

    def lacks_children(self, answers):
        """Whether it is about children whom nobody without account could choose."""
        return False

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


def get_address_errors(env, answers, key="new_address"):
    """Beside the part of the address that lacks: its question leaves the postcode optional, which
    an address outside of the territory needs."""
    if not answers.get(key):
        return {}
    _values, found = env["identity.check"]._check_address(read_address(answers, key), anywhere=True)
    # Its question has one part for a commune of here and for any town.
    parts = {"city": "commune"}
    return {f"{key}.{parts.get(name, name)}": sentence for name, sentence in found.items()}


def read_person(answers, prefix):
    names = ("firstname", "lastname", "birthdate", "birthplace", "email")
    typed = {name: answers.get(f"{prefix}_{name}") for name in names}
    return {name: value for name, value in typed.items() if value}


def get_person_errors(env, answers, prefix, minor=False):
    """As where somebody signs up; what the form leaves optional may lack."""
    _values, found = env["identity.check"]._check_person(read_person(answers, prefix), minor)
    keys = {f"{prefix}_{name}": sentence for name, sentence in found.items()}
    return {key: keys[key] for key in keys.keys() & answers.keys()}
