export default async function endTestRun(): Promise<void> {
  await globalThis.testRun?.database?.stop();
  globalThis.testRun?.folder.remove();
}
