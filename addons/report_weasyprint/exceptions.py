class RenderingError(Exception):
    """The document lacks what a reader needs, or asks for what it may not have."""
