"""An address typed at sign-up that no account of the staff wrote since was only declared: it stops
opening the dwelling, and is no proof beside somebody else's."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("""
        UPDATE dwelling_occupancy occupancy
           SET state = 'declared'
          FROM res_users creator, res_users writer
         WHERE creator.id = occupancy.create_uid AND creator.share
           AND writer.id = occupancy.write_uid AND writer.share
    """)
