import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const AUDIT_WITHIN_MS = 15_000;

interface Lockfile {
  lockfileVersion: number;
  packages: Record<
    string,
    { version?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean; resolved?: string }
  >;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as T;

interface AuditReport {
  metadata?: { vulnerabilities: Record<string, number> };
}

/** What the registry knows against what we ship; undefined when it cannot be asked. */
function askRegistry(): Promise<AuditReport | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, timeout: AUDIT_WITHIN_MS };
    execFile('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], options, (_error, stdout) => {
      try {
        const report = JSON.parse(stdout) as AuditReport;
        resolve(report.metadata ? report : undefined);
      } catch {
        resolve(undefined);
      }
    });
  });
}

const audit = await askRegistry();

describe('what we depend on', () => {
  const { lockfileVersion, packages } = readJson<Lockfile>('package-lock.json');
  const { dependencies, devDependencies, allowScripts } = readJson<Manifest>('package.json');
  const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);

  it('S39: is locked: every package with one version and the digest of its content', () => {
    expect(lockfileVersion).toBeGreaterThanOrEqual(3);
    expect(installed.length).toBeGreaterThan(50);
    const loose = installed.filter(
      ([, { version, integrity }]) =>
        !/^\d+\.\d+\.\d+/.test(version ?? '') || !/^sha(512|1)-/.test(integrity ?? ''),
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it('S39: names no address to download from, so it comes from the registry npm is set to and its digest decides', () => {
    const addressed = installed.filter(([, { resolved }]) => resolved !== undefined);
    expect(addressed.map(([path]) => path)).toEqual([]);
  });

  it('S39: is named by exact version, so that an update is a change of ours', () => {
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+$/.test(version),
    );
    expect(ranges).toEqual([]);
  });

  it('S39: runs a script when it is installed only if that was decided, package by package', () => {
    const withScript = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(withScript.filter((name) => allowScripts[name] === undefined)).toEqual([]);
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    expect(allowed.sort()).toEqual(['bcrypt', 'node']);
  });

  const auditTitle = 'S39: has no finding of npm audit that is high or critical';
  if (audit) {
    it(auditTitle, () => {
      const { high, critical } = audit.metadata?.vulnerabilities ?? {};
      expect({ high, critical }).toEqual({ high: 0, critical: 0 });
    });
  } else {
    it.skip(`${auditTitle} (not asked: the registry does not answer)`, () => undefined);
  }
});
