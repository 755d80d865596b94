import { z } from 'zod';

export interface Settings {
  port: number;
  host: string;
  apiKeys: string[];
  dataDir: string;
  issuer: string;
}

// A key travels in a header and in a URL: visible ASCII is what survives both.
const API_KEY = /^[\x21-\x7e]+$/;

const environmentSchema = z.object({
  FACTORY_SIMULATOR_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number')
    .default(3001),
  FACTORY_SIMULATOR_HOST: z.string().default('127.0.0.1'),
  FACTORY_API_KEY: z
    .string('is required')
    .transform((list) => [...new Set(list.split(',').map((key) => key.trim()))])
    .refine(
      (keys) => keys.every((key) => API_KEY.test(key)),
      'must be keys of visible ASCII, parted by commas',
    ),
  DATA_DIR: z.string().default('.data'),
  FACTORY_ISSUER: z.string().default('localhost'),
});

/** Answers the settings of the environment; a blank variable counts as unset. Throws one line that names every fault. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value),
  );
  const { success, data, error } = environmentSchema.safeParse(given);
  // Only names and reasons: the value of a refused key must not reach a log.
  if (!success)
    throw new Error(error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  return {
    port: data.FACTORY_SIMULATOR_PORT,
    host: data.FACTORY_SIMULATOR_HOST,
    apiKeys: data.FACTORY_API_KEY,
    dataDir: data.DATA_DIR,
    issuer: data.FACTORY_ISSUER,
  };
}
