"""A Python worker: runs one user function in a process apart from the system.

Started by Twinloom as `python3 -I -B worker.py PATIENCE_MS RESULT_BYTES MEMORY_MB TIMEOUT_S`.
Frames come in on standard input and go out on standard output (see Frame.java); before user code
is loaded both pipes are moved out of its reach. Needs Python 3.8 and nothing else.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# For these imports: user code finds nothing there, and its own files change nothing in ours. The
# runner comes first, since it notes what Python has loaded by itself.
sys.path.insert(0, HERE)
from twinloom_runner import calling, logs, printed
import printing

del sys.path[0]

import collections
import json
import select
import signal
import struct
import _thread

HEAD = struct.Struct(">IBq")
LEAST = HEAD.size - 4
MAX_BYTES = 4 * 1024 * 1024
DEFINE, CALL, MARK = (ord(c) for c in "DCM")
READY, LOADED, ANSWER, ERROR, GIVEN_BACK, RETIRING, PRINTED = (ord(c) for c in "RLAEBXP")
FAILED, NOT_LOADED, MEMORY = b"F", b"L", b"M"

LOADING_PATIENCE = 0.25
REPEAT_GIVING_BACK = 0.25
WATCH_SECONDS = 5
MAX_THREADS = 200
MORE_PROCESSES = 1000
THREAD_STACK = 1024 * 1024  # 8 MB as usual would leave room for some fifty threads
RECURSION_LIMIT = sys.getrecursionlimit()
# Set where no namespace of processes ends what this one has started.
MARKER = os.environb.get(b"TWINLOOM_WORKER", b"")


class Channel:
    """Both pipes. Only the main thread reads; any that prints writes.

    A frame below a pipe's atomic size is written whole, so the signal handler may send one while the
    main thread sends a line; an answer is sent when no handler does.
    """

    def __init__(self):
        self.source = os.dup(0)  # not inherited by programs that user code starts
        self.sink = os.dup(1)
        self.errors = os.dup(2)
        self.marks = False
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        self.buffer = bytearray()
        self.frames = collections.deque()
        self.lock = _thread.RLock()

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
        with self.lock:
            while data:
                data = data[os.write(self.sink, data) :]

    def mark(self, what, call):
        """Says on the error stream of which event what stands there is (see EventMarks.java)."""
        if self.marks:
            try:
                os.write(self.errors, b"\0twinloom-event %s %d\n" % (what, call))
            except OSError:
                self.marks = False  # user code has closed it


def end_all():
    """Ends this process and all that it has started."""
    if MARKER:
        end_marked(b"TWINLOOM_WORKER=" + MARKER)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def end_marked(marker):
    """Ends what has left the process group, where no namespace holds it: it has our environment."""
    try:
        numbers = [int(n) for n in os.listdir("/proc") if n.isdigit()]
    except OSError:
        return
    for number in numbers:
        try:
            with open("/proc/%d/environ" % number, "rb") as file:
                if number != os.getpid() and marker in file.read().split(b"\0"):
                    os.kill(number, signal.SIGKILL)
        except OSError:
            pass  # it has ended, or is somebody else's


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


class Streams(printed.Streams):
    """The standard streams that user code gets; closing one closes no file descriptor."""

    def __init__(self, send):
        self.kept = (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__)
        self.printing = printing.Printing(send)
        super().__init__(lambda number: printing.Output(number, self.printing))
        sys.stdin = sys.__stdin__ = open(0, "r", closefd=False)
        sys.__stdout__ = self.streams["stdout"]
        sys.__stderr__ = self.streams["stderr"]

    def end_event(self):
        """Sends what was printed; a line that was begun ends with its event."""
        super().end_event()
        self.printing.tell_dropped()
        self.printing.call = 0


class Worker:
    def __init__(self, channel, streams, patience, result_bytes, megabytes, timeout):
        self.channel = channel
        self.streams = streams
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
            elif kind == MARK:
                self.channel.marks = True
            else:
                end_all()

    def serve(self, call, body):
        function = struct.unpack_from(">i", body)[0]
        retire = False
        self.streams.printing.call = call
        self.channel.mark(b"begin", call)
        try:
            if self.handler is None and not self.load(call, function):
                self.retire()
            answer = ANSWER, b""
            if len(body) > 4:  # else it was only to be loaded
                text = str(body[4:], "utf-8")
                event = self.decode(text)
                self.start(self.patience)
                result = self.handler(event)
                self.stop()
                answer = ANSWER, calling.result_as_json(
                    result, self.may_return_nothing, self.result_bytes, text
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
        self.channel.mark(b"end", call)
        self.channel.send(answer[0], call, answer[1])
        if retire or not self.is_sound():
            self.retire()

    def load(self, call, function):
        definition = dict(self.definitions[function], seconds=self.timeout)
        self.folders = calling.folders(definition)
        self.start(LOADING_PATIENCE)
        try:
            calling.set_environment(definition.get("environment", {}))
            logs.set_up(definition["form"], printed.LogHandler(self.streams.printing.record))
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
        self.streams.end_event()
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
            # All that there are now on the machine, of any user, and some: forking has an end.
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
    streams = Streams(lambda call, line: channel.send(PRINTED, call, line))
    limit_resources(megabytes)
    calling.allow_numbers_of_any_size()
    sys.argv = [""]
    _thread.stack_size(THREAD_STACK)
    _thread.start_new_thread(watch, (channel.source, timeout + WATCH_SECONDS))
    patience = patience_ms / 1000
    worker = Worker(channel, streams, patience, result_bytes, megabytes, timeout)
    worker.run()


main()
