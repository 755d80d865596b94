// The door of every npm script: installs what the lock file names when it is not there, then runs the script on the project's own Node.
// It runs on whatever Node the machine has (14 and later), so it uses nothing newer and no dependency.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const LOOK_EVERY_MS = 100;
const STILL_INSTALLING_MS = 10000;
const FORCED_END_MS = 2000;
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packagedNode = join(root, 'node_modules/.bin/node');
const [script, ...scriptArguments] = process.argv.slice(2);

const say = (line) => process.stderr.write(`${line}\n`);
const isOwnNodeNewEnough = () => Number(process.versions.node.split('.')[0]) >= OLDEST_NODE;

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages || {};
  } catch (_missing) {
    return {};
  }
}

/** Optional packages depend on the machine, so their absence is no fault. What serves in production needs none of the development tools. */
export function firstDifference({ wanted, present, isDevelopmentNeeded }) {
  return Object.keys(wanted).find((path) => {
    const entry = wanted[path];
    if (path === '' || entry.optional || entry.devOptional || entry.peer || entry.link) return false;
    if (entry.dev && !isDevelopmentNeeded) return false;
    return !present[path] || present[path].version !== entry.version;
  });
}

function isInstalled() {
  const isDevelopmentNeeded = script.startsWith('scripts/');
  const difference = firstDifference({
    wanted: readPackages(join(root, 'package-lock.json')),
    present: readPackages(join(root, 'node_modules/.package-lock.json')),
    isDevelopmentNeeded,
  });
  return difference === undefined && (existsSync(packagedNode) || isOwnNodeNewEnough());
}

function runNpmCi(lock) {
  return new Promise((resolve) => {
    const npm = process.env.npm_execpath;
    const args = [
      'ci',
      '--include=dev',
      '--loglevel=error',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
    ];
    const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: true };
    const child = npm
      ? spawn(process.env.npm_node_execpath || process.execPath, [npm, ...args], options)
      : spawn('npm', args, options);
    const reaper = spawn(process.execPath, [join(root, 'backend/local-stack/reaper.mjs')], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    reaper.stdin.on('error', () => {});
    if (child.pid) {
      reaper.stdin.write(`+${child.pid}\n`);
      lock.addHolder(child.pid);
    }
    const began = Date.now();
    const progress = setInterval(
      () => say(`still installing (${Math.round((Date.now() - began) / 1000)} s) ...`),
      STILL_INSTALLING_MS,
    );
    // The installation leads its own process group, so that nothing of it stays behind when a signal ends this process.
    const signalGroup = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch (_gone) {
        // It has just ended by itself.
      }
    };
    // npm finishes what it is at before it obeys, and that can be the whole installation.
    let force;
    const stop = (signal) => {
      signalGroup(signal);
      force = force || setTimeout(() => signalGroup('SIGKILL'), FORCED_END_MS);
    };
    for (const signal of FORWARDED_SIGNALS) process.on(signal, stop);
    const done = (code, signal) => {
      clearInterval(progress);
      clearTimeout(force);
      for (const name of FORWARDED_SIGNALS) process.removeListener(name, stop);
      reaper.stdin.end();
      resolve({ code, signal });
    };
    child.on('error', () => done(1, null));
    child.on('exit', done);
  });
}

async function install() {
  const { takeLock } = await import('../backend/local-stack/process-lock.mjs');
  let announced = false;
  for (;;) {
    const lock = takeLock(join(root, '.data/install.lock'));
    if (lock.taken) {
      // Whoever waited here finds that the other one has already installed everything.
      const result = isInstalled() ? { code: 0 } : await installUnder(lock);
      lock.release();
      return result;
    }
    if (!announced)
      say(`another command (pid ${lock.holders[0].pid}) is installing the packages, waiting for it ...`);
    announced = true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function installUnder(lock) {
  say('installing the packages of package-lock.json (about half a minute) ...');
  return runNpmCi(lock);
}

function chooseNode() {
  if (existsSync(packagedNode)) return realpathSync(packagedNode);
  return isOwnNodeNewEnough() ? process.execPath : undefined;
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), parent: Number(parent) };
  } catch (_notLinux) {
    return undefined;
  }
}

// npm that is killed cannot say so. Its end shows in the parent's number: of this process, or of the shell that npm put in between.
function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const shell = parentOf(parent);
  const isShellBetween = shell !== undefined && /^(sh|dash|bash)$/.test(shell.name);
  const timer = setInterval(() => {
    const above = isShellBetween ? parentOf(parent) : undefined;
    if (process.ppid === parent && (!isShellBetween || (above && above.parent === shell.parent))) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

// Settings from .env are for what serves; tests and checks must not reach a developer's database by accident.
const readsEnvFile = () => /^(scripts\/(start|dev)\.ts|backend\/)/.test(script);

function runScript(node) {
  const args = ['--disable-warning=ExperimentalWarning', '--import', join(root, 'scripts/follow-parent.mjs')];
  const envFile = join(root, '.env');
  if (readsEnvFile() && existsSync(envFile)) args.push(`--env-file=${envFile}`);
  const child = spawn(node, [...args, resolvePath(root, script), ...scriptArguments], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
  // Closing the channel is what a script understands as the end of its parent.
  watchNpm(() => child.connected && child.disconnect());
  child.on('error', (error) => {
    say(`cannot run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

async function main() {
  if (!script) {
    say('usage: node scripts/with-node.mjs <script.ts> [arguments]');
    return process.exit(1);
  }
  if (!isInstalled()) {
    const { code, signal } = await install();
    if (signal) return process.exit(128 + constants.signals[signal]);
    if (code !== 0 || !isInstalled()) {
      say('the packages could not be installed: "npm ci" failed, its reason stands above');
      return process.exit(1);
    }
  }
  const node = chooseNode();
  if (!node) {
    say(`Node ${OLDEST_NODE} is needed: npm ci did not bring it, and this machine has ${process.version}`);
    return process.exit(1);
  }
  runScript(node);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
