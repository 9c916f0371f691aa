"""The health check of the web container: does the portal answer under a name it goes by?

Exit code 0 when /gezond/live answers with 200, 1 otherwise. The name is the first of ALLOWED_HOSTS, since
any other one is refused.
"""

import os
import sys
import urllib.request


def is_live(port: str, host: str) -> bool:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/gezond/live", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


if __name__ == "__main__":
    first_name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    host = "localhost" if first_name == "*" else first_name.removeprefix(".")
    sys.exit(0 if is_live(os.environ.get("PORT", "8000"), host) else 1)
