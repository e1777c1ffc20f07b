def prepare_household(partner):
    return {"me": partner.sudo(), "members": [], "address": ""}
