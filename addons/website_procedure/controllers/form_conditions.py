"""When a question is asked: for the script, and in words for who has none."""

from odoo.http import request


def get_condition_sentence(other, operator, values):
    if other.type in ("boolean", "consent"):
        names = {
            "1": request.env._("Yes"),
            "true": request.env._("Yes"),
            "0": request.env._("No"),
            "false": request.env._("No"),
        }
    else:
        names = {option.value: option.label for option in other.option_ids}
    answer = request.env._(" or ").join(
        f"«\xa0{names.get(value.lower(), names.get(value, value))}\xa0»" for value in values
    )
    question = (other.label or "").rstrip(" ?:")
    if operator in ("=", "in"):
        return request.env._(
            "If you answered %(answer)s to “%(question)s”:", answer=answer, question=question
        )
    if operator == "!=":
        return request.env._(
            "If you did not answer %(answer)s to “%(question)s”:", answer=answer, question=question
        )
    if operator == "not set":
        return request.env._("If you did not answer “%(question)s”:", question=question)
    return request.env._("If you answered “%(question)s”:", question=question)
