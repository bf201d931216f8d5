/** What each entry of the package offers, as API Extractor reads it from the declarations that were built. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import packageJson from '../../package.json' with { type: 'json' };

export interface ApiReport {
  /** `index`, `machine`, `codec-xml`: the entry as a file name. */
  readonly name: string;
  readonly text: string;
  /** What is said of each exported name and of its members. */
  readonly comments: ReadonlyMap<string, string>;
  /** What the extractor could not make sense of. */
  readonly problems: readonly string[];
}

/** One report per entry; the compiler reads all of them once. */
export function apiReports(): readonly ApiReport[] {
  const folder = mkdtempSync(join(tmpdir(), 'eas-api-'));
  try {
    const configs = entries.map(({ name, declarations }) => configOf(name, declarations, folder));
    const [first] = configs;
    if (!first) return [];
    const additionalEntryPoints = entries.slice(1).map(({ declarations }) => declarations);
    const compilerState = CompilerState.create(first, { additionalEntryPoints });
    return configs.map((config, index) => report(config, compilerState, entries[index]?.name ?? ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

const entries = Object.entries(packageJson.exports)
  .filter(([, path]) => path.endsWith('.js'))
  .map(([entry, path]) => ({
    name: entry === '.' ? 'index' : entry.slice(2).replaceAll('/', '-'),
    declarations: join(root, path.replace(/\.js$/, '.d.ts')),
  }));

function report(config: ExtractorConfig, compilerState: CompilerState, name: string): ApiReport {
  const problems: string[] = [];
  Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback(message) {
      if (message.logLevel === ExtractorLogLevel.Error) problems.push(message.text);
      message.handled = true;
    },
  });
  return {
    name,
    text: readFileSync(config.reportFilePath, 'utf8').replaceAll('\r\n', '\n'),
    comments: commentsIn(JSON.parse(readFileSync(config.apiJsonFilePath, 'utf8'))),
    problems,
  };
}

/** A declaration in the extractor's model, as far as it is read here: a package, an entry, a name, a member. */
interface Declared {
  readonly name?: string;
  readonly docComment?: string;
  readonly members?: readonly Declared[];
}

function commentsIn({ members = [] }: Declared): ReadonlyMap<string, string> {
  const names = members.flatMap((entry) => entry.members ?? []);
  return new Map(names.map((declared) => [declared.name ?? '', commentOf(declared)]));
}

function commentOf({ docComment = '', members = [] }: Declared): string {
  return [docComment, ...members.map(commentOf)].join('\n');
}

function configOf(name: string, declarations: string, folder: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: join(root, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            lib: ['ES2022'],
            types: ['node'],
            strict: true,
            skipLibCheck: true,
          },
          files: [declarations],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: true, apiJsonFilePath: join(folder, `${name}.api.json`) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

/** The exported names without a word on what they are. */
export function undocumented(text: string): readonly string[] {
  return [...text.matchAll(UNDOCUMENTED)].map(({ groups }) => groups?.name ?? '');
}

const UNDOCUMENTED =
  /^\/\/ @\w+ \(undocumented\)\nexport (?:(?:declare|abstract|async) )*(?:const|function|class|interface|type|enum) (?<name>\w+)/gm;
