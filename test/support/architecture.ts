/** Who may import whom, and what the pure parts may not touch: read from the sources as text, no dependency needed. */
import { dirname, join } from 'node:path/posix';

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface Part {
  readonly path: string;
  /** The other parts it may import; itself always. */
  readonly parts: readonly string[];
  readonly packages: readonly string[];
  /** Names of the platform that its code may not say. */
  readonly without: readonly string[];
}

const clockAndChance = ['Date', 'Math.random', 'crypto', 'performance', 'fetch'];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'];
const node = ['process', 'console', 'Buffer'];
const pure = [...clockAndChance, ...timers, ...node, 'globalThis'];
/** SHA-256, which the platform has for everyone. */
const withDigest = pure.filter((name) => name !== 'crypto');
const core = ['machines', 'protocol', 'codec', 'http', 'policy'];

/** One row per part of the code; a file belongs to the part with the longest path that fits. */
export const parts: Readonly<Record<string, Part>> = {
  machines: { path: 'machines/', parts: ['protocol'], packages: ['xstate'], without: pure },
  protocol: { path: 'src/protocol/', parts: [], packages: [], without: pure },
  codec: { path: 'src/codec/', parts: ['protocol'], packages: [], without: pure },
  xml: { path: 'src/codec/xml/', parts: ['codec', 'protocol'], packages: ['fast-xml-parser'], without: pure },
  http: { path: 'src/http/', parts: ['protocol'], packages: [], without: pure },
  policy: { path: 'src/policy/', parts: ['protocol', 'codec'], packages: [], without: withDigest },
  client: { path: 'src/client/', parts: core, packages: [], without: node },
  server: { path: 'src/server/', parts: core, packages: [], without: node },
  admin: { path: 'src/admin/', parts: [...core, 'server'], packages: [], without: node },
  entry: { path: 'src/index.ts', parts: [...core, 'client', 'server'], packages: [], without: pure },
  explore: { path: 'src/explore/', parts: [...core, 'client', 'server'], packages: [], without: pure },
  probe: { path: 'src/probe/', parts: core, packages: [], without: pure },
  timeline: {
    path: 'src/timeline/',
    parts: [...core, 'xml', 'client', 'server', 'explore'],
    packages: [],
    without: pure,
  },
  simulation: {
    path: 'src/simulation/',
    parts: [...core, 'client', 'server', 'timeline'],
    packages: [],
    without: pure,
  },
  inspect: {
    path: 'src/inspect/',
    parts: ['machines', 'protocol', 'timeline'],
    packages: ['xstate', '@statelyai/inspect'],
    without: node,
  },
  page: {
    path: 'src/page/',
    parts: [...core, 'client', 'server', 'timeline', 'simulation', 'inspect'],
    packages: ['@statelyai/inspect'],
    without: node,
  },
  cli: {
    path: 'src/cli/',
    parts: [
      ...core,
      'xml',
      'client',
      'server',
      'admin',
      'entry',
      'explore',
      'probe',
      'timeline',
      'simulation',
      'inspect',
    ],
    packages: ['node:', 'commander', 'picocolors', 'ws', '@statelyai/inspect'],
    without: [],
  },
};

/** The only imports that no row allows. */
export const exceptions: readonly (Omit<Import, 'specifier'> & { readonly why: string })[] = [
  {
    from: 'src/client/capabilities.ts',
    target: 'src/codec/xml/wap-policy.ts',
    kind: 'dynamic',
    why: 'loaded when a server of protocol 2.5 offers a policy, so that the core entry never loads an XML parser',
  },
  {
    from: 'src/server/compose.ts',
    target: 'src/codec/xml/wap-policy.ts',
    kind: 'dynamic',
    why: 'loaded when a device of protocol 2.5 asks, so that the core entry never loads an XML parser',
  },
  {
    from: 'src/server/to-node-listener.ts',
    target: 'node:http',
    kind: 'type',
    why: 'the types of the mount; erased when compiled',
  },
];

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file meant, from the root of the repository, or the package as written. */
  readonly target: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

/** Everything a file imports or exports from elsewhere. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const code = withoutComments(text);
  const found = (pattern: RegExp, kindOf: (match: RegExpMatchArray) => Import['kind']) =>
    [...code.matchAll(pattern)].map((match) => {
      const specifier = match.groups?.specifier ?? '';
      return { from: path, specifier, target: targetOf(path, specifier), kind: kindOf(match) };
    });
  return [...found(STATIC, ({ groups }) => (groups?.type ? 'type' : 'value')), ...found(DYNAMIC, () => 'dynamic')];
}

/** What breaks the rules of the tables, one sentence each. */
export function violationsOf(files: readonly SourceFile[]): readonly string[] {
  return [...files.flatMap(foreignImports), ...files.flatMap(forbiddenNames), ...cycles(files)];
}

function foreignImports(file: SourceFile): readonly string[] {
  const own = partOf(file.path);
  if (!own) return [`${file.path} belongs to no part`];
  return importsOf(file)
    .filter((found) => !isAllowed(own, found) && !exceptions.some((exception) => isSame(exception, found)))
    .map(({ from, target, kind }) => `${from} may not import ${target} (${kind})`);
}

function isAllowed(own: string, { specifier, target }: Import): boolean {
  const row = parts[own];
  if (!row) return false;
  if (!specifier.startsWith('.'))
    return row.packages.some((name) => (name.endsWith(':') ? target.startsWith(name) : target === name));
  const other = partOf(target);
  return specifier.endsWith('.js') && other !== null && (other === own || row.parts.includes(other));
}

function isSame(one: Omit<Import, 'specifier'>, other: Import): boolean {
  return one.from === other.from && one.target === other.target && one.kind === other.kind;
}

function forbiddenNames({ path, text }: SourceFile): readonly string[] {
  const code = withoutComments(text).replaceAll(/'(?:\\.|[^'\\\n])*'/g, "''");
  const names = parts[partOf(path) ?? '']?.without ?? [];
  return names
    .filter((name) => new RegExp(`(?<![\\w.$])${name.replace('.', '\\.')}(?![\\w$]|\\??:)`).test(code))
    .map((name) => `${path} may not touch ${name}`);
}

function partOf(path: string): string | null {
  const fitting = Object.entries(parts).filter(([, part]) => path.startsWith(part.path));
  return fitting.sort(([, one], [, other]) => other.path.length - one.path.length)[0]?.[0] ?? null;
}

/** Every file that can come back to itself when it is loaded; types are erased and may refer to each other. */
function cycles(files: readonly SourceFile[]): readonly string[] {
  const next = new Map(files.map((file) => [file.path, loadedBy(file)]));
  return files.flatMap(({ path }) => {
    const reached = new Set<string>();
    const open = [...(next.get(path) ?? [])];
    for (let target = open.pop(); target !== undefined; target = open.pop()) {
      if (reached.has(target)) continue;
      reached.add(target);
      open.push(...(next.get(target) ?? []));
    }
    return reached.has(path) ? [`${path} imports itself through others`] : [];
  });
}

function loadedBy(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter(({ kind }) => kind !== 'type')
    .map(({ target }) => target);
}

function targetOf(from: string, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(from), specifier).replace(/\.js$/, '.ts') : specifier;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g, '');
}

const STATIC =
  /^[ \t]*(?:import|export)[ \t]+(?<type>type[ \t]+(?!from\b|,))?(?:(?:[\w*${},\s]+?)\s*from\s*)?'(?<specifier>[^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'(?<specifier>[^']+)'/g;
