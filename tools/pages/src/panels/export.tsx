import { Menu } from './menu';
export function ExportMenu() {
  return <Menu label="Export">…</Menu>;
}
