// Plain JavaScript that old versions of Node can read too: scripts/with-node.mjs needs it before Node 24 is installed.
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When a process was started, as an opaque text; undefined when it is gone. A process that ended but that nobody collected counts as gone. */
export function startTimeOf(pid) {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const line = (stdout || '').trim();
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold spaces, so the fields are counted from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch (_gone) {
    return undefined;
  }
}

/** A pid alone can be given to another process later; together with its start it names one process for good. */
export function identityOf(pid) {
  return { pid, started: startTimeOf(pid) };
}

export function isRunning(identity) {
  const started = startTimeOf(identity.pid);
  return started !== undefined && started === identity.started;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (_missing) {
    return undefined;
  }
}

function holdersIn(text) {
  try {
    return JSON.parse(text);
  } catch (_unreadable) {
    return [];
  }
}

/**
 * Takes the lock, or says who holds it. A lock whose holders have all ended is stale and is taken over.
 * Answers { taken: true, addHolder(pid), release() } or { taken: false, holders: [{ pid, started }] }: the first is who took the lock.
 */
export function takeLock(path) {
  const mine = [identityOf(process.pid)];
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  const write = () => writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  for (;;) {
    write();
    try {
      linkSync(draft, path);
      rmSync(draft);
      return {
        taken: true,
        addHolder(pid) {
          mine.push(identityOf(pid));
          write();
          renameSync(draft, path);
        },
        release() {
          rmSync(path, { force: true });
        },
      };
    } catch (error) {
      rmSync(draft, { force: true });
      if (error.code !== 'EEXIST') throw error;
    }
    const found = readText(path);
    if (found === undefined) continue;
    const running = holdersIn(found).filter(isRunning);
    if (running.length > 0) return { taken: false, holders: running };
    removeStale(path, found);
  }
}

// Between reading a stale lock and removing it somebody else may have taken it over: what is moved away is looked at again, and put back when it is theirs.
function removeStale(path, expected) {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
    if (readText(aside) !== expected) linkSync(aside, path);
  } catch (_somebodyWasFaster) {
    // Then the next look at the lock tells.
  }
  rmSync(aside, { force: true });
}
