"""Kept for the pages that are about to leave this addon."""

from odoo.http import request

from odoo.addons.website_parts.tools import day


def show_moment(moment, with_time=False):
    return day.show_moment(request.env, moment, with_time)
