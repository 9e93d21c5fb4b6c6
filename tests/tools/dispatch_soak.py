#!/usr/bin/env python3
"""A city under fire: three live servers, 200 cars, 30 ambulances, 5 hospitals, a crash a second, and kill -9 of the
leader each minute, which comes back ten seconds later.

    dispatch_soak.py BELLWETHER [SECONDS [KILL_EVERY]]      300 and 60 if left out

At the end every crash that was acknowledged to its car must be completed, each exactly once, at all three servers.
Only the standard library is used. Exit code: 0 all held, 1 something did not.
"""
import collections
import ctypes
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

SERVERS, DRAIN = 3, 180  # seconds for what is open when the last crash is reported


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class City:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.ports = free_ports(SERVERS)
        self.addresses = [f"127.0.0.1:{port}" for port in self.ports]
        self.nodes, self.clients = [None] * SERVERS, []

    def start(self, arguments, out):
        with open(self.folder / out, "ab") as file:
            return subprocess.Popen([self.program, *arguments], stdout=file, stderr=subprocess.STDOUT,
                                    stdin=subprocess.DEVNULL, preexec_fn=die_with_parent)

    def start_node(self, i):
        self.nodes[i] = self.start(["node", "--tcp-port", str(self.ports[i]), "--data", str(self.folder / f"n{i}"),
                                    "--id", str(i + 1), "--expect", str(SERVERS), "--discovery", "seeds",
                                    "--seed", ",".join(self.addresses)], f"n{i}.log")

    def start_fleet(self, kind, count, *more):
        self.clients.append(self.start(["client", "--type", kind, "--fleet", str(count), "--json", "--server",
                                        ",".join(self.addresses), *more], f"{kind}.jsonl"))
        return self.clients[-1]

    def status(self):
        """By name; who does not answer is left out."""
        said = subprocess.run([self.program, "status", "--json", *self.addresses], capture_output=True, timeout=30)
        nodes = json.loads(said.stdout).get("nodes", []) if said.stdout else []
        return {node["member"]: node for node in nodes if "dispatch" in node}

    def leader(self):
        for node in self.status().values():
            if node.get("role") == "leader":
                return node["member"]
        return None

    def counts(self):
        counts = collections.Counter()
        seen = collections.Counter()
        for line in (self.folder / "car.jsonl").read_text().splitlines():
            news = json.loads(line)
            counts[news["event"]] += 1
            if news["event"] == "acknowledged":
                seen[news["client"], news["number"]] += 1
        return counts, seen


def wait_for(what, seconds, words):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.5)
    raise SystemExit(f"FAILED: {words}")


def run(program, seconds, kill_every):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bellwether_soak"))
    city = City(program, folder)
    for i in range(SERVERS):
        city.start_node(i)
    wait_for(lambda: city.leader(), 30, "no leader within 30 s")
    names = {node: i for i, node in enumerate(sorted(city.status()))}
    city.start_fleet("ambulance", 30)
    city.start_fleet("hospital", 5, "--beds", "12")
    cars = city.start_fleet("car", 200, "--crash-every", "200s", "--for", f"{seconds}s")
    begun, kills, down = time.monotonic(), 0, None
    while cars.poll() is None:
        time.sleep(0.2)
        spent = time.monotonic() - begun
        if down is not None and spent > down[1]:
            city.start_node(down[0])
            down = None
        if spent > kill_every * (kills + 1) and spent < seconds - 20 and (leader := city.leader()) is not None:
            down = (names[leader], spent + 10)
            city.nodes[down[0]].kill()
            city.nodes[down[0]].wait()
            kills += 1
            print(f"{spent:6.1f} s  kill -9 of {leader}, which leads", flush=True)
    if down is not None:
        city.start_node(down[0])
    counts, seen = city.counts()

    def drained():
        said = city.status()
        return len(said) == SERVERS and all(node["dispatch"]["open"] == 0 for node in said.values())

    wait_for(drained, DRAIN, f"crashes are still open after {DRAIN} s: {city.status()}")
    completed = {name: node["dispatch"]["completed"] for name, node in city.status().items()}
    print(f"{counts['reported']} reported, {len(seen)} acknowledged, completed {completed}, {kills} leaders killed, "
          f"{counts['disconnected']} times a car was moved")
    # What was reported and not acknowledged by the end may be completed or not.
    right = all(len(seen) <= count <= counts["reported"] for count in completed.values())
    right = right and len(set(completed.values())) == 1 and len(seen) > 0 and all(n == 1 for n in seen.values())
    print("all held" if right else f"FAILED; see {folder}")
    return 0 if right else 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(run(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 300.0,
                 float(sys.argv[3]) if len(sys.argv) > 3 else 60.0))
