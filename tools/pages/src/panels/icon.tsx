// Signs of the buttons, drawn on a field of 16 by 16. Their words are the button's label.
const PATHS = {
  previous: 'M10.5 3.5 5 8l5.5 4.5M3.5 3.5v9',
  next: 'M5.5 3.5 11 8l-5.5 4.5M12.5 3.5v9',
  play: 'M5 3.2v9.6L12.8 8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  'zoom-in': 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 14 14M7 5v4M5 7h4',
  'zoom-out': 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 14 14M5 7h4',
  fit: 'M2.5 3v10M13.5 3v10M5 8h6M6.5 6 4.5 8l2 2M9.5 6l2 2-2 2',
  why: 'M3 12.5c0-5 2-8 10-8M10 1.8l3 2.7-3 2.7M3 12.5h.01',
  pin: 'M6 2.5h4l-.6 4 2.1 2.5h-7L6.6 6.5zM8 9v4.5',
  violation: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.01',
  fault: 'M9 1.8 3.5 9H8l-1 5.2L12.5 7H8z',
  delivery: 'M2.5 8.5 6 12l7.5-8',
  message: 'M2 12.5 13 4M13 4H8.5M13 4v4.5',
  link: 'M6.5 9.5 9.5 6.5M7.5 4.5l1.8-1.8a2.8 2.8 0 0 1 4 4L11.5 8.5M8.5 11.5l-1.8 1.8a2.8 2.8 0 0 1-4-4L4.5 7.5',
  copy: 'M5.5 5.5h7.5v7.5H5.5zM10.5 3H3v7.5',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  help: 'M5.5 6a2.5 2.5 0 1 1 3.7 2.2C8.4 8.7 8 9.2 8 10M8 12.6v.01',
  close: 'M4 4l8 8M12 4l-8 8',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 14 14',
} as const;

export type Sign = keyof typeof PATHS;

export function Icon({ sign }: { sign: Sign }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[sign]} />
    </svg>
  );
}
