from . import waste_holiday_proposal, waste_holiday_proposal_line, waste_round_load
