// Runs before the first paint: a theme chosen on this device wins over the account's.
// A plain script, because a module would run after the page was drawn once.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
  } catch {
    // Storage can be blocked; the account's theme is in the page already.
  }
})();
