"""A checkout of its own for tests of the scripts, so that they touch nothing of the one they lie in."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "MAIL_SINK_DIR", "MEDIA_ROOT", "PORT"}


class Checkout:
    """Runs bash in a copied checkout, with script/lib loaded and none of the test run's own settings."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "script", root / "script")
        (root / ".venv").symlink_to(ROOT / ".venv")

    def start(self, commands: str, **options: object) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= options.pop("env", {})
        script = f'set -euo pipefail\nROOT={self.root}\n. "$ROOT/script/lib/portal.sh"\n{commands}'
        return subprocess.Popen(
            ["bash", "-c", script],
            env=environment,
            text=True,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **options,
        )

    def bash(self, commands: str, **options: object) -> subprocess.CompletedProcess[str]:
        process = self.start(commands, **options)
        output, _ = process.communicate(timeout=90)
        return subprocess.CompletedProcess(commands, process.returncode, output)

    def tidy(self) -> None:
        """Stop what a failed test left running, and remove what lies outside the checkout."""
        if not (self.root / "var/postgres").exists():
            return
        self.bash("trap services_down EXIT; services_up demo")
        outside = self.bash(
            "SERVICE_ID=$(service_id); echo /var/tmp/movisie-portal-$SERVICE_ID /tmp/movisie-$SERVICE_ID"
        ).stdout
        for path in outside.split():
            shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def checkout() -> Iterator[Checkout]:
    """A checkout that the database's user can reach; one for all tests of a module, since it fills slowly."""
    with tempfile.TemporaryDirectory(prefix="checkout-") as folder:
        Path(folder).chmod(0o755)
        checkout = Checkout(Path(folder) / "portal")
        yield checkout
        checkout.tidy()
