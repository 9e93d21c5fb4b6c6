// A button that opens a few choices below it; Escape, or a click elsewhere, closes it.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';

export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event): void => {
      const escaped = event instanceof KeyboardEvent && event.key === 'Escape';
      const outside = event.type === 'pointerdown' && !box.current!.contains(event.target as Node);
      if (!box.current!.open || !(escaped || outside)) return;
      if (escaped) {
        event.stopPropagation();
        box.current!.querySelector('summary')!.focus();
      }
      box.current!.open = false;
    };
    document.addEventListener('keydown', close, true);
    document.addEventListener('pointerdown', close);
    return () => {
      document.removeEventListener('keydown', close, true);
      document.removeEventListener('pointerdown', close);
    };
  }, []);
  return (
    <details class="menu" ref={box}>
      <summary>
        {label} <Icon sign="down" />
      </summary>
      <div class="choices">{children}</div>
    </details>
  );
}
