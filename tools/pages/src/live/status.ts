// What /status.json says, and the events of type `status`.

export type Role = 'follower' | 'electing' | 'claiming' | 'leader' | 'recovering' | 'learner';
export type Colour = 'RED' | 'YELLOW' | 'GREEN';

/** What a member says of itself. */
export interface Said {
  state: string;
  uptime_ms: number;
  role?: Role;
  epoch?: number;
  leader?: string | null;
  hears_quorum?: boolean;
  commit?: number;
  delivered?: number;
  log?: { first: number; last: number };
  buffers?: { outbox: number; hold_back: number };
  incarnation?: number;
}

export interface Member {
  member: string;
  /** What it calls itself; who came later has the name of its place in the group. */
  name: string;
  host: string;
  tcp_port: number;
  voter: boolean;
  self?: boolean;
  /** null: it does not answer, since `since_ms` ago; else it said this then. */
  said: Said | null;
  since_ms: number | null;
  took_us?: number | null;
  trouble: string | null;
}

interface Traffic {
  messages: number;
  bytes: number;
}

/** Another member as this node knows it. */
export interface Peer {
  member: string;
  suspected: boolean;
  phi: number | null;
  connected: boolean;
  sent: Traffic;
  received: Traffic;
  waiting_bytes: number;
}

export interface NodeStatus extends Said {
  group: string;
  node: { id: string; name: string };
  member?: string;
  progress?: string;
  trouble?: string;
  phi_threshold?: number | null;
  peers?: Peer[];
  recording?: string | null;
}

export interface Crossing {
  intersection: number;
  lamps: { approach: string; colour: Colour | null }[];
}
export interface Ambulance {
  ambulance: string;
  state: 'free' | 'busy' | 'off' | 'gone';
  crash: string | null;
}
export interface Hospital {
  hospital: string;
  beds_free: number;
  /** For patients on their way. */
  beds_reserved: number;
  admitted: number;
  at: string | null;
}
export interface Crash {
  crash: string;
  step: string;
  ambulance: string | null;
  hospital: string | null;
}
export interface Lights {
  intersections: number;
  row: number;
  crossings: Crossing[];
}
export interface Dispatch {
  open: number;
  completed: number;
  crashes: Crash[];
  ambulances: Ambulance[];
  hospitals: Hospital[];
}

export interface Status {
  format: 'bellwether-status';
  version: 1;
  node: NodeStatus;
  /** These, once the node takes part in its group. */
  members?: Member[];
  rates?: { commits: number; deliveries: number };
  city?: { lights?: Lights; dispatch?: Dispatch } | null;
}

/** What happened: the fields of its kind, as in a trace. */
export interface Happening {
  kind: string;
  at: number;
  node?: string;
  role?: Role;
  epoch?: number;
  leader?: string | null;
  peer?: string;
  phi_milli?: number;
  seq?: number;
  event?: string | null;
  type?: string;
  count?: number;
  reason?: string;
  invariant?: string;
  detail?: string;
  crash?: string;
  step?: string;
  ambulance?: string | null;
  hospital?: string | null;
  incarnation?: number;
}
