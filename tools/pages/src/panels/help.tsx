// All keys, as the table of commands has them.
import { useEffect, useRef } from 'preact/hooks';
import { COMMANDS, type Command } from '../report/commands';
import { helpOpen } from '../report/state';
import { Icon } from './icon';

const GROUPS: Command['group'][] = ['Step', 'Jump', 'View', 'Ask', 'Page'];
const SPOKEN: Record<string, string> = { ' ': 'space', ArrowLeft: '←', ArrowRight: '→', Escape: 'esc' };

export function Help() {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) box.current!.showModal();
    else box.current!.close();
  }, [helpOpen.value]);
  return (
    <dialog ref={box} aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <header>
        <h2 id="help-title">Keys</h2>
        <button aria-label="Close" onClick={() => (helpOpen.value = false)}>
          <Icon sign="close" />
        </button>
      </header>
      <div class="keys">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {COMMANDS.filter((one) => one.group === group).map((one) => (
                <div key={one.id}>
                  <dt>
                    <kbd>{SPOKEN[one.keys[0]!] ?? one.keys[0]}</kbd>
                  </dt>
                  <dd>{one.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="quiet">
        Capital letters are those with Shift. In the diagram: page keys scroll the lanes, <kbd>g</kbd> folds lamps and
        ambulances. In the table: arrows, page keys, Home and End. In the search box:{' '}
        <code>kind:deliver,order node:n3 type:ELECTION event:n1:4 seq:10..20 epoch:2 t:2s..5s</code> or any word.
      </p>
    </dialog>
  );
}
