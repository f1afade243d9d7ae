"""What user code prints and logs, line by line, on the pipe that its results go through.

So each line arrives before the result of the event that printed it. Long lines are cut, and of more
than so many in a second the rest is only counted (see PrintedLines.java).
"""

import io
import logging
import os
import time

from twinloom_runner import logs

MAX_LINE_BYTES = 1000
MAX_LINES_A_SECOND = 100


class Printing:
    """Sends lines; `call` is the event that runs, 0 where none does."""

    def __init__(self, send):
        self.send = send
        self.pid = os.getpid()
        self.call = 0
        self.second = time.monotonic()
        self.in_second = 0
        self.dropped = 0

    def line(self, level, line):
        now = time.monotonic()
        if now - self.second >= 1:
            self.second = now
            self.in_second = 0
            self.tell_dropped()
        self.in_second += 1
        if self.in_second > MAX_LINES_A_SECOND:
            self.dropped += 1
            return
        if len(line) > MAX_LINE_BYTES:
            line = line[:MAX_LINE_BYTES] + " …".encode()
        self.send(self.call, level + line)

    def tell_dropped(self):
        if self.dropped:
            text = "(%d more lines were printed and not kept)" % self.dropped
            self.dropped = 0
            self.send(self.call, b"I" + text.encode())


class Output(io.RawIOBase):
    """A standard stream; a process that user code has forked writes to the file descriptor itself."""

    def __init__(self, number, printing):
        super().__init__()
        self.number = number
        self.printing = printing
        self.rest = bytearray()

    def writable(self):
        return True

    def fileno(self):
        return self.number

    def write(self, data):
        data = bytes(data)
        if os.getpid() != self.printing.pid:
            return os.write(self.number, data)
        begin = 0
        while True:
            end = data.find(b"\n", begin)
            if end < 0:
                break
            self.keep(data, begin, end)
            self.end_line()
            begin = end + 1
        self.keep(data, begin, len(data))
        return len(data)

    def keep(self, data, begin, end):
        # One byte more than a line may have shows that it was cut.
        self.rest += data[begin : min(end, begin + MAX_LINE_BYTES + 1 - len(self.rest))]

    def end_line(self):
        line = bytes(self.rest)
        self.rest.clear()
        self.printing.line(b"I", line[:-1] if line.endswith(b"\r") else line)

    def end_event(self):
        if self.rest:
            self.end_line()


class LogHandler(logging.Handler):
    """Each record with its level; a trace is lines of the same level."""

    def __init__(self, printing):
        super().__init__()
        self.printing = printing

    def emit(self, record):
        try:
            text = self.format(record).encode("utf-8", "backslashreplace")
        except Exception:
            self.handleError(record)
            return
        level = logs.level(record)
        for line in text.split(b"\n"):
            self.printing.line(level, line.rstrip(b"\r"))


def open_stream(output):
    return io.TextIOWrapper(
        io.BufferedWriter(output), "utf-8", errors="backslashreplace", line_buffering=True
    )
