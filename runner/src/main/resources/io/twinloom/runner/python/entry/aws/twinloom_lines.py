"""What user code prints and logs on AWS, as lines of the shape of the system's own.

Each has function, trace and level, as on the local clouds, so that a trace shows them and nothing
that is printed passes for a line of another function. Lambda gives a process one event at a time.
"""

import datetime
import json
import os
import sys

from twinloom_runner import logs, printed

# CloudWatch takes 256 KB a line.
MAX_LINE_BYTES = 64 * 1024

LEVELS = {b"E": "ERROR", b"W": "WARN", b"I": "INFO", b"D": "DEBUG"}


class Lines:
    """Writes lines, each at once; `trace` is that of the event that runs."""

    def __init__(self, function, number):
        self.function = function
        self.number = number
        self.trace = ""

    def line(self, level, text):
        now = datetime.datetime.now(datetime.timezone.utc)
        line = {
            "time": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "level": LEVELS[level],
            "function": self.function,
            "cloud": "aws",
            "trace_id": self.trace if isinstance(self.trace, str) else "",
            "message": text.decode("utf-8", "replace"),
            "fields": {"from": "user code"},
        }
        data = (json.dumps(line) + "\n").encode("ascii")
        while data:
            data = data[os.write(self.number, data) :]

    def record(self, level, text):
        """A stack trace stays within the line of its record."""
        self.line(level, text[:MAX_LINE_BYTES])


class Printing:
    """Standard output, standard error and the log of the process, from now on."""

    def __init__(self, function, form):
        self.lines = Lines(function, sys.__stdout__.fileno())
        self.streams = printed.Streams(
            lambda number: printed.Output(number, self.lines.line, MAX_LINE_BYTES)
        )
        logs.set_up(form, printed.LogHandler(self.lines.record))

    def begin(self, trace):
        self.lines.trace = trace

    def end(self):
        self.streams.end_event()
        self.lines.trace = ""
