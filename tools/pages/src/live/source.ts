// The stream of the node's events. The browser connects again by itself and says where it left off.
import { connection, take, tell } from './state';
import type { Happening, Status } from './status';

const SILENCE = 3000; // a node that lives says something each second

export function listen(): void {
  let heard = Date.now();
  let events = open();

  function open(): EventSource {
    const made = new EventSource('events');
    made.addEventListener('status', (event: MessageEvent<string>) => {
      heard = Date.now();
      connection.value = 'live';
      take(JSON.parse(event.data) as Status);
    });
    made.addEventListener('record', (event: MessageEvent<string>) => {
      tell(event.lastEventId, JSON.parse(event.data) as Happening);
    });
    made.addEventListener('error', () => (connection.value = 'lost'));
    return made;
  }

  setInterval(() => {
    if (events.readyState === EventSource.CLOSED) events = open(); // it gives up when it is answered otherwise
    if (connection.value === 'live' && Date.now() - heard > SILENCE) connection.value = 'silent';
  }, 1000);
}
