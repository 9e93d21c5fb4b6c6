#!/usr/bin/env python3
"""A node of the original traffic lights hangs on to a live group.

    original_light.py BELLWETHER

Starts two nodes with --original-lights and speaks the originals' datagrams to them, from the wire facts alone: it tells
of itself by multicast, asks for an election, follows whoever sends COORDINATOR unless its own id is higher, and shows
what PHASE_UPDATE says, in the order of its numbers. It must follow the group's leader, never be without an ANSWER for 5 s
after COORDINATOR (it would lead then), and become green; also when the leader is killed. Exit code: 0 all held, 1 not.
"""
import ctypes
import json
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

GROUP, FIRST_PORT = "239.255.255.250", 6000
PATIENCE = 40


def udp():
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
    return made


def free_ids(count):
    """Ids whose ports, 6000 + id, are free; ascending."""
    taken = [udp() for _ in range(4 * count)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = sorted(one.getsockname()[1] for one in taken)
    for one in taken:
        one.close()
    return [port - FIRST_PORT for port in ports if port > FIRST_PORT][:count]


class Light:
    def __init__(self, id, multicast_port):
        self.id, self.multicast_port = id, multicast_port
        self.socket = udp()
        self.socket.bind(("127.0.0.1", FIRST_PORT + id))
        self.peers, self.leader, self.received = {}, None, 0
        self.without_answer = None  # since when
        self.shown, self.told = [], 0
        self.ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.ear.bind(("0.0.0.0", multicast_port))
        member = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton("127.0.0.1"))
        self.ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        self.socket.settimeout(0.05)
        self.ear.setblocking(False)

    def say(self, to, type, **payload):
        message = {"type": type, "sender_id": self.id, "sender_name": "light", "payload": payload}
        self.socket.sendto(json.dumps(message).encode(), to)

    def work(self):
        if time.monotonic() > self.told + 0.5:
            self.told = time.monotonic()
            message = {"type": "DISCOVERY", "sender_id": self.id, "sender_name": "light", "timestamp": time.time(),
                       "payload": {"port": FIRST_PORT + self.id}}
            self.socket.sendto(json.dumps(message).encode(), (GROUP, self.multicast_port))
        try:
            while True:
                said = json.loads(self.ear.recv(65535))
                if said["type"] == "DISCOVERY" and said["sender_id"] > self.id and said["sender_id"] not in self.peers:
                    self.peers[said["sender_id"]] = ("127.0.0.1", said["payload"]["port"])
                    self.say(self.peers[said["sender_id"]], "ELECTION")
        except BlockingIOError:
            pass
        try:
            bytes, at = self.socket.recvfrom(4096)
            self.hear(json.loads(bytes), at)
        except socket.timeout:
            pass
        waits = self.without_answer is not None and time.monotonic() - self.without_answer
        if waits and waits > 4:
            sys.exit("without an ANSWER after COORDINATOR: an original would lead now")

    def hear(self, said, at):
        kind, payload = said["type"], said["payload"]
        if kind == "ANSWER":
            self.without_answer = None
        elif kind == "COORDINATOR" and payload["leader_id"] > self.id:
            self.leader, self.without_answer = payload["leader_id"], time.monotonic()
            self.say(at, "COORDINATOR_ACK", leader_id=self.leader)
        elif kind == "STATE_SYNC":
            self.received = max(self.received, payload["sequence_num"])
        elif kind == "PHASE_UPDATE":
            self.say(at, "ACK", seq=payload["seq"])
            if payload["seq"] == self.received + 1:
                self.received += 1
                self.shown.append(payload["node_phases"].get(str(self.id), "RED"))


def work_until(light, holds, what):
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            sys.exit(f"never: {what}; leader {light.leader}, shown {light.shown}")
        light.work()


def start(program, folder, id, multicast_port):
    config = folder / "node.yaml"
    config.write_text("timing: {heartbeat_interval: 100ms, phi_acceptable_pause: 400ms, answer_timeout: 300ms}\n"
                      "interval: 200ms\n"
                      "lights: {intersections: 1, green: 300ms, yellow: 200ms, all_red: 100ms}\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    words = [program, "node", "--config", config, "--host", "127.0.0.1", "--tcp-port", port, "--udp-port",
             FIRST_PORT + id, "--id", id, "--data", folder / str(id), "--expect", 2, "--discovery", "multicast",
             "--multicast-port", multicast_port, "--original-lights"]
    die_with_me = lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    return subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=open(folder / f"{id}.err", "ab"), preexec_fn=die_with_me)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    low, middle, high = free_ids(3)
    multicast_port = FIRST_PORT + free_ids(1)[0]
    with tempfile.TemporaryDirectory() as folder:
        nodes = [start(sys.argv[1], pathlib.Path(folder), id, multicast_port) for id in (middle, high)]
        try:
            light = Light(low, multicast_port)
            work_until(light, lambda: light.leader == high, "the group's leader is followed")
            work_until(light, lambda: light.shown.count("GREEN") >= 3, "it becomes green")
            if not {"YELLOW", "RED"} <= set(light.shown):
                sys.exit(f"never yellow or red: {light.shown}")
            # Of two nodes none leads alone: the one that comes back does again, and goes on with higher numbers.
            nodes[1].kill()
            nodes[1].wait()
            nodes[1] = start(sys.argv[1], pathlib.Path(folder), high, multicast_port)
            light.leader, before = None, light.shown.count("GREEN")
            work_until(light, lambda: light.leader in (middle, high), "a leader is followed again")
            work_until(light, lambda: light.shown.count("GREEN") > before + 1, "it becomes green again")
        finally:
            for node in nodes:
                node.kill()
                node.wait()


if __name__ == "__main__":
    main()
