// What each node had delivered at some numbers: where two orders differ, it is to be seen here.
import { KIND } from './kinds';
import { NOWHERE, type Trace } from './trace';

export interface Order {
  seq: number;
  /** For each node the place of its delivery at this number; NOWHERE: none yet. */
  deliveries: number[];
  /** Whether two nodes have different events here. */
  differs: boolean;
}

/** The numbers around `seq`, as they were after the records up to `until`. */
export function ordersAround(trace: Trace, seq: number, until: number, reach = 2): Order[] {
  const first = Math.max(1, seq - reach);
  const orders = Array.from({ length: seq + reach - first + 1 }, (_, i): Order => ({
    seq: first + i,
    deliveries: trace.nodes.map(() => NOWHERE),
    differs: false,
  }));
  for (let i = 0; i <= until; ++i) {
    const order = trace.kind[i] === KIND.deliver ? orders[trace.seq[i]! - first] : undefined;
    if (order === undefined) continue;
    order.differs ||= order.deliveries.some((other) => other !== NOWHERE && trace.event[other] !== trace.event[i]);
    order.deliveries[trace.node[i]!] = i;
  }
  return orders.filter(({ deliveries }) => deliveries.some((place) => place !== NOWHERE));
}
