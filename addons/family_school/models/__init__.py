from . import school_year, school_level, school_group
from . import territory_service, school_class, school_sector
from . import school_pupil_kept, school_pupil, res_partner
from . import school_climb, school_climb_line, school_forecast
from . import territory_loader, ir_ui_menu, privacy_processing
