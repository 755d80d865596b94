// Outlives the process that started it by a moment, to end the children which that one left behind. It is told of each child on stdin
// ("+pid" when one starts, "-pid" when it has ended) and learns from the end of stdin that the parent is gone, whatever it died of.
// Plain JavaScript for old versions of Node: scripts/with-node.mjs uses it while Node 24 is being installed.
import { createInterface } from 'node:readline';
import { identityOf, isRunning } from './process-lock.mjs';

const GRACE_MS = 3000;
const LOOK_EVERY_MS = 50;
const children = new Map();

// The reaper has to be the last one standing: whoever ends the group of the parent must not end it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

// Each child leads its own process group, so that what it started in turn is reached too.
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (_gone) {
    // It ended by itself.
  }
}

function endChildren() {
  const left = [...children.values()].filter(isRunning);
  for (const { pid } of left) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  const look = () => {
    const running = left.filter(isRunning);
    if (running.length === 0) process.exit(0);
    if (Date.now() > deadline) {
      for (const { pid } of running) signalGroup(pid, 'SIGKILL');
      process.exit(0);
    }
    setTimeout(look, LOOK_EVERY_MS);
  };
  look();
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line[0] === '+') children.set(pid, identityOf(pid));
    else children.delete(pid);
  })
  .on('close', endChildren);
