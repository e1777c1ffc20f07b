{
    "name": "Public guard",
    "summary": "Checks of uploads, public forms, repeated attempts, codes and spreadsheets",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "E-Territoire contributors",
    "license": "AGPL-3",
    "development_status": "Beta",
    "maintainers": ["e-territoire"],
    "depends": ["web"],
    "external_dependencies": {
        "python": ["python-magic", "pypdf", "Pillow", "pillow-heif", "xlsxwriter"],
    },
    "data": [
        "security/ir.model.access.csv",
        "views/public_guard_templates.xml",
    ],
}
