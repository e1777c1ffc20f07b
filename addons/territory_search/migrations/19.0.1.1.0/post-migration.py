"""39 39 answers neither on civil status nor on elections: where the staff kept it, our own number
is shown again, and how to do without that of the town hall is said."""

HINT = " Si vous n’avez pas son numéro, appelez-nous."


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE territory_search_elsewhere AS elsewhere
        SET phone = NULL, answer = answer || %s
        FROM ir_model_data AS data
        WHERE data.model = 'territory.search.elsewhere' AND data.res_id = elsewhere.id
          AND data.module = 'territory_search'
          AND data.name IN (
              'territory_search_elsewhere_civil_status', 'territory_search_elsewhere_election'
          )
          AND elsewhere.phone = '39 39'
        """,
        [HINT],
    )
