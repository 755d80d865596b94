import { randomBytes } from 'node:crypto';
import {
  type ChaosOptions,
  type ChaosType,
  type FaultType,
  hasCure,
  type ReportUrlShape,
  usualDelayMs,
  usualRate,
} from './chaos-options.ts';

/** The fault one call meets. It stays as it was when the call came, whatever is switched on meanwhile. */
export interface Fault {
  type: FaultType;
  delayMs: number;
  fixCode: string | null;
  reportUrlShape: ReportUrlShape;
  /** Answers 0, 1, 2, ... over the life of the fault: modes that vary their answers take one each. */
  nextTurn(): number;
}

interface SwitchedOn {
  fault: Fault;
  rate: number;
  reportWorks: boolean;
  endsAtMs: number;
}

export interface Chaos {
  switchTo(type: ChaosType, options: ChaosOptions): void;
  /** Answers the fault a call meets that comes now, or null. */
  strike(): Fault | null;
  /** Answers whether this is the fix code of the present fault; the fault then ends, if reports work. */
  report(fixCode: unknown): boolean;
}

/** Answers the switchboard of faults, with none switched on. */
export function createChaos(): Chaos {
  let on: SwitchedOn | null = null;

  // Looked at when asked instead of ended by a timer: nothing is left to stop, and no call slips in between.
  const present = (): SwitchedOn | null => {
    if (on && performance.now() >= on.endsAtMs) on = null;
    return on;
  };

  return {
    switchTo(type, options) {
      on = type === 'none' ? null : switchOn(type, options);
    },
    strike() {
      const now = present();
      return now && Math.random() < now.rate ? now.fault : null;
    },
    report(fixCode) {
      const now = present();
      if (!now?.fault.fixCode || now.fault.fixCode !== fixCode) return false;
      if (now.reportWorks) on = null;
      return true;
    },
  };
}

function switchOn(type: FaultType, options: ChaosOptions): SwitchedOn {
  let turn = 0;
  return {
    fault: {
      type,
      delayMs: options.delayMs ?? usualDelayMs(type),
      fixCode: hasCure(type) ? randomBytes(12).toString('base64url') : null,
      reportUrlShape: options.reportUrlShape ?? 'path',
      nextTurn: () => turn++,
    },
    rate: options.rate ?? usualRate(type),
    reportWorks: options.reportWorks ?? true,
    endsAtMs: performance.now() + (options.durationMs ?? Number.POSITIVE_INFINITY),
  };
}
