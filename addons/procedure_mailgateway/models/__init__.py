from . import (
    mail_thread,
    procedure_mail_answer,
    procedure_mail_gateway,
    procedure_mail_receipt,
    procedure_request,
    res_config_settings,
)
