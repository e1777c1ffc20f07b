"""When a question is asked: for the script, and in words for browsers without it."""


def get_condition(field, others, prefix=""):
    """([all or any, list of [input name, operator, values]], sentence) of a field, or None.

    :param others: dict key -> field of the form
    :param prefix: of the inputs of this row, in a repeated block
    """
    conditions, clauses = [], []
    for condition in field.condition_ids:
        wanted = condition._to_engine()
        other = others.get(wanted.key)
        if not other:
            continue
        in_row = prefix and other.block_key
        name = f"{prefix}{wanted.key}" if in_row else wanted.key
        conditions.append([name, wanted.operator, list(wanted.values)])
        clauses.append(_get_clause(other, wanted.operator, wanted.values))
    if not conditions:
        return None
    is_any = field.condition_join == "any"
    glue = field.env._(" or if ") if is_any else field.env._(" and if ")
    sentence = field.env._("If %(clauses)s:", clauses=glue.join(clauses))
    return ["any" if is_any else "all", conditions], sentence


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
