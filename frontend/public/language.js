// Runs before the first paint, so the page never shows in the wrong language first. A file of its own: the CSP allows no inline script.
(() => {
  let choice = null;
  try {
    choice = JSON.parse(localStorage.getItem('jwt-pizza.language'));
  } catch {
    // Storage may be forbidden, or hold something else; the browser's languages count then.
  }
  const known = ['en', 'es'];
  const preferred = [choice, ...navigator.languages.map((locale) => locale.split('-')[0])];
  const language = preferred.find((one) => known.includes(one)) ?? 'en';
  document.documentElement.lang = language;
  // The build writes where each language's texts are: they come along with the code instead of after it.
  const texts = document.currentScript.dataset[language];
  if (texts) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = texts;
    document.head.append(link);
  }
})();
