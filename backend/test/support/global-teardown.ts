export default async function stopTestDatabaseServer(): Promise<void> {
  await globalThis.testDatabaseServer?.database.stop();
  globalThis.testDatabaseServer?.folder.remove();
}
