"""The HTML checker finds nothing to say of any page."""

import json
import os
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.browser.conftest import Sites

pytestmark = [pytest.mark.browser, pytest.mark.checker]


def test_the_html_of_every_page_is_valid(sites: Sites, tmp_path: Path) -> None:
    for name, address in sites.all_pages().items():
        (tmp_path / f"{name}.html").write_bytes(source(address))
    form = urlencode({"name": "", "address": "nowhere", "language": "en", "time_zone": "UTC"})
    refused = source(sites.fresh.address + sites.fresh.pages["set-up"], form.encode())
    assert b'aria-invalid="true"' in refused
    (tmp_path / "refused set-up.html").write_bytes(refused)
    assert complaints(tmp_path) == []


def source(address: str, form: bytes | None = None) -> bytes:
    """What a page is made of, also when it is an error."""
    try:
        with urlopen(address, form, timeout=30) as answer:
            return bytes(answer.read())
    except HTTPError as answer:
        return answer.read()


def complaints(folder: Path) -> list[str]:
    """Errors and warnings of the Nu Html Checker, by page."""
    jar = os.environ["VNU_JAR"]
    command = ["java", "-Xss2m", "-jar", jar, "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = json.loads(done.stderr or done.stdout)["messages"]
    return [f"{Path(one['url']).stem}: {one['message']} {one.get('extract')}" for one in said]
