// The space-time diagram: a lane for each node, messages as arrows.
import { useEffect, useRef } from 'preact/hooks';
import { shown, trace, view } from '../report/state';

export function Diagram() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current!.getContext('2d')!;
    const all = trace.value!;
    const { from, to } = view.value;
    for (let i = 0; i < all.size; ++i)
      if (shown.value[i]) pen.fillRect(((all.at[i]! - from) / (to - from)) * 1000, all.node[i]! * 40 + 20, 1, 8);
  }, [shown.value, view.value, trace.value]);
  return <canvas ref={canvas} width={1000} height={400} role="img" aria-label="Space-time diagram" />;
}
