// Crossings with their lamps. Colours have letters, too.
import type { Colour, Crossing, Lights } from './status';

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
  const number = crossing.intersection;
  const said = crossing.lamps.map((lamp) => `${lamp.approach} ${lamp.colour?.toLowerCase() ?? 'unknown'}`).join(', ');
  const turn = (i: number): [number, number] => {
    const angle = (2 * Math.PI * i) / crossing.lamps.length - Math.PI / 2;
    return [50 + 32 * Math.cos(angle), 50 + 32 * Math.sin(angle)];
  };
  return (
    <svg class="crossing" viewBox="0 0 100 100" role="img" aria-label={`Intersection ${number}: ${said}`}>
      <path class="road" d="M50 0V100M0 50H100" />
      <text class="number" x="50" y="50" dy="0.36em">
        {number}
      </text>
      {crossing.lamps.map((lamp, i) => (
        <Lamp key={lamp.approach} at={places[lamp.approach] ?? turn(i)} colour={lamp.colour} />
      ))}
    </svg>
  );
}

/** They stand row by row from the south west. */
export function Streets({ lights }: { lights: Lights }) {
  const rows: Crossing[][] = [];
  for (let i = 0; i < lights.crossings.length; i += lights.row) rows.unshift(lights.crossings.slice(i, i + lights.row));
  const more = lights.intersections - lights.crossings.length;
  const lost = lights.crossings.some((crossing) => crossing.lamps.some((lamp) => lamp.colour === null));
  return (
    <div class="streets">
      <h2>Lights</h2>
      <div class="map" style={{ gridTemplateColumns: `repeat(${lights.row}, 1fr)` }}>
        {rows.flat().map((crossing) => (
          <CrossingView key={crossing.intersection} crossing={crossing} />
        ))}
      </div>
      {lost && <p class="quiet">? hangs at a member that does not answer, or nowhere</p>}
      {more > 0 && <p>and {more} more</p>}
    </div>
  );
}
