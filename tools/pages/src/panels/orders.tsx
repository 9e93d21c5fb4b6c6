// The orders of the nodes side by side, around the number at which they fell apart.
import { select } from '../report/look';
import { selected } from '../report/state';
import type { Order } from '../trace/orders';
import { NOWHERE, type Trace } from '../trace/trace';

const MOST = 8; // nodes side by side

export function Orders({ trace, orders }: { trace: Trace; orders: Order[] }) {
  const lanes = trace.nodes.map((_, lane) => lane).filter((lane) => orders.some((one) => has(one, lane)));
  return (
    <div class="orders">
      <h4>What each node has delivered by then</h4>
      <table>
        <thead>
          <tr>
            <th scope="col">no.</th>
            {lanes.slice(0, MOST).map((lane) => (
              <th key={lane} scope="col">
                {trace.nodes[lane]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {orders.map((one) => (
            <tr key={one.seq} class={one.differs ? 'differs' : ''}>
              <th scope="row">{one.seq}</th>
              {lanes.slice(0, MOST).map((lane) => (
                <td key={lane}>{has(one, lane) && <Delivery trace={trace} place={one.deliveries[lane]!} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {lanes.length > MOST && <p class="quiet">and at {lanes.length - MOST} more nodes</p>}
    </div>
  );
}

const has = (order: Order, lane: number) => order.deliveries[lane] !== NOWHERE;

function Delivery({ trace, place }: { trace: Trace; place: number }) {
  return (
    <button class={place === selected.value ? 'line now' : 'line'} onClick={() => select(place)}>
      {trace.events[trace.event[place]!]}
    </button>
  );
}
