// The commands that are at hand as buttons; all of them stand in the help dialog.
import { byId } from '../report/commands';
import { axis, pinned, playing, selected, speed } from '../report/state';
import { NOWHERE } from '../trace/trace';
import { copy } from './copy';
import { ExportMenu } from './export';
import { Icon, type Sign } from './icon';

function Act({ id, sign, pressed, text }: { id: string; sign: Sign; pressed?: boolean; text?: string }) {
  const { keys, label, run } = byId.get(id)!;
  const key = keys[0] === ' ' ? 'space' : keys[0];
  return (
    <button onClick={run} aria-pressed={pressed} aria-label={label} title={`${label} (${key})`}>
      <Icon sign={sign} />
      {text && <span class="text">{text}</span>}
    </button>
  );
}

export function Toolbar() {
  return (
    <div class="toolbar" role="group" aria-label="Commands">
      <div class="group">
        <Act id="previous" sign="previous" />
        <Act id="play" sign={playing.value ? 'pause' : 'play'} pressed={playing.value} />
        <Act id="next" sign="next" />
        <button onClick={byId.get('slower')!.run} aria-label="Play slower" title="Play slower (<)">
          −
        </button>
        <output title="Records a second">{speed.value}/s</output>
        <button onClick={byId.get('faster')!.run} aria-label="Play faster" title="Play faster (>)">
          +
        </button>
      </div>
      <div class="group" role="group" aria-label="Jump to the next">
        <Act id="violation" sign="violation" text="Violation" />
        <Act id="fault" sign="fault" text="Fault" />
        <Act id="delivery" sign="delivery" text="Delivery" />
      </div>
      <div class="group">
        <Act id="message" sign="message" />
        <Act id="pin" sign="pin" pressed={pinned.value !== NOWHERE && pinned.value === selected.value} />
        <Act id="why" sign="why" text="Why?" />
      </div>
      <div class="group">
        <Act id="zoom-out" sign="zoom-out" />
        <Act id="zoom-in" sign="zoom-in" />
        <Act id="fit" sign="fit" />
      </div>
      <Axis />
      <div class="group end">
        <ExportMenu />
        <button
          aria-label="Copy link"
          onClick={() => void copy(location.href, 'Link copied.')}
          title="Copy a link to this very view"
        >
          <Icon sign="link" />
          <span class="text">Link</span>
        </button>
        <Act id="theme" sign="theme" />
        <Act id="help" sign="help" />
      </div>
    </div>
  );
}

function Axis() {
  const turn = byId.get('axis')!.run;
  return (
    <div class="segmented" role="group" aria-label="Horizontal axis (r)">
      <button aria-pressed={axis.value === 'time'} onClick={() => axis.value !== 'time' && turn()}>
        Time
      </button>
      <button aria-pressed={axis.value === 'rank'} onClick={() => axis.value !== 'rank' && turn()}>
        Order
      </button>
    </div>
  );
}
