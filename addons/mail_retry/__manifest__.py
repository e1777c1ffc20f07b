{
    "name": "Mail: tried again",
    "summary": "A mail that meets a mail server that is away leaves later, or somebody is told",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["mail"],
    "data": ["data/mail_activity_type_data.xml"],
}
