/** What a chapter can do: one row per line that a script may hold. */
import { isProtocolVersion, type ProtocolVersion } from '../../src/protocol/version.js';
import { policyA, policyB } from '../support/server.js';
import { createScene, demandForEver, folderSync, HOUR, type Scene, type Watch, who } from './scene.js';

/** Plays a script: what happened, line by line. Throws for a line that no row knows, and for one that came to nothing. */
export async function play(script: readonly string[], watch?: Watch): Promise<readonly string[]> {
  const [, version = '14.1'] = VERSION.exec(script[0] ?? '') ?? [];
  const actions = script.filter((line, at) => at > 0 || !VERSION.test(line)).map((line) => actionOf(line, watch));
  const scene = createScene(versionOf(version), watch);
  for (const act of actions) await act(scene);
  const { applying, wiping } = scene.moments;
  if (applying.length > 0 || wiping.length > 0 || scene.link.fates.length > 0)
    throw new Error('the script ends too early');
  return scene.trace;
}

const VERSION = /^version (.+)$/;
const LATER = /^while (applying|wiping): (.+)$/;

type Action = (scene: Scene) => Promise<void>;
type Row<Result> = readonly [pattern: RegExp, does: (scene: Scene, word: string) => Result];

/** What sets the stage: no line in the trace. */
const arrangements: readonly Row<void>[] = [
  [/^lose request$/, ({ link }) => void link.fates.push('request lost')],
  [/^lose response$/, ({ link }) => void link.fates.push('response lost')],
  [
    /^no policy$/,
    ({ link }) => {
      link.under.policy = null;
    },
  ],
  [
    /^every command is answered with 449$/,
    ({ link }) => {
      link.instead = demandForEver;
    },
  ],
  [
    /^device accepts wipes$/,
    (scene) => {
      scene.acceptsWipes = true;
    },
  ],
  [
    /^device declines wipes$/,
    (scene) => {
      scene.acceptsWipes = false;
    },
  ],
  [
    /^device applies ([1-4])$/,
    (scene, word) => {
      scene.applies = statuses.find((status) => String(status) === word) ?? 1;
    },
  ],
  [/^device crashes$/, (scene) => scene.crash()],
];

/** What happens to a side: a line with both. */
const turns: readonly Row<void | Promise<void>>[] = [
  [/^device restarts$/, (scene) => scene.restart()],
  [
    /^policy changes$/,
    ({ link: { under } }) => {
      under.policy = under.policy === policyA ? policyB : policyA;
    },
  ],
  [
    /^time passes (\d+) hours$/,
    ({ link }, hours) => {
      link.under.now += Number(hours) * HOUR;
    },
  ],
  [/^order wipe device$/, ({ link }) => link.under.server.devices.wipe(who, 'device')],
  [/^order wipe account$/, ({ link }) => link.under.server.devices.wipe(who, 'account')],
  [/^readmit$/, ({ link }) => link.under.server.devices.readmit(who)],
];

/** What the device is told to do: its messages, then a line with both sides and the outcome. */
const calls: readonly Row<Promise<string>>[] = [
  [/^device runs FolderSync$/, (scene) => scene.during([folderSync(scene.link)])],
  [/^device provisions$/, (scene) => scene.during([scene.link.client.provision()])],
  [/^two commands at once$/, (scene) => scene.during([folderSync(scene.link), folderSync(scene.link)])],
];

const statuses = [1, 2, 3, 4] as const;

function actionOf(line: string, watch?: Watch): Action {
  const [, moment, later] = LATER.exec(line) ?? [];
  if (later !== undefined) {
    const act = actionOf(later, watch);
    return async (scene) => void scene.moments[moment === 'wiping' ? 'wiping' : 'applying'].push(() => act(scene));
  }
  const act = actOf(line);
  return (scene) => {
    watch?.line(line, scene.link);
    return act(scene);
  };
}

function actOf(line: string): Action {
  const arrange = rowFor(arrangements, line);
  if (arrange) return async (scene) => arrange(scene);
  const turn = rowFor(turns, line);
  if (turn) {
    return async (scene) => {
      await turn(scene);
      await scene.note();
    };
  }
  const call = rowFor(calls, line);
  if (call) return async (scene) => scene.note(await call(scene));
  throw new Error(`no such line: ${line}`);
}

function rowFor<Result>(rows: readonly Row<Result>[], line: string): ((scene: Scene) => Result) | null {
  for (const [pattern, does] of rows) {
    const match = pattern.exec(line);
    if (match) return (scene) => does(scene, match[1] ?? '');
  }
  return null;
}

function versionOf(text: string): ProtocolVersion {
  if (!isProtocolVersion(text)) throw new Error(`no such version: ${text}`);
  return text;
}
