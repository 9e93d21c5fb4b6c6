// What is said aloud: the selected record, and short messages, which are seen too.
import { useEffect } from 'preact/hooks';
import { NOWHERE } from '../trace/trace';
import { clock, sentence } from '../trace/words';
import { notice, playing, selected, trace } from '../report/state';

const STAYS = 4000; // ms

export function Says() {
  const place = selected.value;
  const quiet = place === NOWHERE || playing.value || document.activeElement?.id === 'records'; // its rows speak
  useEffect(() => {
    if (notice.value === '') return;
    const timer = setTimeout(() => (notice.value = ''), STAYS);
    return () => clearTimeout(timer);
  }, [notice.value]);
  return (
    <>
      <p class="hidden" aria-live="polite" id="spoken">
        {quiet ? '' : `${sentence(trace.value!, place)}, at ${clock(trace.value!.at[place]!)}`}
      </p>
      <p class={notice.value === '' ? 'notice' : 'notice on'} role="status">
        {notice.value}
      </p>
    </>
  );
}
