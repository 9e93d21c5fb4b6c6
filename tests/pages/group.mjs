// A live group of three and the clients of a small city, each a process of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** A process of the program; it ends with this one, whatever becomes of it. */
const begin = (program, flags) =>
  spawn('setpriv', ['--pdeathsig', 'KILL', program, ...flags.split(/\s+/)], { stdio: ['ignore', 'ignore', 'pipe'] });

/** Three members, n1 to n3, each with a page of its own, and the clients of a small city. */
export class Group {
  folder = mkdtempSync(join(tmpdir(), 'bellwether_live_page'));
  nodes = [];
  clients = [];
  urls = [];

  /** `lights`: settings of the traffic lights, as in a file of settings. */
  constructor(program, lights) {
    this.program = program;
    this.lights = lights;
  }

  async start() {
    this.ports = await freePorts(3);
    writeFileSync(join(this.folder, 'group.yaml'), `lights: {${this.lights}}`);
    await Promise.all([0, 1, 2].map((i) => this.startNode(i, 0)));
  }
  get servers() {
    return this.ports.map((port) => `127.0.0.1:${port}`).join();
  }
  startClient(flags) {
    this.clients.push(begin(this.program, `client --server ${this.servers} ${flags}`));
  }
  /** Until it has said where it can be looked at. */
  async startNode(i, http) {
    const flags = `node --config ${join(this.folder, 'group.yaml')} --tcp-port ${this.ports[i]} --id ${i + 1}
      --data ${join(this.folder, `n${i + 1}`)} --expect 3 --places 3 --discovery seeds --seed ${this.servers}
      --http ${http}`;
    const node = begin(this.program, flags);
    this.nodes[i] = node;
    for await (const line of createInterface({ input: node.stderr })) {
      const said = /http:\/\/\S+/.exec(line);
      if (said === null) continue;
      this.urls[i] = said[0];
      node.stderr.resume();
      return;
    }
    assert.fail(`n${i + 1} ended without a page`);
  }
  async kill(i) {
    const ended = once(this.nodes[i], 'exit');
    this.nodes[i].kill('SIGKILL');
    await ended;
  }
  end() {
    for (const one of [...this.nodes, ...this.clients]) one?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
