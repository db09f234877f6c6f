"""CI forbids skipping: a test that does not run is red."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest
@pytest.mark.skip(reason="no browser")
def test_skipped(): ...
@pytest.mark.xfail
def test_expected_to_fail(): assert False
def test_fine(): ...
"""


@pytest.mark.parametrize(
    ("forbid", "suite", "code", "last"),
    [
        ("1", SUITE, 1, "1 passed, 1 xfailed, 1 error"),
        ("", SUITE, 0, "1 passed, 1 skipped, 1 xfailed"),
        ("1", "import pytest\npytest.importorskip('no_such_module')\ndef test_x(): ...", 2, "1 error"),
    ],
)
def test_a_skipped_test_is_red_where_skipping_is_forbidden(tmp_path, forbid, suite, code, last):
    (tmp_path / "test_it.py").write_text(suite)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    options = ["-q", "-p", "tests.kit.noskip", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:valkey"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-c", tmp_path / "pytest.ini", tmp_path],
        env=os.environ | {"OPSDESK_FORBID_SKIP": forbid},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.splitlines()[-1].rpartition(" in ")[0]) == (code, last)
