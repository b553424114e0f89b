"""Whether the server can still work: a probe that only hears an answer does not know."""

from __future__ import annotations

import os
from threading import Thread


def fault() -> str:
    """What the process has run out of, in a sentence; empty where it can open a file and start a thread."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return "The server has no file descriptor left."
    try:
        thread = Thread(target=lambda: None, name="probe")
        thread.start()
    except RuntimeError:
        return "The server has no thread left."
    thread.join()
    return ""
