"""The house rules of the design, as import contracts (declared in pyproject.toml)."""

import subprocess
import sys

import pytest

CONTRACTS = (
    "domain-stands-alone",
    "sides-never-meet",
    "one-door-to-duckdb",
)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_contract_is_kept(contract: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--contract",
            contract,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout
