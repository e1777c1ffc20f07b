from . import (
    territory_demo_commune,
    territory_demo_contribution,
    territory_demo_directory,
    territory_demo_living,
    territory_demo_question,
    territory_demo_request,
    territory_demo,
)
