"""A mail server that keeps only what the fan-out is counted by: when which Message-ID came, and to whom.

``python -m benchmarks.counting PORT FILE``; every mail is a line of FILE: the moment, the Message-ID, the address.
"""

import asyncio
import sys
import time
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any, TextIO

from aiosmtpd.smtp import SMTP


class Counter:
    def __init__(self, lines: TextIO) -> None:
        self.lines = lines

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        headers = BytesHeaderParser().parsebytes(envelope.content)
        self.lines.write(f"{time.time()} {headers['Message-ID']} {envelope.rcpt_tos[0]}\n")
        self.lines.flush()
        return "250 OK"


async def serve(port: int, file: Path) -> None:
    with file.open("a") as lines:
        handler = Counter(lines)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(handler, hostname="sink"), "127.0.0.1", port)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
