// What each node went through: its roles, whom it believed to lead, and when it was down or paused. Ends are places,
// exclusive; the number of records stands for the end of the run.
import { KIND } from '../trace/kinds';
import { NOBODY, type Trace } from '../trace/trace';

export interface Span {
  lane: number;
  from: number;
  to: number;
}
export interface RoleSpan extends Span {
  role: string;
  epoch: number;
}
export interface BeliefSpan extends Span {
  leader: number;
}
export interface OutageSpan extends Span {
  sort: 'down' | 'paused';
}

export interface Courses {
  roles: RoleSpan[];
  beliefs: BeliefSpan[];
  outages: OutageSpan[];
}

/** Spans that are still open, one of a sort for each lane at most. */
class Open<S extends Span> {
  readonly done: S[] = [];
  #open = new Map<number, S>();

  begin(span: S): void {
    this.close(span.lane, span.from);
    this.#open.set(span.lane, span);
    this.done.push(span);
  }
  close(lane: number, to: number): void {
    const span = this.#open.get(lane);
    if (span !== undefined) span.to = to;
    this.#open.delete(lane);
  }
}

export function readCourses(trace: Trace): Courses {
  const roles = new Open<RoleSpan>();
  const beliefs = new Open<BeliefSpan>();
  const down = new Open<OutageSpan>();
  const paused = new Open<OutageSpan>();
  for (let place = 0; place < trace.size; ++place) {
    const lane = trace.node[place]!;
    if (lane === NOBODY) continue;
    const span = { lane, from: place, to: trace.size };
    switch (trace.kind[place]) {
      case KIND.role:
        roles.begin({ ...span, role: trace.labelOf(place), epoch: trace.epoch[place]! });
        break;
      case KIND.leader:
        if (trace.peer[place] === NOBODY) beliefs.close(lane, place);
        else beliefs.begin({ ...span, leader: trace.peer[place]! });
        break;
      case KIND.crash:
      case KIND.leave:
        roles.close(lane, place);
        beliefs.close(lane, place);
        paused.close(lane, place);
        if (trace.kind[place] === KIND.crash) down.begin({ ...span, sort: 'down' });
        break;
      case KIND.start:
      case KIND.restart:
        down.close(lane, place);
        break;
      case KIND.pause:
        paused.begin({ ...span, sort: 'paused' });
        break;
      case KIND.resume:
        paused.close(lane, place);
        break;
    }
  }
  return { roles: roles.done, beliefs: beliefs.done, outages: [...down.done, ...paused.done] };
}
