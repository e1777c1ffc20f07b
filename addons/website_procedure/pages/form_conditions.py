"""When a question is asked: for the script, and in words for browsers without it."""


def get_condition(field, others, prefix=""):
    """([all or any, list of [input name, operator, values]], sentence) of a field, or None.

    :param others: dict key -> field of the form
    :param prefix: of the inputs of this row, in a repeated block
    """
    conditions = []
    for condition in field.condition_ids:
        wanted = condition._to_engine()
        other = others.get(wanted.key)
        if other:
            in_row = prefix and other.block_key
            name = f"{prefix}{wanted.key}" if in_row else wanted.key
            values = other._get_typed_values(wanted.values)
            conditions.append([name, wanted.operator, values])
    if not conditions:
        return None
    clauses = _join_clauses(field.condition_ids, field.condition_join, others)
    sentence = field.env._("If %(clauses)s:", clauses=clauses)
    return ["any" if field.condition_join == "any" else "all", conditions], sentence


def get_require_sentence(field, others):
    """When an optional question is required; empty when it never is."""
    if field.required or not field.require_ids:
        return ""
    clauses = _join_clauses(field.require_ids, field.require_join, others)
    return field.env._("Required if %(clauses)s, optional otherwise.", clauses=clauses)


def _join_clauses(conditions, join, others):
    env = conditions.env
    asked = [condition._to_engine() for condition in conditions]
    glue = env._(" or if ") if join == "any" else env._(" and if ")
    return glue.join(
        _get_clause(others[wanted.key], wanted.operator, wanted.values)
        for wanted in asked
        if wanted.key in others
    )


def _get_clause(other, operator, values):
    question = (other.label or "").rstrip(" \xa0?:")
    if operator == "set":
        return other.env._("you answered “%(question)s”", question=question)
    if operator == "not set":
        return other.env._("you did not answer “%(question)s”", question=question)
    answer = _get_answer(other, values)
    if operator == "!=":
        return other.env._(
            "you did not answer %(answer)s to “%(question)s”", answer=answer, question=question
        )
    if operator in ("=", "in"):
        return other.env._(
            "you answered %(answer)s to “%(question)s”", answer=answer, question=question
        )
    clauses = {
        "<": other.env._("your answer to “%(question)s” is below %(value)s"),
        "<=": other.env._("your answer to “%(question)s” is at most %(value)s"),
        ">": other.env._("your answer to “%(question)s” is above %(value)s"),
        ">=": other.env._("your answer to “%(question)s” is at least %(value)s"),
    }
    return clauses[operator] % {"question": question, "value": ", ".join(values)}


def _get_answer(other, values):
    """What she would have answered, in the words of the form."""
    words = other._get_type().get_condition_words
    return other.env._(" or ").join(f"«\xa0{words(other, value)}\xa0»" for value in values)
