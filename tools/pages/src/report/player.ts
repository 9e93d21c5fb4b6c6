// Plays: steps from record to record until it is paused, or nothing comes any more.
import { effect } from '@preact/signals';
import { NOWHERE } from '../trace/trace';
import { step } from './commands';
import { places, playing, selected, speed } from './state';

/** Returns how to stop it for good. */
export function startPlayer(): () => void {
  return effect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      const last = places.value[places.value.length - 1] ?? NOWHERE;
      if (selected.value >= last) playing.value = false;
      else step(1);
    }, 1000 / speed.value);
    return () => clearInterval(timer);
  });
}
