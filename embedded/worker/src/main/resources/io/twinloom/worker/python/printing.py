"""What user code prints and logs, line by line, on the pipe that its results go through.

So each line arrives before the result of the event that printed it. Long lines are cut, and of more
than so many in a second the rest is only counted (see PrintedLines.java).
"""

import os
import time

from twinloom_runner import printed

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

    def record(self, level, text):
        """A stack trace is lines of the same level."""
        for line in text.split(b"\n"):
            self.line(level, line.rstrip(b"\r"))

    def tell_dropped(self):
        if self.dropped:
            text = "(%d more lines were printed and not kept)" % self.dropped
            self.dropped = 0
            self.send(self.call, b"I" + text.encode())


class Output(printed.Output):
    """A standard stream; a process that user code has forked writes to the file descriptor itself."""

    def __init__(self, number, printing):
        # One byte more than a line may have shows that it was cut.
        super().__init__(number, printing.line, MAX_LINE_BYTES + 1)
        self.pid = printing.pid

    def write(self, data):
        if os.getpid() != self.pid:
            return os.write(self.number, data)
        return super().write(data)
