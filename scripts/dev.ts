import { runStack } from '../backend/local-stack/run-stack.ts';
import { startViteServer } from '../backend/local-stack/vite-server.ts';
import { describeDemo } from '../backend/local-stack/welcome.ts';

process.exitCode = await runStack({
  environment: process.env,
  isForDevelopment: true,
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  async onReady(stack) {
    const storefront = await startViteServer(stack.url);
    for (const line of describeDemo({ ...stack, storefrontUrl: storefront.url })) console.log(line);
    console.log(`ready ${storefront.url}`);
    return storefront.whenBroken;
  },
});
process.exit();
