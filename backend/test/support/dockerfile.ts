import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

export interface Instruction {
  name: string;
  /** `--from=packages` is `{ from: 'packages' }`. */
  flags: Record<string, string>;
  text: string;
}
export interface Stage {
  /** What the stage begins from. */
  image: string;
  name: string | undefined;
  instructions: Instruction[];
}

/** Reads as much of a Dockerfile as ours says: no heredocs and no variables. */
export function readStages(path: string): Stage[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const flags: Record<string, string> = {};
    const text = rest.replaceAll(/--([\w-]+)=(\S+)\s+/g, (flag, key: string, value: string) => {
      flags[key] = value;
      return name === 'RUN' || name === 'CMD' ? flag : '';
    });
    if (name === 'FROM') {
      const [image = '', , stageName] = text.split(/\s+/);
      stages.push({ image, name: stageName, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, flags, text });
  }
  return stages;
}

/** What the last instruction of this name says, in the form of a JSON list. */
export function readCommand(stage: Stage, name: 'CMD' | 'HEALTHCHECK'): string[] {
  const text = stage.instructions.findLast((instruction) => instruction.name === name)?.text ?? '';
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

/** Every path that Docker is sent to build from: the last line of `.dockerignore` that fits a path or a folder above it decides. */
export function filesOfContext(root: string): Set<string> {
  const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isSent: line.startsWith('!'), pattern: line.replace(/^!/, '') }));
  const isSent = (path: string): boolean => {
    const parts = path.split('/');
    const prefixes = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
    const rule = rules.findLast(({ pattern }) => prefixes.some((prefix) => matchesGlob(prefix, pattern)));
    return rule?.isSent ?? true;
  };
  const skipped = new Set(['node_modules', '.git', '.data']);
  const walk = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter(({ name }) => !skipped.has(name))
      .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        return entry.isDirectory() ? walk(path) : [path];
      });
  return new Set(walk('').filter(isSent));
}
