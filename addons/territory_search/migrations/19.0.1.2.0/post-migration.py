"""Words that sixty more searches taught, added to the rows where the staff kept ours; a swimming
pool alone is not a building permit."""

TABLES = {
    "territory.search.elsewhere": ("territory_search_elsewhere", "words"),
    "territory.search.synonym": ("territory_search_synonym", "name"),
}
# Model, name of the row, what it held, what it holds now.
CHANGES = [
    (
        "territory.search.elsewhere",
        "elsewhere_planning",
        "clôture, véranda, piscine, abri jardin",
        "clôture, véranda, construire, construction, agrandir maison, carport, garage, panneaux "
        "solaires, photovoltaïque, ravalement, piscine jardin, piscine enterrée, piscine hors sol, "
        "abri jardin",
    ),
    (
        "territory.search.elsewhere",
        "elsewhere_water_fault",
        "eau marron, eau sale",
        "eau marron, eau jaune, eau rouille, eau trouble, eau sale",
    ),
    (
        "territory.search.synonym",
        "synonym_collection",
        "vidé, vider",
        "vidé, vider, pris sacs, pris poubelle, pris bac, pris ordures",
    ),
    (
        "territory.search.synonym",
        "synonym_move",
        "nouvelle maison, quitter",
        "nouvelle maison, reprendre maison, reprend maison, reprends maison, quitter",
    ),
]


def migrate(cr, version):
    if not version:
        return
    for model, name, before, after in CHANGES:
        table, column = TABLES[model]
        cr.execute(
            f"""
            UPDATE {table} AS kept SET {column} = replace(kept.{column}, %s, %s)
            FROM ir_model_data AS data
            WHERE data.model = %s AND data.res_id = kept.id
              AND data.module = 'territory_search' AND data.name = %s
              AND strpos(kept.{column}, %s) = 0
            """,
            [before, after, model, f"territory_search_{name}", after],
        )
