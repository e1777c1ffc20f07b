"""Every form filled in badly: each error is beside a field that is shown."""

import json
import re

from lxml import html

# By type of question: what people get wrong.
BAD = {
    "date": "32/13/2026",
    "integer": "douze",
    "decimal": "12 50",
    "amount": "1.250",
    "time": "25h00",
    "email": "ana@",
    "phone": "12",
    "siret": "732 829 320 00075",
    "rna": "W12",
    "iban": "FR76 3000",
    "commune": "vaubecour",
    "char": "x" * 300,
    "text": "x" * 5100,
}
# A commune that is nearly one of ours, a postcode too short, an address without its commune.
BAD_ADDRESSES = (
    {"street": "1 rue Haute", "commune": "vaubecour"},
    {"street": "1 rue Haute", "commune": "Vaubecourt", "zip": "552"},
    {"street": "1 rue Haute"},
    {"commune": "Vaubecourt"},
    {"street": "x" * 300, "commune": "Vaubecourt"},
    {"street": "1 rue Haute", "commune": "Vaubecourt", "street2": "x" * 300},
)
PART = re.compile(r"(street2?|zip|commune|same)$")


class FormSweep:
    """For an HttpCase: `sweep` fills in a form in every bad way it knows."""

    def get_tree(self, response):
        return html.fromstring(response.content)

    def sweep(self, procedure):
        """:return: how many answers with errors were looked at, and what is wrong in them"""
        path = f"/demarches/{procedure.slug}/formulaire{self.get_query(procedure)}"
        seen, wrong = 0, []
        may_end = "exit" in procedure.version_id.field_ids.mapped("type")
        for data in self.spoil(procedure, path):
            response = self.url_open(path, data=data, allow_redirects=False)
            if response.status_code == 303 or (may_end and response.status_code == 200):
                # A page without error: the next one, or the end of a form that she does not need.
                continue
            tree = self.get_tree(response)
            self.assertEqual(response.status_code, 422, procedure.name)
            try:
                self.assert_errors_are_shown(tree, procedure.name)
            except AssertionError as error:
                wrong.append(str(error))
            seen += 1
        return seen, wrong

    def get_query(self, procedure):
        """What an address of this form needs to be one."""
        return ""

    def spoil(self, procedure, path):
        tree = self.get_tree(self.url_open(path))
        types = {field.key: field.type for field in procedure.version_id.field_ids}
        inputs = tree.xpath("//form[@data-public-form]//*[@name]")
        names = {node.get("name"): node for node in inputs if node.get("type") != "hidden"}
        hidden = {
            node.get("name"): node.get("value") or ""
            for node in inputs
            if node.get("type") == "hidden"
        }
        action = tree.xpath("//form[@data-public-form]//*[@name='_action']/@value")[0]
        hidden["_action"] = action
        yield hidden
        for rank, address in enumerate(BAD_ADDRESSES):
            for same in ("", "1"):
                data = dict(hidden)
                for name, node in names.items():
                    found = PART.search(name)
                    if found and found[0] == "same":
                        data[name] = same
                    elif found and name != found[0]:
                        data[name] = address.get(found[0], "")
                    elif node.get("type") in ("radio", "checkbox"):
                        choices = tree.xpath("//*[@name=$name]/@value", name=name)
                        data[name] = choices[min(rank, len(choices) - 1)]
                    elif node.get("type") != "file" and not name.startswith("_"):
                        data[name] = BAD.get(types.get(name.rpartition(".")[2]), "")
                yield data

    def assert_errors_are_shown(self, tree, told):
        links = tree.xpath("//*[@id='erreurs']//li")
        self.assertTrue(links, told)
        for line in links:
            sentence = " ".join(line.text_content().split())
            (target,) = line.xpath("a/@href") or [""]
            if not target and sentence.startswith("Étape"):
                # On another page of the form, which is named.
                continue
            self.assertTrue(target, f"{sentence}: no field. {told}")
            (field,) = tree.xpath("//*[@id=$id]", id=target[1:])
            self.assertTrue(self.is_shown(tree, field), f"{sentence}: hidden. {told}")
            (message,) = tree.xpath("//*[@id=$id]", id=f"{target[1:]}-e")
            said = " ".join(message.text_content().split()).removeprefix("Erreur : ")
            self.assertIn(said, sentence)
            self.assertTrue(field.xpath("ancestor::*[contains(@class, 'et-field--bad')]"), told)
            if field.tag in ("input", "select", "textarea"):
                self.assertEqual(field.get("aria-invalid"), "true", told)
            self.assertIn(f"{target[1:]}-e", field.get("aria-describedby") or "", told)
        beside = tree.xpath("//*[contains(@class, 'et-err')]")
        here = [line for line in links if line.xpath("a")]
        self.assertEqual(len(beside), len(here), f"each one beside its field. {told}")

    # What the script hides (`procedure_form.js`)

    def is_shown(self, tree, node):
        for block in node.xpath("ancestor-or-self::*[@data-if or @data-same]"):
            same = tree.xpath("//*[@name=$name][@checked]", name=block.get("data-same") or "")
            groups = json.loads(block.get("data-if") or "[]")
            if same or not all(self.holds_group(tree, group) for group in groups):
                return False
        return True

    def holds_group(self, tree, group):
        join, conditions = group
        return {"any": any, "all": all}[join](self.holds(tree, *each) for each in conditions)

    def holds(self, tree, key, operator, expected):
        nodes = tree.xpath("//form[@data-public-form]//*[@name=$name]", name=key)
        values = [value for value in map(self.get_value, nodes) if value]
        if nodes and not self.is_shown(tree, nodes[0]):
            values = []
        if operator == "set":
            return bool(values)
        if operator == "not set":
            return not values
        if operator == "!=":
            return not set(values) & self.get_words(expected)
        if operator in ("=", "in"):
            return bool(set(values) & self.get_words(expected))
        # Nothing that is compared is typed well here.
        return False

    def get_words(self, expected):
        yes = dict.fromkeys(("true", "yes", "oui", "on"), "1")
        no = dict.fromkeys(("false", "no", "non", "off"), "0")
        return {*expected, *({**yes, **no}.get(word.lower(), word) for word in expected)}

    def get_value(self, node):
        if node.tag == "select":
            return next(iter(node.xpath("option[@selected]/@value")), "")
        if node.tag == "textarea":
            return node.text
        if node.get("type") in ("radio", "checkbox") and not node.get("checked"):
            return ""
        return node.get("value")
