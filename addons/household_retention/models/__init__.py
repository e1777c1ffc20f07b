from . import privacy_processing, res_partner, res_users
