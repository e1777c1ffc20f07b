from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Filing:
    """A request as it is submitted: who asks, for whom, by which channel, and what was filled in.

    :param procedure: the procedure, under the rights of the person who submits
    :param answers: dict of raw values, see `engine`
    :param files: dict key -> list of what `public.guard._check_upload` returned; the staff may
        give `make_seen(day)` in the place of one
    :param documents: dict key -> documents that the applicant gave before (`procedure.document`):
        same kind, still valid, for the same child or organisation
    :param confirmed: dict key -> day on which she said that what we knew is still exact
    :param applicant: the person who asks; without account, `identity` instead: raw values of
        `_get_identity_fields`
    :param acting_for: the organisation in whose name she asks
    :param subjects: the persons concerned (children)
    :param claim: the form's token; the same token gives back the same request
    :param received_on: the day on which the staff received it, today by default
    :param papers: the form on paper, as `files` of one key
    :param child: the child that the staff could not choose, as typed: see `_check_child`
    :param incomplete_until: what lacks is expected by this day, and the request is entered as it
        came: by the staff only
    """

    procedure: Any
    answers: dict
    files: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    confirmed: dict = field(default_factory=dict)
    applicant: Any = None
    identity: dict = field(default_factory=dict)
    acting_for: Any = None
    subjects: Any = None
    channel: str = "web"
    claim: str | None = None
    received_on: date | None = None
    papers: tuple = ()
    child: dict | None = None
    incomplete_until: date | None = None

    def __post_init__(self):
        """Nobody is an empty recordset, nothing an empty dict."""
        nobody = self.procedure.env["res.partner"]
        for name in ("applicant", "acting_for", "subjects"):
            object.__setattr__(self, name, getattr(self, name) or nobody)
        for name in ("files", "documents", "confirmed", "identity"):
            object.__setattr__(self, name, dict(getattr(self, name) or {}))

    @property
    def is_entered(self):
        """By the staff, for somebody: by another channel, or with what the site does not take."""
        is_seen = any(
            upload.get("seen_on") for uploads in self.files.values() for upload in uploads
        )
        return self.channel != "web" or bool(self.incomplete_until) or is_seen

    @property
    def is_incomplete(self):
        return bool(self.incomplete_until)

    @property
    def file_counts(self):
        return {
            key: len(self.files.get(key, ())) + len(self.documents.get(key, ()))
            for key in {**self.files, **self.documents}
        }

    def having(self, **values):
        """The same but for these."""
        return replace(self, **values)
