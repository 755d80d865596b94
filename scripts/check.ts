import { describeCheck, runChecks } from '../backend/test/run/checks.ts';

const results = await runChecks((result) => console.log(describeCheck(result)));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
