import pytest
from nginx_site import Site


@pytest.fixture
def site(tmp_path):
    """The shipped nginx on a port of its own."""
    site = Site(tmp_path)
    yield site
    site.stop()
