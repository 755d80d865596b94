import type { ServerResponse } from 'node:http';

export interface OpenLines {
  add(response: ServerResponse): void;
  /** Cuts every call that still waits for its answer. */
  cutAll(): void;
}

/** Answers the register of calls that still wait for their answer. */
export function createOpenLines(): OpenLines {
  const open = new Set<ServerResponse>();
  return {
    add(response) {
      open.add(response);
      response.once('close', () => open.delete(response));
    },
    cutAll() {
      for (const response of open) cutLine(response);
    },
  };
}

/** Ends the connection without an answer. */
export function cutLine(response: ServerResponse): void {
  response.destroy();
}
