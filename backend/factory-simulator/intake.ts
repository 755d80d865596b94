import express from 'express';
import type { Chaos } from './chaos.ts';
import type { FactoryHandler } from './factory-handler.ts';
import type { CallKind, Journal } from './journal.ts';
import { cutLine, type OpenLines } from './open-lines.ts';
import { isProbe, orderIdOf } from './order-body.ts';
import type { WaitingRoom } from './waiting-room.ts';

const BODY_LIMIT = '64kb';

/** Decides which fault, if any, this request meets. Comes first, so that even a 404 can be unreachable. */
export function meetFault(chaos: Chaos, lines: OpenLines): FactoryHandler {
  return (_request, response, next) => {
    response.locals.fault = chaos.strike();
    lines.add(response);
    next();
  };
}

/** Enters the call in the journal before anything can refuse it, and its outcome when it is known. */
export function enterCall(journal: Journal, kind: CallKind): FactoryHandler {
  return (_request, response, next) => {
    const call = journal.openCall(kind);
    response.locals.call = call;
    response.once('finish', () => {
      call.status = response.statusCode;
    });
    response.once('close', () => {
      call.status ??= 0;
    });
    next();
  };
}

/** Reads a JSON body of any shape. */
export const readJson: FactoryHandler = express.json({ limit: BODY_LIMIT });

/** Completes the journal's entry with what only the body tells. */
export const noteOrder: FactoryHandler = (request, response, next) => {
  const { call } = response.locals;
  call.orderId = orderIdOf(request.body);
  if (isProbe(request.body)) call.kind = 'probe';
  next();
};

/** An unreachable factory reads nothing; we let the body be read first so that the journal can name the order. */
export function cutWhenUnreachable(waitingRoom: WaitingRoom): FactoryHandler {
  return async (_request, response, next) => {
    const { fault } = response.locals;
    if (fault?.type !== 'unreachable') return next();
    await waitingRoom.wait(fault.delayMs);
    cutLine(response);
  };
}
