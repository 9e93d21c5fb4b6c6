// What the program wrote into the page beside the traces.

export interface Step {
  at: number;
  text: string;
  witness: boolean;
  /** Of its record; of a crowd, of the first; null: it stands for several that are not told. */
  place: number | null;
}

/** What led to one witness, oldest first. */
export interface Thread {
  title: string;
  steps: Step[];
}

export interface Explanation {
  invariant: string;
  at: number;
  rule: string;
  breach: string;
  declared: boolean;
  threads: Thread[];
}

export interface TraceAccount {
  /** The name of the file, or of the scenario. */
  name: string;
  /** The command that makes this run again; '' if there is none. */
  repeat: string;
  explanations: Explanation[];
}

export interface Account {
  format: 'bellwether-report';
  version: 1;
  program: string;
  /** One, or two that are compared. The trace of number i is in the element `trace-i`. */
  traces: TraceAccount[];
}

export function readAccount(): Account {
  return JSON.parse(document.getElementById('account')!.textContent!) as Account;
}
export function traceText(number: number): string {
  return document.getElementById(`trace-${number}`)!.textContent!;
}
