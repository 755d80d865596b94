import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { projectRoot } from '../../local-stack/project-root.ts';
import { filesOfContext, type Instruction, readStages, type Stage } from './dockerfile.ts';

interface Lock {
  packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
}

/** The folder that stands for the root of a container's files. */
const inside = (root: string, path: string): string => join(root, resolve('/app', path));

/**
 * What `npm ci --omit=dev` would install, linked to what is installed here. Node must be told to look for what they need
 * beside the links (`--preserve-symlinks`): beside the packages themselves it would find our tools, too.
 */
function linkProductionPackages(app: string): void {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as Lock;
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    const isWithinAnother = path.lastIndexOf('node_modules/') > 0;
    const source = join(projectRoot, path);
    if (path === '' || isWithinAnother || dev || devOptional || !existsSync(source)) continue;
    mkdirSync(dirname(join(app, path)), { recursive: true });
    symlinkSync(source, join(app, path));
  }
}

function copyOf({ text }: Instruction): { sources: string[]; target: string } {
  const words = text.split(/\s+/);
  return { sources: words.slice(0, -1), target: words.at(-1) ?? '' };
}

/** Copies as COPY does: a folder's content into the target, a file to it or into it. */
function copy(source: string, target: string, isFolderTarget: boolean): void {
  const into = !statSync(source).isDirectory() && isFolderTarget;
  cpSync(source, into ? join(target, basename(source)) : target, { recursive: true });
}

function copyFromContext(instruction: Instruction, root: string, sent: Set<string>): void {
  const { sources, target } = copyOf(instruction);
  for (const source of sources) {
    const files = [...sent].filter((path) => path === source || path.startsWith(`${source}/`));
    if (files.length === 0) throw new Error(`COPY ${source}: .dockerignore lets nothing of it through`);
    for (const file of files) {
      const isItself = file === source;
      const place = isItself ? target : join(target, file.slice(source.length + 1));
      mkdirSync(dirname(inside(root, place)), { recursive: true });
      copy(join(projectRoot, file), inside(root, place), isItself && target.endsWith('/'));
    }
  }
}

/** The storefront as its stage builds it, but for the packages, which are those that are installed here. */
function buildStorefront(stage: Stage, root: string, sent: Set<string>): void {
  mkdirSync(join(root, 'app'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'app/node_modules'));
  let folder = join(root, 'app');
  for (const instruction of stage.instructions) {
    const { name, text } = instruction;
    if (name === 'WORKDIR') folder = inside(root, text);
    if (name === 'COPY') copyFromContext(instruction, root, sent);
    if (name === 'RUN' && !text.startsWith('npm ci ')) {
      const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
      execFileSync('sh', ['-euc', text], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    }
  }
}

/** Lays out the files of the image's last stage as the Dockerfile does; answers that stage and where `/app` is. */
export function layOutImage(folder: string): { stage: Stage; app: string } {
  const stages = readStages(join(projectRoot, 'ops/Dockerfile'));
  const stage = stages.at(-1);
  const storefront = stages.find(({ name }) => name === 'storefront');
  if (!stage || !storefront) throw new Error('the Dockerfile has no such stage');
  const sent = filesOfContext(projectRoot);
  const roots = { storefront: join(folder, 'storefront'), packages: join(folder, 'packages') };
  buildStorefront(storefront, roots.storefront, sent);
  linkProductionPackages(join(roots.packages, 'app'));
  const root = join(folder, 'image');
  for (const instruction of stage.instructions.filter(({ name }) => name === 'COPY')) {
    const { from } = instruction.flags;
    if (from === undefined) copyFromContext(instruction, root, sent);
    else {
      const { sources, target } = copyOf(instruction);
      for (const source of sources)
        copy(inside(roots[from as keyof typeof roots], source), inside(root, target), target.endsWith('/'));
    }
  }
  return { stage, app: join(root, 'app') };
}

/** Every path below a folder. */
export const pathsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
