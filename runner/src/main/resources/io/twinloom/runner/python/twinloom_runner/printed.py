"""What user code prints and logs, cut into lines: what becomes of a line is said by who uses this."""

import io
import logging
import sys

from twinloom_runner import logs

NUMBERS = (("stdout", 1), ("stderr", 2))


class Output(io.RawIOBase):
    """A standard stream, whose lines are given to `line(level, text)`."""

    def __init__(self, number, line, most):
        super().__init__()
        self.number = number
        self.line = line
        self.most = most  # bytes of a line; what it has beyond is dropped
        self.rest = bytearray()

    def writable(self):
        return True

    def fileno(self):
        return self.number

    def write(self, data):
        data = bytes(data)
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
        self.rest += data[begin : min(end, begin + self.most - len(self.rest))]

    def end_line(self):
        line = bytes(self.rest)
        self.rest.clear()
        self.line(b"I", line[:-1] if line.endswith(b"\r") else line)

    def end_event(self):
        if self.rest:
            self.end_line()


class LogHandler(logging.Handler):
    """Gives each record, with its stack trace, to `record(level, text)`."""

    def __init__(self, record):
        super().__init__()
        self.take = record

    def emit(self, record):
        try:
            text = self.format(record).encode("utf-8", "backslashreplace")
        except Exception:
            self.handleError(record)
            return
        self.take(logs.level(record), text)


class Streams:
    """Standard output and standard error as user code gets them.

    `output(number)` makes the Output of a file descriptor.
    """

    def __init__(self, output):
        self.output = output
        self.outputs = {}
        self.streams = {}
        for name, number in NUMBERS:
            self.open(name, number)

    def open(self, name, number):
        self.outputs[name] = output = self.output(number)
        self.streams[name] = io.TextIOWrapper(
            io.BufferedWriter(output), "utf-8", errors="backslashreplace", line_buffering=True
        )
        setattr(sys, name, self.streams[name])

    def end_event(self):
        """Ends the lines that were begun; a stream that user code has closed is opened again."""
        for name, number in NUMBERS:
            own = self.streams[name]
            current = getattr(sys, name, None)
            try:
                own.flush()
                if current is not own:
                    current.flush()
            except Exception:
                self.outputs[name].end_event()
                self.open(name, number)
            self.outputs[name].end_event()
