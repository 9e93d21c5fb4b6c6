// The kinds of records, in the order of the program; columns hold their numbers.
export const KINDS = [
  'start', 'restart', 'crash', 'pause', 'resume', 'send', 'recv', 'drop', 'suspect', 'trust', 'role', 'leader',
  'submit', 'order', 'commit', 'deliver', 'ack', 'reject', 'fault', 'heal', 'violation', 'snapshot', 'leave',
  'refused', 'dispatch', 'light',
] as const;

export type KindName = (typeof KINDS)[number];

export const KIND = Object.fromEntries(KINDS.map((name, number) => [name, number])) as Record<KindName, number>;

/** A kind that this page does not know: of a newer program. It is shown, but nothing is concluded from it. */
export const OTHER = 255;
