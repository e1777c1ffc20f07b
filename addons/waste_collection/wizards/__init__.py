from . import waste_container_plan, waste_container_sheet
