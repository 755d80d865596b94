// Runs before the first paint, so the page never flashes in the wrong theme. A file of its own: the CSP allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('jwt-pizza.theme');
  } catch {
    // Storage may be forbidden; the system's choice counts then.
  }
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme =
    choice === 'light' || choice === 'dark' ? choice : prefersLight ? 'light' : 'dark';
})();
