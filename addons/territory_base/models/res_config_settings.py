from odoo import api, models
from odoo.modules import Manifest

# Of core's own settings, what somebody here has to decide; by id of the setting.
KEPT = {
    "active_user_setting",
    "companies_setting",
    "company_details_settings",
    "email-alias-setting",
    "email_servers_setting",
    "enable_password_reset",
    "invite_users_setting",
    "languages_setting",
}
AUTHOR = "E-Territoire contributors"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Ours, and the few of core that serve here: among call servers, keys of foreign services
        and sales of modules, the four boxes that matter were lost. All are there in debug mode."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and not self.env.user.has_group("base.group_no_one"):
            for setting in arch.iter("setting"):
                if setting.get("id") not in KEPT and not self._is_own_setting(setting):
                    setting.set("invisible", "1")
            for block in arch.iter("block"):
                if all(each.get("invisible") == "1" for each in block.iter("setting")):
                    block.set("invisible", "1")
        return arch, view

    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user.has_group("base.group_no_one"))

    @api.model
    def _is_own_setting(self, setting):
        """Whether one of its fields is added by one of our modules."""
        names = {field.get("name") for field in setting.iter("field")} & set(self._fields)
        modules = {module for name in names for module in self._fields[name]._modules}
        return any((Manifest.for_addon(module) or {}).get("author") == AUTHOR for module in modules)
