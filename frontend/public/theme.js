// Runs before the first paint, so the page never flashes in the wrong theme. A file of its own: the CSP allows no inline script.
(() => {
  let wish = null;
  try {
    wish = localStorage.getItem('jwt-pizza.theme');
  } catch {
    // Storage may be forbidden; the system's wish counts then.
  }
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme =
    wish === 'light' || wish === 'dark' ? wish : prefersLight ? 'light' : 'dark';
})();
