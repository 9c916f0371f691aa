import argparse
import json
import os
import sys
from importlib import import_module

NAMES = ("intake", "queue", "pages", "dashboards", "search", "fanout", "map", "budget")


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measure the portal on a real server.")
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="one JSON list on standard output, nothing else")
    parser.add_argument("--seconds", type=float, default=15, help="how long each measurement lasts")
    parser.add_argument("--clients", type=int, default=4, help="how many clients send at once")
    parser.add_argument("--size", type=int, help="how many reports there are beforehand")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "movisie_portal.settings")
    # The official that a bench signs in has no app or key at hand; the page is the same.
    os.environ.setdefault("STAFF_SECOND_FACTOR", "0")
    import django

    django.setup()
    bench = import_module(f"benchmarks.{asked.name}")
    rows = bench.measure(
        seconds=asked.seconds, clients=asked.clients, **({"size": asked.size} if asked.size else {})
    )
    if asked.json:
        json.dump(rows, sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        for row in rows:
            print("\n".join(f"{key:>16}: {value}" for key, value in row.items()), end="\n\n")


main()
