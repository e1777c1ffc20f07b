def _post_init(env):
    """Each procedure ends with the question (N26); a manager unticks it where it would hurt."""
    procedures = env["procedure.procedure"].with_context(active_test=False)
    procedures.search([("has_survey", "=", False)]).has_survey = True
