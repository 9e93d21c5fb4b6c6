// Light or dark: as the system has it, or as the reader chose.
import { effect } from '@preact/signals';
import { theme } from './state';

export function keepTheme(): void {
  effect(() => {
    if (theme.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
  });
}
