import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../local-stack/project-root.ts';

export interface ComposeService {
  image: string;
  build?: { context: string; dockerfile: string };
  command?: string | string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  secrets?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string }> | string[];
  healthcheck?: { test: string[] };
  restart?: string;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  networks?: string[];
  logging?: { options: Record<string, string> };
}
interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean }>;
  secrets: Record<string, { environment: string }>;
}

export const composeText: string = readFileSync(join(projectRoot, 'ops/compose.yaml'), 'utf8');

/** The compose file with its anchors resolved and its variables as they are written. */
export const readComposeFile = (): ComposeFile => parse(composeText, { merge: true }) as ComposeFile;

/** The names that `.env.example` lists. */
export const readSettingNames = (): string[] =>
  [...readFileSync(join(projectRoot, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
    ([, name = '']) => name,
  );
