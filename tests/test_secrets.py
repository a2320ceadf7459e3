"""No file that is kept holds a secret: neither a token of Slack's nor a key of anybody's."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
SECRETS = re.compile(
    r"xox[a-z]-\d{8,}-[\w-]{10,}"
    r"|xapp-\d-[A-Z0-9]{8,}-\d{8,}-\w{20,}"
    r"|hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/\w{16,}"
    r"|(?i:signing_?secret)\W{1,6}[0-9a-f]{32}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_\w{36,}|\bgithub_pat_\w{40,}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
)

# Put together here, so that this file holds none.
KNOWN = (
    "xoxb-" + "123456789012-123456789012-" + "a1B2" * 6,
    "xapp-1-" + "A012AB3CD4E-123456789012-" + "0f" * 32,
    "https://hooks.slack.com/services/" + "T012AB3CD/B012AB3CD/" + "a1B2" * 6,
    "SLACK_SIGNING_SECRET=" + "0f" * 16,
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "AKIA" + "ABCDEFGH01234567",
    "ghp_" + "a1B2" * 9,
)


@pytest.mark.parametrize("secret", KNOWN)
def test_a_secret_is_recognised(secret: str) -> None:
    assert SECRETS.search(f"token: {secret}\n")


def test_no_file_that_is_kept_holds_a_secret() -> None:
    git = shutil.which("git")
    if git is None or not (HOUSE / ".git").exists():
        pytest.skip("which files are kept, only git can tell")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [HOUSE / name for name in listed.stdout.split("\0") if name]
    assert len(files) > 100
    secrets_in = {
        file.name: [match[0][:12] for match in SECRETS.finditer(file.read_text("utf-8", "ignore"))]
        for file in files
        if file.is_file()
    }
    assert {name: secrets for name, secrets in secrets_in.items() if secrets} == {}
