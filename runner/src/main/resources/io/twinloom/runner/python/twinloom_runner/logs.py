"""Logging as the clouds set it up before they load user code: a handler at the root, and a level."""

import json
import logging
import sys


def set_up(form, handler):
    """The given handler is the root's only one."""
    logging.getLogger().handlers[:] = [handler]
    set_level(form)


def set_level(form):
    # AWS leaves the root at WARNING, which code in its form expects and changes; Azure shows INFO.
    if form != "PYTHON_LAMBDA":
        logging.getLogger().setLevel(logging.INFO)


def set_up_in_package(form):
    """The cloud's own handler stays; where there is none, lines say their level as JSON."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    set_level(form)


class JsonLines(logging.Formatter):
    """https://cloud.google.com/logging/docs/structured-logging"""

    def format(self, record):
        text = super().format(record)
        return json.dumps({"severity": record.levelname, "message": text})


def level(record):
    """The letter of a record's level, as frames have it."""
    if record.levelno >= logging.ERROR:
        return b"E"
    if record.levelno >= logging.WARNING:
        return b"W"
    return b"I" if record.levelno >= logging.INFO else b"D"
