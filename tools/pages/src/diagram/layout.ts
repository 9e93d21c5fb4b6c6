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
  /** Where the lanes end, and the legend begins. */
  height: number;
  /** Its height. */
  legend: number;
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

/** Pixels of a node's lane: what it gets before lamps and ambulances take the rest, and the most. */
const LANE = { good: 72, most: 150 };
/** The part of the height that nodes may take before their lanes become low. */
const NODES_PART = 0.6;
const HEAD = 22;
/** Of an approach's lamp: the largest that fits. */
const APPROACH = [10, 7, 5];
export const LAMP_GAP = 6;
const AMBULANCE = 22;
const LEGEND = 26;
const TICKS = 26;
export const HEAD_ROW = 17;
const BELOW = 6;

export function layOut(model: Model, width: number, full: number, folded: ReadonlySet<GroupName>): Layout {
  const legend = full > 300 && width > 640 ? LEGEND : 0;
  const height = full - legend;
  const left = width < 720 ? 84 : 124;
  const faultRows = model.faults.reduce((most, fault) => Math.max(most, fault.row + 1), 0);
  const flags = model.violations.length > 0;
  const top = TICKS + faultRows * HEAD_ROW + (flags ? HEAD_ROW : 0) + 4;
  const nodes = model.trace.nodes;
  const room = height - top - BELOW;
  const hasCity = cityRows(model, folded, 0).length > 0;
  const ideal = Math.floor((room * (hasCity ? NODES_PART : 1)) / Math.max(1, nodes.length));
  const good = Math.min(LANE.good, Math.max(leastLane(nodes.length), ideal));
  const cities = APPROACH.map((approach) => cityRows(model, folded, approach));
  const city = cities.find((rows) => sum(rows) + good * nodes.length <= room) ?? cities.at(-1)!;
  const share = Math.floor((room - sum(city)) / Math.max(1, nodes.length));
  const lane = Math.min(LANE.most, Math.max(good, share));
  const lanes = nodes.map((title, index): Row => ({ sort: 'node', y: 0, height: lane, index, title }));
  const rows = [...lanes, ...city];
  let y = 0;
  for (const row of rows) {
    row.y = y;
    y += row.height;
  }
  return { width, height, legend, left, right: width - 14, top, faultRows, flags, rows, lanes, content: y + BELOW };
}

/** Few nodes have room for words and numbers; many have at least a band each. */
function leastLane(nodes: number): number {
  return nodes <= 8 ? 44 : nodes <= 16 ? 34 : 18;
}

function sum(rows: Row[]): number {
  return rows.reduce((all, row) => all + row.height, 0);
}

function cityRows(model: Model, folded: ReadonlySet<GroupName>, approach: number): Row[] {
  const rows: Row[] = [];
  const group = (name: GroupName, title: string, parts: Row[]): void => {
    if (parts.length === 0) return;
    rows.push({ sort: 'group', y: 0, height: HEAD, index: parts.length, title, group: name });
    if (!folded.has(name)) rows.push(...parts);
  };
  group('lights', 'Traffic lights', model.intersections.map((lamps, index) => {
    const height = Math.max(lamps.length * approach, 12) + LAMP_GAP;
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
  return row.y + Math.round(row.height * (row.height >= 56 ? 0.4 : 0.5));
}
