// Where the lanes lie: nodes share what height there is, lamps and ambulances stand below them in groups that fold.
import type { Model } from './model';

export type GroupName = 'lights' | 'ambulances';

export interface Row {
  sort: 'node' | 'group' | 'lights' | 'ambulance';
  /** From the top of all rows. */
  y: number;
  height: number;
  /** Of the node, the intersection or the ambulance. */
  index: number;
  title: string;
  group?: GroupName;
}

export interface Layout {
  width: number;
  height: number;
  /** Where the plot begins and ends. */
  left: number;
  right: number;
  top: number;
  faultRows: number;
  flags: boolean;
  rows: Row[];
  /** Rows of nodes, by lane. */
  lanes: Row[];
  /** The height of all rows. */
  content: number;
}

const LANE = { least: 18, most: 110 };
const HEAD = 22;
const APPROACH = 10;
const AMBULANCE = 22;
const TICKS = 26;
export const HEAD_ROW = 17;
const BELOW = 6;

export function layOut(model: Model, width: number, height: number, folded: ReadonlySet<GroupName>): Layout {
  const left = width < 720 ? 84 : 124;
  const faultRows = model.faults.reduce((most, fault) => Math.max(most, fault.row + 1), 0);
  const flags = model.violations.length > 0;
  const top = TICKS + faultRows * HEAD_ROW + (flags ? HEAD_ROW : 0) + 4;
  const city = cityRows(model, folded);
  const taken = city.reduce((sum, row) => sum + row.height, 0) + BELOW;
  const nodes = model.trace.nodes;
  const share = Math.floor((height - top - taken) / Math.max(1, nodes.length));
  const lane = Math.min(LANE.most, Math.max(LANE.least, share, nodes.length > 16 ? 0 : 40));
  const lanes = nodes.map((title, index): Row => ({ sort: 'node', y: 0, height: lane, index, title }));
  const rows = [...lanes, ...city];
  let y = 0;
  for (const row of rows) {
    row.y = y;
    y += row.height;
  }
  return { width, height, left, right: width - 14, top, faultRows, flags, rows, lanes, content: y + BELOW };
}

function cityRows(model: Model, folded: ReadonlySet<GroupName>): Row[] {
  const rows: Row[] = [];
  const group = (name: GroupName, title: string, parts: Row[]): void => {
    if (parts.length === 0) return;
    rows.push({ sort: 'group', y: 0, height: HEAD, index: parts.length, title, group: name });
    if (!folded.has(name)) rows.push(...parts);
  };
  group('lights', 'Traffic lights', model.intersections.map((lamps, index) => {
    const height = Math.max(lamps.length * APPROACH, 14) + 8;
    return { sort: 'lights', y: 0, height, index, title: `crossing ${lamps[0]!.intersection}` };
  }));
  group('ambulances', 'Ambulances', model.ambulances.map(({ name }, index) => {
    return { sort: 'ambulance', y: 0, height: AMBULANCE, index, title: name === '' ? 'waiting' : name };
  }));
  return rows;
}

/** Half the height of the bands of the nodes' roles. */
export function bandHalf(layout: Layout): number {
  const height = layout.lanes[0]?.height ?? 0;
  return height >= 64 ? 8 : height >= 40 ? 6 : Math.max(2.5, Math.round(height * 0.2));
}

/** Where the middle of a node's band is, from the top of all rows. */
export function middle(layout: Layout, lane: number): number {
  const row = layout.lanes[lane]!;
  return row.y + Math.round(row.height * (row.height >= 40 ? 0.45 : 0.5));
}
