#!/usr/bin/env python3
"""Cars, ambulances and hospitals as the original dispatch system has them, against a live group.

    original_client.py BELLWETHER      starts three nodes and runs the whole crash workflow, then again with the
                                       ambulance's server, which leads, killed in the middle

Written from the wire facts alone: such a client listens for beacons, asks the leader for a server, registers there, and
takes each chunk of read(4096) for ONE message; messages of other statuses, or without all they must have, it drops.
Here all of these are failures. Only the standard library is used. Exit code: 0 all held, 1 something did not.
"""
import asyncio
import ctypes
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile

PATIENCE = 40  # seconds for anything at all
STEP = 0.3  # seconds between the steps of an ambulance; the originals take 2

# What must be in the payload, by status.
REQUIRED = {
    "ack_register": ["client_id"],
    "ack_crash": ["client_id", "client_type", "LocalServer_CrashCount", "latitude", "longitude"],
    "ack_on_duty": ["client_id", "status"],
    "ack_available": ["client_id", "status"],
    "ack_answer_call": ["client_id", "status"],
    "ack_arrived_at_scene": ["client_id", "status"],
    "ack_transporting_patient": ["client_id", "status"],
    "ack_at_hospital": [],
    "ack_occupancy_update": ["client_id", "current_occupancy"],
    "assign_server": ["host", "port", "server_id"],
    "dispatch_ambulance": ["ambulance_id", "car_id", "crash_location", "hospital_id"],
    "assign_patient_to_hospital": ["hospital_id", "car_id", "crash_location"],
    "help_coming": ["responder_type", "responder_id", "ack_type"],
}


class Failure(Exception):
    pass


def demand(holds, words):
    if not holds:
        raise Failure(words)


def parse(chunk):
    """One chunk is one message."""
    try:
        message = json.loads(chunk)
    except ValueError:
        raise Failure(f"a chunk of {len(chunk)} bytes is not one message: {chunk!r}")
    demand(len(chunk) < 4096, f"a message has {len(chunk)} bytes")
    demand(set(message) == {"server_id", "status", "payload"}, f"fields of {message}")
    demand(message["status"] in REQUIRED, f"status of {message}")
    missing = [key for key in REQUIRED[message["status"]] if key not in message["payload"]]
    demand(not missing, f"{missing} missing in {message}")
    return message


async def hear_leader(port):
    """The leader_info of the next beacon that has one."""
    ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    ear.bind(("0.0.0.0", port))
    ear.setblocking(False)
    loop = asyncio.get_running_loop()
    while True:
        beacon = json.loads(await loop.sock_recv(ear, 65535))
        if beacon.get("type") == "server_beacon" and beacon["leader_info"]:
            ear.close()
            wanted = ["server_id", "host", "port", "ctrl_port", "zone", "last_seen", "leader_id", "active_clients"]
            demand(all(key in beacon["leader_info"] for key in wanted), f"leader_info of {beacon}")
            return beacon["leader_info"]


class Client:
    """Connects to `home` if that is given and it is the first time, else to where the leader sends it."""

    def __init__(self, group, name, kind, home=None):
        self.group, self.name, self.kind, self.home = group, name, kind, home
        self.messages, self.news = [], asyncio.Condition()
        self.server, self.writer = None, None
        self.life = asyncio.create_task(self.live())

    def line(self, status, **payload):
        said = {"client_id": self.name, "client_type": self.kind, "status": status, "payload": payload}
        return json.dumps(said).encode() + b"\n"

    def say(self, status, **payload):
        if self.writer is not None:
            self.writer.write(self.line(status, **payload))

    async def ask(self, host, port, status):
        """A question answered by a line."""
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(self.line(status))
        answer = await asyncio.wait_for(reader.readline(), 5)
        if not answer:
            raise ConnectionError("no answer")
        return parse(answer), reader, writer

    async def find_server(self):
        if self.home is not None:
            home, self.home = self.home, None
            return home
        leader = await hear_leader(self.group.beacon_port)
        answer, _, writer = await self.ask(leader["host"], leader["port"], "request_server_assignment")
        writer.close()
        return answer["payload"]["host"], answer["payload"]["port"]

    async def live(self):
        while True:
            try:
                server = await self.find_server()
                answer, reader, self.writer = await self.ask(*server, "register")
                demand(answer["status"] == "ack_register", f"answer to register: {answer}")
                self.server = server
                await self.keep(answer)
                asyncio.create_task(self.registered())
                while chunk := await reader.read(4096):
                    message = parse(chunk)
                    await self.keep(message)
                    asyncio.create_task(self.hear(message))
            except (OSError, asyncio.TimeoutError):
                pass
            self.server = None
            await asyncio.sleep(0.2)

    async def keep(self, message):
        async with self.news:
            self.messages.append(message)
            self.news.notify_all()

    def count(self, status):
        return sum(message["status"] == status for message in self.messages)

    async def heard(self, status, times=1):
        async with self.news:
            await self.news.wait_for(lambda: self.life.done() or self.count(status) >= times)
        if self.life.done():
            self.life.result()  # it has failed
        return [message for message in self.messages if message["status"] == status][times - 1]["payload"]

    async def registered(self):
        pass

    async def hear(self, message):
        pass


class Ambulance(Client):
    def __init__(self, *args):
        super().__init__(*args)
        self.known = False

    async def registered(self):
        if not self.known:  # later it never says so of itself
            self.say("available")
        self.known = True

    async def hear(self, message):
        if message["status"] != "dispatch_ambulance":
            return
        car = message["payload"]["car_id"]
        self.say("ack_crash_response", ack_type="dispatch", car_id=car, responder_id=self.name,
                 responder_type="Ambulance")
        self.say("on_duty")
        writer = self.writer
        for status in ["arrived_at_scene", "transporting_patient", "at_hospital", "available"]:
            await asyncio.sleep(STEP)
            if self.writer is not writer or writer.is_closing():
                return  # what hits an outage is lost
            self.say(status, call_id=car, hospital_id=message["payload"]["hospital_id"])


class Hospital(Client):
    beds = 3

    async def registered(self):
        self.say("occupancy_update", current_occupancy=self.beds)


class Group:
    def __init__(self, program, folder):
        self.program, self.folder, self.nodes = program, pathlib.Path(folder), []
        self.ports = [free_port() for _ in range(3)]
        self.beacon_port, self.registry_port = free_port(socket.SOCK_DGRAM), free_port()
        (self.folder / "node.yaml").write_text(
            "timing: {heartbeat_interval: 100ms, phi_acceptable_pause: 400ms, answer_timeout: 300ms}\n"
            "interval: 200ms\n")
        for i in range(3):
            self.nodes.append(self.start(i))

    def start(self, i):
        words = [self.program, "node", "--config", self.folder / "node.yaml", "--host", "127.0.0.1",
                 "--tcp-port", self.ports[i], "--data", self.folder / f"n{i + 1}", "--id", i + 1, "--expect", 3,
                 "--discovery", "beacon", "--beacon-port", self.beacon_port, "--registry-port", self.registry_port,
                 "--print"]
        out = open(self.folder / f"n{i + 1}.out", "ab")
        err = open(self.folder / f"n{i + 1}.err", "ab")
        die_with_me = lambda: ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        return subprocess.Popen([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                preexec_fn=die_with_me)

    def at(self, i):
        return "127.0.0.1", self.ports[i]

    async def completed(self, i, times):
        """Node i has delivered so many ends of crashes."""
        while True:
            done = (self.folder / f"n{i + 1}.out").read_text().count('"dispatch.completed"')
            demand(done <= times, f"{done} crashes are completed; reported: {times}")
            if done == times:
                return
            await asyncio.sleep(0.05)

    async def registry(self, kind):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.registry_port)
        writer.write(json.dumps({"request_type": kind}).encode())
        answer = json.loads(await reader.read(-1))
        writer.close()
        return answer

    def stop(self):
        for node in self.nodes:
            node.kill()
            node.wait()


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def check_finding(group):
    """Beacons and the registry name the same leader, and every server says where to go."""
    leader = await hear_leader(group.beacon_port)
    while leader["server_id"] != "3":
        leader = await hear_leader(group.beacon_port)
    answer = await group.registry("get_registry")
    while len(answer["server_list"]) < 3 or answer["leader_id"] != "3":
        answer = await group.registry("get_registry")
    demand(answer["leader_info"]["port"] == group.ports[2], f"registry: {answer}")
    demand(set(await group.registry("full_list")) == {"server_list"}, "full_list")
    asker = Client(group, "asker", "Car", group.at(0))
    for i in range(3):
        answer, reader, writer = await asker.ask(*group.at(i), "request_server_assignment")
        demand(answer["payload"]["port"] in group.ports, f"assignment: {answer}")
        demand(await reader.read(1) == b"", "the connection stays open after an assignment")
        writer.close()
    asker.life.cancel()


async def crash(car, times):
    car.say("report_crash", latitude=48.775, longitude=9.18)
    answer = await car.heard("ack_crash", times)
    demand(answer["client_id"] == car.name and answer["client_type"] == "Car", f"ack_crash: {answer}")


async def workflow(group):
    await check_finding(group)
    car = Client(group, "car7", "Car", group.at(0))
    ambulance = Ambulance(group, "amb1", "Ambulance", group.at(2))
    hospital = Hospital(group, "hos1", "Hospital", group.at(1))
    await ambulance.heard("ack_available")
    await hospital.heard("ack_occupancy_update")
    await car.heard("ack_register")

    await crash(car, 1)
    order = await ambulance.heard("dispatch_ambulance")
    demand(order == {"ambulance_id": "amb1", "car_id": "car7", "hospital_id": "hos1",
                     "crash_location": {"latitude": 48.775, "longitude": 9.18}}, f"dispatch: {order}")
    await car.heard("help_coming", 2)
    await ambulance.heard("ack_available", 2)
    demand((await hospital.heard("ack_at_hospital"))["ambulance_id"] == "amb1", "arrival at the hospital")
    for status in ["ack_on_duty", "ack_arrived_at_scene", "assign_patient_to_hospital", "ack_transporting_patient",
                   "ack_at_hospital"]:
        await ambulance.heard(status)
    demand(hospital.count("assign_patient_to_hospital") == 1, "the hospital is told once")
    await group.completed(0, 1)

    # Again; when the ambulance is on its way its server dies, and with it the leader.
    await crash(car, 2)
    await ambulance.heard("dispatch_ambulance", 2)
    group.nodes[2].kill()
    await ambulance.heard("dispatch_ambulance", 3)  # where it has gone to
    await hospital.heard("ack_at_hospital", 2)
    await group.completed(0, 2)
    demand(ambulance.server in [group.at(0), group.at(1)], "the ambulance has another server")

    # And when it was idle, it is available wherever it is.
    await crash(car, 3)
    await group.completed(1, 3)
    for client in [car, ambulance, hospital]:
        client.life.cancel()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        group = Group(sys.argv[1], folder)
        try:
            asyncio.run(asyncio.wait_for(workflow(group), PATIENCE))
        except (Failure, asyncio.TimeoutError) as failure:
            for i in range(3):
                print(f"n{i + 1}:", (group.folder / f"n{i + 1}.err").read_text()[-2000:], file=sys.stderr)
            sys.exit(f"{type(failure).__name__}: {failure}")
        finally:
            group.stop()


if __name__ == "__main__":
    main()
