def post_init_hook(env):
    """French first: the language of the site's users, of new partners and of the staff."""
    env["res.lang"]._activate_lang("fr_FR")
    env["ir.default"].set("res.partner", "lang", "fr_FR")
    partners = env.ref("base.main_partner") | env.ref("base.user_admin").partner_id
    template = env.ref("base.template_portal_user_id", raise_if_not_found=False)
    if template:
        partners |= template.partner_id
    partners.write({"lang": "fr_FR"})
