import { readStored, writeStored } from './storage.ts';

const RELOADED_KEY = 'jwt-pizza.reloaded-at';
const RELOAD_AGAIN_AFTER_MS = 60_000;

/** Takes the newest version when a part of this one is gone; once, or a missing part would reload for ever. */
function reloadOnce(): void {
  const reloadedAt = Number(readStored('sessionStorage', RELOADED_KEY) ?? 0);
  if (!navigator.onLine || Date.now() - reloadedAt < RELOAD_AGAIN_AFTER_MS) return;
  if (writeStored('sessionStorage', RELOADED_KEY, Date.now())) window.location.reload();
}

/** Lets the storefront be installed and read without a network. */
export function startWorker(): void {
  window.addEventListener('vite:preloadError', reloadOnce);
  if (!import.meta.env.PROD) return;
  try {
    // Without a worker everything works as before, only not without a network.
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  } catch {
    // There is none in this browser, or its mention alone is forbidden, as that of storage can be.
  }
}
