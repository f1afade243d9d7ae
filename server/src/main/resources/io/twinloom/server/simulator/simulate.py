"""Sends what the devices of a twin would measure, over MQTT 3.1.1 with QoS 1; standard library only.

    python3 simulate.py [--host HOST] [--port PORT] [--rate N] [--count N] [--user USER]

The password is read from TWINLOOM_MQTT_PASSWORD. twin.json beside this file says which twin, devices and
payloads; --cafile checks the server's certificate against that file and encrypts.
"""
import argparse
import datetime
import json
import os
import pathlib
import socket
import ssl
import struct
import time


def text(value):
    data = value.encode("utf-8")
    return struct.pack(">H", len(data)) + data


def packet(kind, body):
    length, out = len(body), bytearray([kind])
    while True:
        digit, length = length % 128, length // 128
        out.append(digit | (0x80 if length else 0))
        if not length:
            return bytes(out) + body


def read(connection, count):
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise ConnectionError("the twin closed the connection")
        data += more
    return data


def answer(connection):
    kind, length, shift = read(connection, 1)[0], 0, 0
    while True:
        digit = read(connection, 1)[0]
        length |= (digit & 0x7F) << shift
        shift += 7
        if not digit & 0x80:
            return kind, read(connection, length)


def connect(options):
    connection = socket.create_connection((options.host, options.port), timeout=30)
    if options.cafile:
        context = ssl.create_default_context(cafile=options.cafile)
        connection = context.wrap_socket(connection, server_hostname=options.host)
    flags, credentials = 0x02, b""
    if options.user:
        flags |= 0xC0
        credentials = text(options.user) + text(os.environ.get("TWINLOOM_MQTT_PASSWORD", ""))
    body = text("MQTT") + bytes([4, flags]) + struct.pack(">H", 60) + text("simulator-%d" % os.getpid())
    connection.sendall(packet(0x10, body + credentials))
    kind, body = answer(connection)
    if kind != 0x20 or body[1]:
        raise ConnectionError("the twin refused the connection, code %d" % body[1])
    return connection


def main():
    twin = json.loads(pathlib.Path(__file__).with_name("twin.json").read_text("utf-8"))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default=twin["host"])
    parser.add_argument("--port", type=int, default=twin["port"])
    parser.add_argument("--rate", type=float, default=1.0, help="messages a second")
    parser.add_argument("--count", type=int, default=0, help="0: until it is stopped")
    parser.add_argument("--user")
    parser.add_argument("--cafile")
    options = parser.parse_args()
    connection, sent = connect(options), 0
    try:
        while not options.count or sent < options.count:
            payload = dict(twin["payloads"][sent % len(twin["payloads"])])
            payload["timestamp"] = datetime.datetime.now(datetime.timezone.utc).isoformat()
            sent += 1
            number = (sent - 1) % 65535 + 1
            topic = "dt/%s/%s/telemetry" % (twin["twin"], payload["device_id"])
            body = text(topic) + struct.pack(">H", number) + json.dumps(payload).encode("utf-8")
            connection.sendall(packet(0x32, body))
            kind, body = answer(connection)
            if kind != 0x40 or struct.unpack(">H", body[:2])[0] != number:
                raise ConnectionError("a message was not acknowledged")
            time.sleep(1 / options.rate)
    except KeyboardInterrupt:
        pass
    finally:
        connection.sendall(packet(0xE0, b""))
        connection.close()
        print("%d sent and acknowledged" % sent)


if __name__ == "__main__":
    main()
