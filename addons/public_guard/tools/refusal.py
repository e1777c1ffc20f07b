class Refusal(Exception):
    """Why a file is refused, as a code; the model turns it into a sentence."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason
