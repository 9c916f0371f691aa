"""A stand-in for the tables of Statistics Netherlands (OData v3), in pages."""

import json
import re
from typing import Any

from tests.standins.serving import Answer, Request, StandIn


class Statistics(StandIn):
    """``tables`` are the rows by identifier, ``titles`` the titles of tables; ``page`` rows are given at once."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[dict[str, Any]]] = {}
        self.titles: dict[str, str] = {}
        self.page = 2

    def answer(self, request: Request) -> Answer:
        parts = request.path.strip("/").split("/")
        if parts == ["ODataCatalog", "Tables"]:
            listed = [{"Identifier": key, "Title": title} for key, title in self.titles.items()]
            return _answer({"value": listed})
        if parts[:2] != ["ODataFeed", "odata"] or parts[2] not in self.tables:
            return Answer(404, b"<html>nothing here</html>", "text/html")
        rows = self.tables[parts[2]]
        if parts[3] == "Gemeenten":
            keys = sorted({row["Gemeenten"] for row in rows})
            return _answer({"value": [{"Key": key, "Title": f"Gemeente {key.strip()}"} for key in keys]})
        return self._rows(request, parts, rows)

    def _rows(self, request: Request, parts: list[str], rows: list[dict[str, Any]]) -> Answer:
        asked = re.fullmatch(r"substringof\('(\w+)',Gemeenten\)", request.query.get("$filter", ""))
        found = [row for row in rows if asked and row["Gemeenten"].strip() == asked[1]]
        skip = int(request.query.get("skip", 0))
        body: dict[str, Any] = {"value": found[skip : skip + self.page]}
        if len(found) > skip + self.page:
            condition = request.query["$filter"]
            path = "/".join(parts)
            body["odata.nextLink"] = f"{self.url}/{path}?$filter={condition}&skip={skip + self.page}"
        return _answer(body)


def _answer(body: dict[str, Any]) -> Answer:
    return Answer(200, json.dumps(body).encode())
