// The city, if the group has one: crossings with their lamps, units, and crashes on their way.
import { status } from './state';
import type { Ambulance, Colour, Crossing, Dispatch, Hospital, Lights } from './status';
import { count } from './words';

const steps = [
  'reported', 'queued', 'ambulance_allocated', 'hospital_allocated', 'dispatched', 'arrived', 'transporting', 'at_hospital',
];
/** Where the lamps of a crossing with four approaches hang, in a square of 100. */
const places: Record<string, [number, number]> = { north: [50, 18], east: [82, 50], south: [50, 82], west: [18, 50] };

function Lamp({ at, colour }: { at: [number, number]; colour: Colour | null }) {
  return (
    <g class={`lamp ${colour ?? 'unknown'}`} transform={`translate(${at.join()})`}>
      <circle r="14" />
      <text dy="0.36em">{colour?.[0] ?? '?'}</text>
    </g>
  );
}

function CrossingView({ crossing }: { crossing: Crossing }) {
  const said = crossing.lamps.map((lamp) => `${lamp.approach} ${lamp.colour?.toLowerCase() ?? 'unknown'}`).join(', ');
  const turn = (i: number): [number, number] => {
    const angle = (2 * Math.PI * i) / crossing.lamps.length - Math.PI / 2;
    return [50 + 32 * Math.cos(angle), 50 + 32 * Math.sin(angle)];
  };
  return (
    <svg class="crossing" viewBox="0 0 100 100" role="img" aria-label={`Intersection ${crossing.intersection}: ${said}`}>
      <path class="road" d="M50 0V100M0 50H100" />
      <text class="number" x="50" y="50" dy="0.36em">
        {crossing.intersection}
      </text>
      {crossing.lamps.map((lamp, i) => (
        <Lamp key={lamp.approach} at={places[lamp.approach] ?? turn(i)} colour={lamp.colour} />
      ))}
    </svg>
  );
}

/** They stand row by row from the south west. */
function Streets({ lights }: { lights: Lights }) {
  const rows: Crossing[][] = [];
  for (let i = 0; i < lights.crossings.length; i += lights.row) rows.unshift(lights.crossings.slice(i, i + lights.row));
  return (
    <div class="streets">
      <h2>Lights</h2>
      <div class="map" style={{ gridTemplateColumns: `repeat(${lights.row}, 1fr)` }}>
        {rows.flat().map((crossing) => (
          <CrossingView key={crossing.intersection} crossing={crossing} />
        ))}
      </div>
      {lights.crossings.length < lights.intersections && <p>and {lights.intersections - lights.crossings.length} more</p>}
    </div>
  );
}

const Ambulances = ({ units }: { units: Ambulance[] }) => (
  <div>
    <h2>
      Ambulances <span class="quiet">{units.filter((unit) => unit.state === 'free').length} of {units.length} free</span>
    </h2>
    <ul class="units">
      {units.map((unit) => (
        <li key={unit.ambulance} class={unit.state}>
          <strong>{unit.ambulance}</strong> {unit.state === 'busy' ? `→ ${unit.crash}` : unit.state}
        </li>
      ))}
    </ul>
  </div>
);

function bedsOf(unit: Hospital): string {
  const free = `${count(unit.beds_free)} ${unit.beds_free === 1 ? 'bed' : 'beds'} free`;
  return `${free}${unit.beds_reserved > 0 ? `, ${unit.beds_reserved} reserved` : ''}, ${count(unit.admitted)} admitted`;
}

const Hospitals = ({ units }: { units: Hospital[] }) => (
  <div>
    <h2>Hospitals</h2>
    <ul class="units">
      {units.map((unit) => (
        <li key={unit.hospital} class={unit.at === null ? 'gone' : ''}>
          <strong>{unit.hospital}</strong> {unit.at === null ? 'gone' : bedsOf(unit)}
        </li>
      ))}
    </ul>
  </div>
);

function Crashes({ dispatch }: { dispatch: Dispatch }) {
  return (
    <div class="crashes">
      <h2>
        Crashes <span class="quiet">{count(dispatch.open)} open, {count(dispatch.completed)} completed</span>
      </h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Open crashes">
        <table>
          <thead>
            <tr>
              <th scope="col">crash</th>
              <th scope="col">step</th>
              <th scope="col">ambulance</th>
              <th scope="col">hospital</th>
            </tr>
          </thead>
          <tbody>
            {dispatch.crashes.map((crash) => (
              <tr key={crash.crash}>
                <th scope="row">{crash.crash}</th>
                <td>
                  <progress max={steps.length} value={steps.indexOf(crash.step) + 1} aria-label={`Way of ${crash.crash}`} />{' '}
                  {crash.step.replaceAll('_', ' ')}
                </td>
                <td>{crash.ambulance ?? '–'}</td>
                <td>{crash.hospital ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function City() {
  const city = status.value!.city;
  const dispatch = city?.dispatch;
  const served = dispatch !== undefined && (dispatch.ambulances.length > 0 || dispatch.open + dispatch.completed > 0);
  if (city == null || (city.lights === undefined && !served)) return null;
  return (
    <section class="city" aria-label="City">
      {city.lights !== undefined && <Streets lights={city.lights} />}
      {served && (
        <div class="dispatch">
          <Crashes dispatch={dispatch} />
          <Ambulances units={dispatch.ambulances} />
          <Hospitals units={dispatch.hospitals} />
        </div>
      )}
    </section>
  );
}
