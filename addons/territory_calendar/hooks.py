def post_init_hook(env):
    env["territory.holiday"]._load_school_holidays()
