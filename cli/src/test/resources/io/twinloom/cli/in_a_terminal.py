"""Runs a command in a pseudo terminal: presses keys, resizes the window, tells how it was left.

Arguments: the keys to press in the end ("q", or "^C"), then the command. Prints one JSON object.
"""
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

keys, command = sys.argv[1], sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    # Who runs these tests in the background ignores it, and so would the command.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execvp(command[0], command)


def resize(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(24, 80)
before = termios.tcgetattr(terminal)
said = b""


def read(until, patience):
    global said
    start = len(said)
    end = time.monotonic() + patience
    while time.monotonic() < end and until not in said[start:]:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                said += os.read(terminal, 65536)
            except OSError:  # Its other end is closed.
                return
    assert until in said[start:], said[-3000:]


read(b"rule 1 fired", 90)
read(b"q end", 30)
raw = not termios.tcgetattr(terminal)[3] & termios.ICANON
os.write(terminal, b"?")
read(b"let the picture stand still", 60)
resize(18, 60)
read(b"\x1b[2J", 60)
os.write(terminal, b"\x03" if keys == "^C" else keys.encode())
read(b"\x1b[?1049l", 30)
read(b"init my-twin", 30)
_, status = os.waitpid(pid, 0)
after = termios.tcgetattr(terminal)
print(json.dumps({
    "raw": raw,
    "restored": before[3] == after[3],
    "exit": os.waitstatus_to_exitcode(status),
    "said": said.decode("utf-8", "replace"),
}))
