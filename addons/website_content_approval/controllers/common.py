"""What the pages of contributors and readers share."""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.content_approval.exceptions import DraftBegun
from odoo.addons.content_approval.models.content_revision_mail import REASON_MAX
from odoo.addons.public_guard.exceptions import FormHurried
from odoo.addons.territory_base.dates import say_day
from odoo.addons.website_parts.tools.day import show_moment
from odoo.addons.website_parts.tools.web import Posted, is_csrf_valid, not_cached, number

PAGE = {"type": "http", "auth": "user", "website": True, "sitemap": False}
FORM = {**PAGE, "methods": ["GET", "POST"], "csrf": False, "territory_form": True}
POST = {**FORM, "methods": ["POST"]}
PURPOSE = "contribution"


def find_revision(number_typed):
    """Not found, rather than forbidden: the number of another's change says nothing."""
    revision = request.env["content.revision"].browse(number(number_typed)).exists()
    if not revision or not revision._may_see(request.env.user):
        raise NotFound()
    return revision


def find_kind(model):
    """The model of a kind of content."""
    if not request.env["content.type"]._get_id(model) or model not in request.env:
        raise NotFound()
    return request.env[model]


def find_content(model, number_typed):
    """A content to which this person contributes."""
    content = find_kind(model).browse(number(number_typed)).exists()
    if not content or not content._may_propose(request.env.user):
        raise NotFound()
    return content


def is_sent():
    return request.httprequest.method == "POST"


def check_sent(posted):
    """A sentence if this post is not to be believed."""
    if not is_csrf_valid():
        return request.env._("This page stayed open for too long. Send it again.")
    try:
        request.env["public.guard"]._check_form(PURPOSE, posted.form.to_dict())
    except FormHurried:
        # Somebody signed in is no robot: who reads a change may accept it at the first glance.
        return ""
    except UserError as refused:
        return str(refused)
    return ""


def read_message(posted, name="message"):
    """(what was written, a sentence if it is too long): nothing is cut without a word."""
    words = posted.text(name)
    if len(words) <= REASON_MAX:
        return words, ""
    return words, request.env._(
        "%(count)s signs: %(limit)s at most.", count=len(words), limit=REASON_MAX
    )


def make_token():
    previous = Posted.from_request().text("guard_token", 2000) if is_sent() else None
    return request.env["public.guard"]._form_token(PURPOSE, previous=previous)


def claim(posted):
    """(token, whether this form is sent for the first time)."""
    return request.env["public.guard"]._claim_token(posted.text("guard_token", 2000))


class Refusal(str):
    """A sentence, and where one goes from there."""

    __slots__ = ("url",)

    def __new__(cls, words, url=""):
        refusal = super().__new__(cls, words)
        refusal.url = url
        return refusal


def attempt(method, *args):
    """Call; the sentence of a refusal, empty when it is done."""
    try:
        with request.env.cr.savepoint():
            method(*args)
    except DraftBegun as refused:
        return Refusal(str(refused), f"/my/contributions/{refused.revision.id}")
    except UserError as refused:
        return str(refused)
    return ""


def attempt_once(posted, method, *args):
    """The same, once for each form: a second press finds it done. A refusal spends nothing."""

    def act():
        _token_sudo, is_new = claim(posted)
        if is_new:
            method(*args)

    return attempt(act)


def is_repeated(posted):
    """Whether this very form was taken already."""
    with request.env.cr.savepoint() as savepoint:
        _token_sudo, is_new = claim(posted)
        if is_new:
            savepoint.rollback()
    return not is_new


def render(template, values, status=200):
    title = values["page_title"]
    if values.get("errors"):
        title = request.env._("Error: %(name)s", name=title)
    env = request.env
    values = {
        "guard_token": make_token(),
        "notice_url": getattr(values.get("notice"), "url", ""),
        "my_space_word": env._("My space"),
        "list_word": env._("What I publish"),
        "reading_word": env._("To read"),
        "online_word": env._("Online"),
        "reason_word": env._("Why it cannot wait"),
        "sure_word": env._("I publish it now, in the name of my town hall"),
        "before_column": env._("Before"),
        "after_column": env._("After"),
        **values,
        # Whoever hears the page is told first; its heading stays what it was.
        "window_title": title,
    }
    name = template if "." in template else f"website_content_approval.{template}"
    return not_cached(request.render(name, values, status=status))


def redirect(url):
    return request.redirect(url, code=303)


def show_day(day):
    return say_day(request.env, day, "EEEE d MMMM")


def prepare_messages(revision):
    """What people wrote to each other, as this person reads it."""
    me = request.env.user.partner_id
    return [
        {
            "author": request.env._("You") if message_sudo.author_id == me else author,
            "is_me": message_sudo.author_id == me,
            "date": show_moment(request.env, message_sudo.date, with_time=True),
            "body": message_sudo.body,
        }
        for message_sudo in revision._get_words().sorted("id")
        for author in [message_sudo.author_id.name or ""]
    ]


def get_tag(revision_sudo):
    env = request.env
    return {
        "draft": {"tone": "neutre", "label": env._("Draft")},
        "submitted": {"tone": "cours", "label": env._("Being read")},
        "changes_asked": {"tone": "moi", "label": env._("Yours to correct")},
        "published": {"tone": "ok", "label": env._("Online")},
        "archived": {"tone": "neutre", "label": env._("Earlier version")},
        "withdrawn": {"tone": "neutre", "label": env._("Given up")},
    }[revision_sudo.state]


def get_readers(revision):
    """(who reads it, words of the button that sends it)."""
    services_sudo = revision._get_reading_services()
    names = ", ".join(services_sudo.mapped("name")[:3])
    is_hall = services_sudo[:1].kind == "town_hall"
    button = request.env._("Send to the town hall") if is_hall else request.env._("Send to be read")
    return names or request.env.company.name, button


def draw_preview(revision, **more):
    """What people will read; nothing where the content shows none."""
    template = revision._get_model()._get_preview_template()
    if not template:
        return Markup("")
    preview_sudo = revision._get_preview()
    return request.env["ir.qweb"]._render(
        template,
        {"content": preview_sudo, "is_preview": True, "website": request.website, **more},
    )


def tell_delay(days):
    """In how many days a change is usually read."""
    if days == 1:
        return request.env._("usually within one day")
    return request.env._("usually within %(count)s days", count=days)


def draw_words(parts):
    """Words that stay, go and come, one after the other: not a space more than was typed."""
    env = request.env
    shown = {
        "removed": (Markup("<del>%s%s</del>"), env._("removed: ")),
        "added": (Markup("<ins>%s%s</ins>"), env._("added: ")),
    }
    hidden = Markup('<span class="visually-hidden">%s</span>')
    drawn = Markup("")
    for state, words in parts:
        frame, told = shown.get(state, (None, ""))
        drawn += frame % (hidden % told, words) if frame else words
    return drawn


def prepare_changes(revision, earlier=None, names=None):
    """The difference, with the addresses of its images."""
    changes = revision._get_difference(earlier)
    by_name = {change["name"]: change for change in changes}
    options = revision._get_model()._get_approval_fields()
    beside = {}
    for name, each in options.items():
        if by_name.get(name, {}).get("kind") == "image":
            beside |= dict.fromkeys(filter(None, (each.get("alt"), each.get("credit"))), name)
    values, before = revision.sudo().values or {}, revision.sudo().base_values or {}
    if earlier is not None:
        before = earlier.sudo().values or {}
    shown = []
    for change in changes:
        if names is not None and change["name"] not in names:
            continue
        # The words of a picture are read beside it.
        if change["name"] in beside:
            continue
        if change["kind"] == "image":
            name = change["name"]
            change["sides"] = [
                _prepare_picture(source, kept, name, options[name])
                for source, kept in ((earlier or revision, before), (revision, values))
            ]
            for side in ("alt", "credit"):
                told = [picture[side] for picture in change["sides"]]
                change[side] = [draw_words(each) for each in revision._compare_words(*told)]
        elif change["kind"] == "lines":
            for row in change["rows"]:
                row["pictures"] = [
                    [f"/contributions/{source.id}/{each}" for each in sums]
                    for source, sums in zip(
                        (earlier or revision, revision), row["images"], strict=True
                    )
                ]
        elif change["kind"] in ("words", "choice"):
            change |= {side: draw_words(change[side]) for side in ("before", "after")}
        shown.append(change)
    return shown


def _prepare_picture(revision, values, name, options):
    kept = values.get(name)
    return {
        "url": f"/contributions/{revision.id}/{kept['sum']}" if kept else "",
        "alt": values.get(options.get("alt")) or "",
        "credit": values.get(options.get("credit")) or "",
    }


def prepare_online_link(content):
    """Where whoever reads its changes takes it off the site, or puts it back."""
    user = request.env.user
    is_online = bool(content) and content.sudo().is_online
    may = content and (
        content._may_take_offline(user) if is_online else content._may_put_back(user)
    )
    path = f"/my/contributions/page/{content._name}/{content.id}/en-ligne"
    return {
        "online_url": path if may else "",
        "online_act": request.env._("Take this page off the site…")
        if is_online
        else request.env._("Put this page back online…"),
    }


def tell_count(count):
    if count == 1:
        return request.env._("1 change")
    return request.env._("%(count)s changes", count=count)
