from . import school_pupil
