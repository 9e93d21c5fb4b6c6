// Emergency dispatch: open crashes and how far each has come, ambulances, hospitals.
import type { Ambulance, Crash, Dispatch, Hospital } from './status';
import { count } from './words';

const steps = [
  'reported',
  'queued',
  'ambulance_allocated',
  'hospital_allocated',
  'dispatched',
  'arrived',
  'transporting',
  'at_hospital',
];

const freeOf = (units: Ambulance[]): number => units.filter((unit) => unit.state === 'free').length;

const Ambulances = ({ units }: { units: Ambulance[] }) => (
  <div>
    <h2>
      Ambulances <span class="quiet">{freeOf(units)} of {units.length} free</span>
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

function Row({ crash }: { crash: Crash }) {
  const done = steps.indexOf(crash.step) + 1;
  return (
    <tr>
      <th scope="row">{crash.crash}</th>
      <td>
        <progress max={steps.length} value={done} aria-label={`Way of ${crash.crash}`} />{' '}
        {crash.step.replaceAll('_', ' ')}
      </td>
      <td>{crash.ambulance ?? '–'}</td>
      <td>{crash.hospital ?? '–'}</td>
    </tr>
  );
}

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
              <Row key={crash.crash} crash={crash} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export const DispatchView = ({ dispatch }: { dispatch: Dispatch }) => (
  <div class="dispatch">
    <Crashes dispatch={dispatch} />
    <Ambulances units={dispatch.ambulances} />
    <Hospitals units={dispatch.hospitals} />
  </div>
);
