from . import (
    procedure_digest,
    procedure_request,
    res_config_settings,
    res_users,
    territory_service,
)
