from . import school_registration, school_class_choice
