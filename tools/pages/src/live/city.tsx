// The city, if the group has one.
import { DispatchView } from './dispatch';
import { Streets } from './lights';
import { status } from './state';
import type { Dispatch } from './status';

/** Every group may dispatch; most have nobody who is. */
function isServed(dispatch: Dispatch | undefined): boolean {
  if (dispatch === undefined) return false;
  return dispatch.ambulances.length + dispatch.hospitals.length + dispatch.open + dispatch.completed > 0;
}

export function City() {
  const city = status.value!.city;
  if (city == null || (city.lights === undefined && !isServed(city.dispatch))) return null;
  return (
    <section class="city" aria-label="City">
      {city.lights !== undefined && <Streets lights={city.lights} />}
      {isServed(city.dispatch) && <DispatchView dispatch={city.dispatch!} />}
    </section>
  );
}
