// Loaded before every script that with-node.mjs runs: when with-node.mjs is gone without having said so, the script ends as on SIGTERM.
const FORCED_END_MS = 10_000;

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), FORCED_END_MS).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep a script alive that has finished.
  process.channel.unref();
}
