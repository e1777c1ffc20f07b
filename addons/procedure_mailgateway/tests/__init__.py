from . import (
    test_incoming,
    test_mail_address,
    test_mail_completion,
    test_mail_cost,
    test_mail_files,
    test_mail_fuzz,
    test_mail_loops,
    test_mail_receive,
    test_mail_senders,
)
