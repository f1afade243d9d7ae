#!/usr/bin/env python3
"""Sends what the devices of a twin would measure, over MQTT 3.1.1 at QoS 1.

Needs Python 3.8 or newer and nothing else. `devices.json` beside it has the devices with their
keys: who has it can send as them.

    python3 simulate.py                          all devices, one message a second each, until Ctrl-C
    python3 simulate.py --device sensor-1 --rate 5 --count 100
    python3 simulate.py --host 192.168.1.20      where the twin listens on another address than it says
"""
import argparse
import datetime
import json
import math
import os
import random
import socket
import ssl
import struct
import sys
import tempfile
import time
from urllib.parse import urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECT, CONNACK, PUBLISH, PUBACK, PINGREQ, DISCONNECT = 0x10, 0x20, 0x32, 0x40, 0xC0, 0xE0
KEEP_ALIVE = 60


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


def packet(kind, body):
    length, left = b"", len(body)
    while True:
        left, digit = divmod(left, 128)
        length += bytes([digit | 0x80 if left else digit])
        if not left:
            return bytes([kind]) + length + body


class Connection:
    """One device's connection."""

    def __init__(self, access, host):
        address = urlsplit(access["address"])
        self.telemetry = access["telemetry"]
        self.last_id = 0
        self.socket = socket.create_connection((host or address.hostname, address.port), 10)
        if address.scheme == "ssl":
            self.socket = tls(access).wrap_socket(self.socket, server_hostname=host or address.hostname)
        flags, tail = 0x02, text(access["client_id"])
        if access.get("user"):
            flags |= 0x80
            tail += text(access["user"])
        if access.get("password"):
            flags |= 0x40
            tail += text(access["password"])
        self.socket.sendall(packet(CONNECT, text("MQTT") + bytes([4, flags]) + struct.pack("!H", KEEP_ALIVE) + tail))
        kind, body = self.read()
        if kind & 0xF0 != CONNACK or body[1]:
            raise ConnectionError("the connection was refused with code %d" % body[1])

    def exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("the connection was closed")
            data += more
        return data

    def read(self):
        kind, length, shift = self.exactly(1)[0], 0, 0
        while True:
            digit = self.exactly(1)[0]
            length |= (digit & 0x7F) << shift
            shift += 7
            if not digit & 0x80:
                return kind, self.exactly(length)

    def publish(self, payload):
        """Returns once the message is acknowledged: then it is stored or queued."""
        self.last_id = self.last_id % 65535 + 1
        self.socket.sendall(packet(PUBLISH, text(self.telemetry) + struct.pack("!H", self.last_id) + payload))
        while True:
            kind, body = self.read()
            if kind & 0xF0 == PUBACK and struct.unpack("!H", body[:2])[0] == self.last_id:
                return

    def ping(self):
        self.socket.sendall(packet(PINGREQ, b""))

    def close(self):
        self.socket.sendall(packet(DISCONNECT, b""))
        self.socket.close()


def tls(access):
    context = ssl.create_default_context(cadata=access.get("ca"))
    if access.get("certificate"):
        # Python takes a certificate of one's own from files alone.
        paths = []
        for name in ("certificate", "private_key"):
            handle, path = tempfile.mkstemp()
            with os.fdopen(handle, "w") as file:
                file.write(access[name])
            paths.append(path)
        context.load_cert_chain(*paths)
        for path in paths:
            os.unlink(path)
    return context


def value(prop, now):
    """A slow wave of one minute about the first value, with some noise, as a sensor has it."""
    first = prop.get("initValue")
    wave = math.sin(2 * math.pi * (now % 60) / 60)
    base = first if isinstance(first, (int, float)) and not isinstance(first, bool) else 20.0
    number = base + max(1, abs(base) / 10) * (wave + 0.1 * (random.random() - 0.5))
    return {
        "DOUBLE": round(number, 3),
        "INTEGER": round(number),
        "LONG": round(number),
        "BOOLEAN": wave > 0,
    }.get(prop["dataType"], first if isinstance(first, str) else "ok")


def message(device, turn):
    now = time.time()
    payloads = device["payloads"]
    if payloads:
        event = {k: v for k, v in payloads[turn % len(payloads)].items() if k not in ("timestamp", "time", "ts")}
    else:
        event = {"device_id": device["id"]}
        event.update((p["name"], value(p, now)) for p in device["properties"])
    event["timestamp"] = datetime.datetime.fromtimestamp(now, datetime.timezone.utc).isoformat(timespec="milliseconds")
    return json.dumps(event).encode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", action="append", help="only this device; may be given several times")
    parser.add_argument("--rate", type=float, default=1.0, help="messages a second of each device")
    parser.add_argument("--count", type=int, help="so many messages of each device (default: until Ctrl-C)")
    parser.add_argument("--host", help="another address of the device channel")
    given = parser.parse_args()
    with open(os.path.join(HERE, "devices.json"), encoding="utf-8") as file:
        devices = [d for d in json.load(file)["devices"] if not given.device or d["id"] in given.device]
    if not devices or not given.rate > 0:
        sys.exit("There is no such device, or the rate is not above 0.")
    connections = [(d, Connection(d["access"], given.host)) for d in devices]
    sent, turn, started = 0, 0, time.monotonic()
    try:
        while given.count is None or turn < given.count:
            for device, connection in connections:
                connection.publish(message(device, turn))
                sent += 1
            turn += 1
            wait = started + turn / given.rate - time.monotonic()
            while wait > 0:
                time.sleep(min(wait, KEEP_ALIVE / 2))
                wait -= KEEP_ALIVE / 2
                if wait > 0:
                    for _, connection in connections:
                        connection.ping()
    except KeyboardInterrupt:
        pass
    finally:
        for _, connection in connections:
            connection.close()
    print("%d messages sent and acknowledged" % sent)


if __name__ == "__main__":
    main()
