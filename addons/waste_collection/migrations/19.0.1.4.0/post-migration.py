from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file

KEYS = {"infants", "direct_debit", "bank_details"}
PROPOSAL = (
    "Nouvelles questions : les enfants de moins de 3 ans (taille du bac), le prélèvement "
    "automatique, et le RIB pour qui le souhaite."
)


def migrate(cr, version):
    """A form published before these questions keeps its own: they come into its draft, which the
    manager reads and publishes, or deletes."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    procedure = env.ref("waste_collection.procedure_bin", raise_if_not_found=False)
    published = procedure and procedure.version_id
    if not published or KEYS & set(published.field_ids.mapped("key")):
        return
    draft = procedure.action_new_version()
    if KEYS & set(draft.field_ids.mapped("key")):
        return
    convert_file(
        env,
        "waste_collection",
        "data/procedure_bin_payment_data.xml",
        # The file writes into the first version: here, into the draft.
        {"waste_collection.procedure_bin_version_1": draft.id},
        mode="init",
        noupdate=True,
    )
    draft.proposal = PROPOSAL
