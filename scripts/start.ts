import { runStack } from '../backend/local-stack/run-stack.ts';
import { describeDemo } from '../backend/local-stack/welcome.ts';

process.exitCode = await runStack({
  environment: process.env,
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  onReady(stack) {
    for (const line of describeDemo(stack)) console.log(line);
    console.log(`ready ${stack.url}`);
    // Whoever started this script as a part of something larger need not read its output.
    process.send?.({ type: 'ready', url: stack.url, simulatorUrl: stack.simulatorUrl });
  },
});
process.exit();
