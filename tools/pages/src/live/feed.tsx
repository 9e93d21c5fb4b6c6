// What has happened, newest first.
import { feed, paused, shownFeed, topic, type Told, type Topic } from './state';
import { words } from './words';

const topics: [Topic, string][] = [
  ['all', 'all'],
  ['group', 'the group'],
  ['events', 'events'],
  ['city', 'the city'],
];
const marks: Record<string, string> = {
  leader: '♛',
  trust: '✓',
  suspect: '✗',
  refused: '✗',
  reject: '✗',
  violation: '✗',
};

const clock = (milliseconds: number): string => new Date(milliseconds).toLocaleTimeString('en-GB');

const Line = ({ told }: { told: Told }) => (
  <li class={told.what.kind}>
    <time>{clock(told.when)}</time>
    <span class="mark" aria-hidden="true">
      {marks[told.what.kind] ?? ''}
    </span>
    <span>{words(told.what)}</span>
  </li>
);

export function Feed() {
  const stopped = paused.value !== null;
  const missed = stopped ? feed.value.findIndex((one) => one.id === paused.value![0]?.id) : 0;
  return (
    <section class="feed" aria-label="Event feed">
      <div class="controls">
        <h2>What happens</h2>
        <label>
          show{' '}
          <select value={topic.value} onChange={(event) => (topic.value = event.currentTarget.value as Topic)}>
            {topics.map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-pressed={stopped} onClick={() => (paused.value = stopped ? null : feed.value)}>
          {stopped ? `go on${missed > 0 ? ` (${missed} new)` : ''}` : 'pause'}
        </button>
      </div>
      <ol class="scroll" tabIndex={0} aria-label="What has happened, newest first">
        {shownFeed.value.map((told) => (
          <Line key={told.id} told={told} />
        ))}
      </ol>
    </section>
  );
}
