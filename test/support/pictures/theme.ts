/** The colours of pictures, for a light page and a dark one. Text has a contrast of 4.5 to 1 at least, lines 3 to 1. */
import type { ProvisioningStateName } from '../../../machines/provisioning.step.js';

export type ThemeName = keyof typeof themes;

/** A filled box, its border, and what is written on it. */
export interface Tone {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
}

export interface Theme {
  /** The picture's own background: not every page is as dark as its reader's system. */
  readonly page: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly lost: string;
  readonly tones: Readonly<Record<ToneName, Tone>>;
}

export type ToneName = 'none' | 'pending' | 'agreed' | 'fallen';

export const toneOf = {
  Unprovisioned: 'none',
  AwaitingPolicy: 'pending',
  Acknowledging: 'pending',
  Provisioned: 'agreed',
  NeedsReprovision: 'fallen',
} as const satisfies Record<ProvisioningStateName, ToneName>;

export const themes = {
  light: {
    page: '#ffffff',
    text: '#1f2328',
    quiet: '#59636e',
    line: '#59636e',
    lost: '#cf222e',
    tones: {
      none: { fill: '#f6f8fa', line: '#59636e', text: '#1f2328' },
      pending: { fill: '#ddf4ff', line: '#0969da', text: '#0a3069' },
      agreed: { fill: '#dafbe1', line: '#1a7f37', text: '#0f4421' },
      fallen: { fill: '#fff8c5', line: '#9a6700', text: '#4d2d00' },
    },
  },
  dark: {
    page: '#0d1117',
    text: '#e6edf3',
    quiet: '#9198a1',
    line: '#9198a1',
    lost: '#ff7b72',
    tones: {
      none: { fill: '#21262d', line: '#9198a1', text: '#e6edf3' },
      pending: { fill: '#0c2d6b', line: '#58a6ff', text: '#cae8ff' },
      agreed: { fill: '#033a16', line: '#3fb950', text: '#aff5b4' },
      fallen: { fill: '#4b2900', line: '#d29922', text: '#f8e3a1' },
    },
  },
} as const satisfies Record<string, Theme>;

export const themeNames = Object.keys(themes) as readonly ThemeName[];

/** The fonts of the system that shows the picture. */
export const FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Helvetica, Arial, sans-serif";

/** Rules as a picture's own style. */
export function styleOf(theme: Theme, rules: readonly Rule[]): string {
  const common: readonly Rule[] = [
    ['svg', { 'font-family': FONTS, color: theme.line }],
    ['.page', { fill: theme.page, stroke: 'none' }],
    ['text', { fill: theme.text }],
  ];
  return [...common, ...rules]
    .map(([selector, fields]) => {
      const body = Object.entries(fields).map(([field, value]) => `${field}: ${value}`);
      return `${selector} { ${body.join('; ')} }`;
    })
    .join('\n');
}

export type Rule = readonly [selector: string, fields: Readonly<Record<string, string>>];
