from . import family_session_plan
