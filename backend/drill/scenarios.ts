import {
  playCommitsLost,
  playDatabaseFreezes,
  playDatabaseKills,
  playReadOnly,
} from './play-database-faults.ts';
import { playCurableFault, playPassingFault, playProbe, playSecondFactory } from './play-factory-faults.ts';
import { playServiceKills } from './play-kills.ts';
import { playClockSkew, playKeysAway, playStalls } from './play-node-faults.ts';
import { playPlainClients } from './play-plain-clients.ts';
import type { Scale } from './scale.ts';
import type { Played, Stage } from './stage.ts';

/** What the product promises of each fault beside what holds for all: none lost, none made twice, nobody told an untruth. */
export interface Targets {
  detectedMs?: number;
  restoredMs?: number;
  /** From a kill until somebody else notices that the order was abandoned. */
  reclaimedMs?: number;
  reportCalls?: number;
  /** Orders taken over from a node that was alive. */
  takeovers?: number;
}

export interface Scenario {
  title: string;
  targets(scale: Scale): Targets;
  play(stage: Stage): Promise<Played>;
  factories?: 2;
  services?: 2;
  /** Every second diner is a client of old. */
  hasPlainClients?: true;
  settings?(scale: Scale): Record<string, string>;
}

/** A slow factory hands out its cure only with the pizza. */
const AFTER_SLOW_ANSWER_MS = 8_000;

/** Every fault the drill plays, by the name that `--only` takes. */
export const SCENARIOS = {
  fail: {
    title: 'factory refusing',
    targets: () => ({ detectedMs: 1_000, restoredMs: 5_000, reportCalls: 1 }),
    play: (stage) => playCurableFault(stage, 'fail'),
  },
  badjwt: {
    title: 'factory baking bad pizzas',
    targets: () => ({ detectedMs: 1_000, restoredMs: 5_000, reportCalls: 1 }),
    play: (stage) => playCurableFault(stage, 'badjwt'),
  },
  throttle: {
    title: 'factory slow',
    targets: ({ throttleMs }) => ({
      detectedMs: 10_000,
      restoredMs: throttleMs + AFTER_SLOW_ANSWER_MS,
      reportCalls: 1,
    }),
    play: (stage) => playCurableFault(stage, 'throttle'),
  },
  probe: {
    title: 'factory refusing, nobody ordering',
    targets: () => ({ detectedMs: 6_000, restoredMs: 10_000, reportCalls: 1 }),
    play: playProbe,
  },
  unreachable: {
    title: 'factory unreachable',
    targets: () => ({ detectedMs: 5_000, restoredMs: 10_000, reportCalls: 0 }),
    play: (stage) => playPassingFault(stage, 'unreachable'),
  },
  error: {
    title: 'factory broken, without a cure',
    targets: () => ({ detectedMs: 5_000, restoredMs: 10_000, reportCalls: 0 }),
    play: (stage) => playPassingFault(stage, 'error'),
  },
  second: {
    title: 'first of two factories down',
    targets: () => ({ detectedMs: 5_000, restoredMs: 5_000 }),
    play: playSecondFactory,
    factories: 2,
  },
  'kill-service': {
    title: 'kill -9 of the service',
    targets: () => ({ reclaimedMs: 16_000 }),
    play: playServiceKills,
  },
  'database-killed': {
    title: 'kill -9 of the database',
    targets: () => ({ restoredMs: 10_000, takeovers: 0 }),
    play: playDatabaseKills,
    hasPlainClients: true,
  },
  'commit-lost': {
    title: 'COMMIT or its answer lost',
    targets: () => ({ restoredMs: 10_000 }),
    play: playCommitsLost,
    hasPlainClients: true,
  },
  'database-frozen': {
    title: 'database frozen',
    targets: () => ({ restoredMs: 10_000, takeovers: 0 }),
    play: playDatabaseFreezes,
    hasPlainClients: true,
  },
  'database-read-only': {
    title: 'database read-only',
    targets: () => ({ restoredMs: 10_000, takeovers: 0 }),
    play: playReadOnly,
    hasPlainClients: true,
  },
  'two-nodes-stall': {
    title: 'two nodes, database frozen',
    targets: () => ({ takeovers: 0 }),
    play: playStalls,
    hasPlainClients: true,
    services: 2,
  },
  'clock-skew': {
    title: "the service's clock wrong",
    targets: () => ({ takeovers: 0 }),
    play: playClockSkew,
    hasPlainClients: true,
  },
  'keys-away': {
    title: 'the keys away, a fresh service',
    targets: () => ({ takeovers: 0 }),
    play: playKeysAway,
    hasPlainClients: true,
  },
  plain: {
    title: 'plain clients, recovery off',
    targets: () => ({ reportCalls: 1 }),
    play: playPlainClients,
    settings: ({ plainWaitSeconds }) => ({
      FACTORY_RECOVERY: 'off',
      ORDER_SYNC_BUDGET_SECONDS: String(plainWaitSeconds),
    }),
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
