"""What user code prints and logs on AWS, as lines of the shape of the system's own.

Each has function, trace and level, as on the local clouds, so that a trace shows them and nothing
that is printed passes for a line of another function. Lambda gives a process one event at a time.
"""

import datetime
import io
import json
import logging
import os
import sys

from twinloom_runner import logs

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


class Output(io.RawIOBase):
    """A standard stream; a process that user code starts writes to the file descriptor itself."""

    def __init__(self, number, lines):
        super().__init__()
        self.number = number
        self.lines = lines
        self.rest = bytearray()

    def writable(self):
        return True

    def fileno(self):
        return self.number

    def write(self, data):
        data = bytes(data)
        *ended, rest = data.split(b"\n")
        for part in ended:
            self.keep(part)
            self.end_line()
        self.keep(rest)
        return len(data)

    def keep(self, part):
        self.rest += part[: MAX_LINE_BYTES - len(self.rest)]

    def end_line(self):
        line = bytes(self.rest)
        self.rest.clear()
        self.lines.line(b"I", line[:-1] if line.endswith(b"\r") else line)

    def end_event(self):
        if self.rest:
            self.end_line()


class LogHandler(logging.Handler):
    """Each record with its level, a stack trace within it."""

    def __init__(self, lines):
        super().__init__()
        self.lines = lines

    def emit(self, record):
        try:
            text = self.format(record).encode("utf-8", "backslashreplace")
        except Exception:
            self.handleError(record)
            return
        self.lines.line(logs.level(record), text[:MAX_LINE_BYTES])


class Printing:
    """Standard output, standard error and the log of the process, from now on."""

    def __init__(self, function, form):
        self.lines = Lines(function, sys.__stdout__.fileno())
        self.outputs = [
            Output(original.fileno(), self.lines) for original in (sys.__stdout__, sys.__stderr__)
        ]
        sys.stdout, sys.stderr = (stream(output) for output in self.outputs)
        logs.set_up(form, LogHandler(self.lines))

    def begin(self, trace):
        self.lines.trace = trace

    def end(self):
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass  # user code has put something else in its place
        for output in self.outputs:
            output.end_event()
        self.lines.trace = ""


def stream(output):
    return io.TextIOWrapper(
        io.BufferedWriter(output), "utf-8", errors="backslashreplace", line_buffering=True
    )
