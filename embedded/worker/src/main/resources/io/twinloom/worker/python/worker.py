"""A Python worker: runs one user function in a process apart from the system.

Started by Twinloom as `python3 -I -B worker.py PATIENCE_MS RESULT_BYTES MEMORY_MB TIMEOUT_S`.
Frames come in on standard input and go out on standard output (see Frame.java); before user code
is loaded both pipes are moved out of its reach. Needs Python 3.8 and nothing else.
"""

import collections
import json
import os
import select
import signal
import struct
import sys
import _thread

HEAD = struct.Struct(">IBq")
LEAST = HEAD.size - 4
MAX_BYTES = 4 * 1024 * 1024
DEFINE, CALL = ord("D"), ord("C")
READY, LOADED, ANSWER, ERROR, GIVEN_BACK, RETIRING = (ord(c) for c in "RLAEBX")
FAILED, NOT_LOADED, MEMORY = b"F", b"L", b"M"

LOADING_PATIENCE = 0.25
REPEAT_GIVING_BACK = 0.25
WATCH_SECONDS = 5
MAX_THREADS = 200
MORE_PROCESSES = 1000
RECURSION_LIMIT = sys.getrecursionlimit()
HERE = os.path.dirname(os.path.abspath(__file__))

sys.path.insert(0, HERE)  # for this one import: user code finds nothing there
from twinloom_runner import calling

del sys.path[0]


class Channel:
    """Both pipes; used by the main thread only."""

    def __init__(self):
        self.source = os.dup(0)  # not inherited by programs that user code starts
        self.sink = os.dup(1)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        self.buffer = bytearray()
        self.frames = collections.deque()

    def next(self):
        while not self.frames:
            self.fill()
        return self.frames.popleft()

    def fill(self):
        data = os.read(self.source, 65536)
        if not data:
            end_all()
        buffer = self.buffer
        buffer += data
        at = 0
        while len(buffer) - at >= HEAD.size:
            length, kind, number = HEAD.unpack_from(buffer, at)
            if not LEAST <= length <= MAX_BYTES:
                end_all()
            end = at + 4 + length
            if len(buffer) < end:
                break
            self.frames.append((kind, number, bytes(buffer[at + HEAD.size : end])))
            at = end
        del buffer[:at]

    def fill_with_what_is_there(self):
        while select.select([self.source], [], [], 0)[0]:
            self.fill()

    def send(self, kind, number, body=b""):
        data = memoryview(HEAD.pack(LEAST + len(body), kind, number) + body)
        while data:
            data = data[os.write(self.sink, data) :]


def end_all():
    """Ends this process and all that it has forked."""
    os.killpg(os.getpgrp(), signal.SIGKILL)


def watch(source, limit):
    """Ends the process when the system is gone, even while user code runs for ever.

    The kernel ends it, should the interpreter itself hang in one call: the timer counts processor
    time, and is wound up again for as long as this thread gets its turn.
    """
    poll = select.poll()
    poll.register(source, 0)
    while True:
        signal.setitimer(signal.ITIMER_PROF, limit)
        if poll.poll(WATCH_SECONDS * 1000):
            end_all()


def open_standard_streams():
    """Standard output goes where standard error goes; closing one closes no file descriptor."""
    kept = (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    sys.stdin = sys.__stdin__ = open(0, "r", closefd=False)
    sys.stdout = sys.__stdout__ = open_output(1)
    sys.stderr = sys.__stderr__ = open_output(2)
    return kept


def open_output(number):
    return open(number, "w", buffering=1, errors="backslashreplace", closefd=False)


class Worker:
    def __init__(self, channel, patience, result_bytes, megabytes, timeout):
        self.channel = channel
        self.patience = patience
        self.result_bytes = result_bytes
        self.megabytes = megabytes
        self.timeout = timeout
        self.pid = os.getpid()
        self.definitions = {}
        self.handler = None
        self.may_return_nothing = False
        self.folders = ()
        self.running = False
        self.decode = json.JSONDecoder().decode
        self.output = self.output_files()
        signal.signal(signal.SIGALRM, self.give_back)

    def run(self):
        self.channel.send(READY, self.pid)
        while True:
            kind, number, body = self.channel.next()
            if kind == DEFINE:
                self.definitions[number] = json.loads(body)
            elif kind == CALL:
                self.serve(number, body)
            else:
                end_all()

    def serve(self, call, body):
        function = struct.unpack_from(">i", body)[0]
        retire = False
        try:
            if self.handler is None and not self.load(call, function):
                self.retire()
            event = self.decode(str(body[4:], "utf-8"))
            self.start(self.patience)
            result = self.handler(event)
            self.stop()
            answer = ANSWER, calling.result_as_json(
                result, self.may_return_nothing, self.result_bytes
            )
        except MemoryError as e:
            self.stop()
            text = "It used more than %d MB of memory%s" % (
                self.megabytes,
                calling.place(e, self.folders),
            )
            answer, retire = (ERROR, MEMORY + text.encode()), True
        except calling.Problem as e:
            answer = ERROR, FAILED + str(e).encode("utf-8", "replace")
        except BaseException as e:
            self.stop()
            text = calling.describe(e, self.folders)
            answer = ERROR, FAILED + text.encode("utf-8", "replace")
        self.tidy()
        self.channel.send(answer[0], call, answer[1])
        if retire or not self.is_sound():
            self.retire()

    def load(self, call, function):
        definition = dict(self.definitions[function], seconds=self.timeout)
        self.folders = calling.folders(definition)
        self.start(LOADING_PATIENCE)
        try:
            calling.open_path(definition)
            handler = calling.load_handler(definition)
            self.stop()
        except BaseException as e:
            self.stop()
            text = calling.describe(e, self.folders)
            self.tidy()
            self.channel.send(ERROR, call, NOT_LOADED + text.encode("utf-8", "replace"))
            return False
        self.handler = handler
        self.may_return_nothing = definition.get("may_return_nothing", False)
        self.channel.send(LOADED, function)
        return True

    def start(self, patience):
        self.running = True
        signal.setitimer(signal.ITIMER_REAL, patience, REPEAT_GIVING_BACK)

    def stop(self):
        """User code has returned; where it returned twice, the copy ends here."""
        if os.getpid() != self.pid:
            os._exit(0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.running = False

    def give_back(self, *ignored):
        """The running event takes long: other workers shall have those behind it."""
        if not self.running or os.getpid() != self.pid:
            return
        channel = self.channel
        channel.fill_with_what_is_there()
        calls = [frame for frame in channel.frames if frame[0] == CALL]
        if calls:
            channel.frames = collections.deque(f for f in channel.frames if f[0] != CALL)
            channel.send(GIVEN_BACK, 0, b"".join(struct.pack(">q", f[1]) for f in calls))

    def tidy(self):
        for name, number in (("stdout", 1), ("stderr", 2)):
            stream = getattr(sys, name, None)
            try:
                stream.flush()
            except Exception:
                setattr(sys, name, open_output(number))
        sys.setrecursionlimit(RECURSION_LIMIT)

    def is_sound(self):
        return _thread._count() <= MAX_THREADS and self.output_files() == self.output

    @staticmethod
    def output_files():
        try:
            return [os.fstat(number).st_ino for number in (1, 2)]
        except OSError:
            return None

    def retire(self):
        self.channel.send(RETIRING, 0)
        end_all()


def limit_resources(megabytes):
    try:
        import resource
    except ImportError:
        return
    limits = [(resource.RLIMIT_AS, megabytes * 1024 * 1024), (resource.RLIMIT_CORE, 0)]
    try:
        with open("/proc/loadavg") as file:
            # All that there are now on the machine, whoever's, and some: forking has an end.
            there = int(file.read().split()[3].split("/")[1])
        limits.append((resource.RLIMIT_NPROC, there + MORE_PROCESSES))
    except (OSError, ValueError, IndexError):
        pass  # not Linux
    for what, value in limits:
        try:
            resource.setrlimit(what, (value, value))
        except (ValueError, OSError):
            pass  # a lower limit is set already, or this system has none


def main():
    patience_ms, result_bytes, megabytes, timeout = (int(a) for a in sys.argv[1:5])
    os.setsid()
    channel = Channel()
    kept = open_standard_streams()
    limit_resources(megabytes)
    calling.allow_numbers_of_any_size()
    sys.argv = [""]
    _thread.start_new_thread(watch, (channel.source, timeout + WATCH_SECONDS))
    worker = Worker(channel, patience_ms / 1000, result_bytes, megabytes, timeout)
    worker.run()
    del kept


main()
