/** Light, dark or the device's theme; kept on this device. */

const root = document.documentElement;

/** @param {'system' | 'light' | 'dark'} theme */
export function chooseTheme(theme) {
  localStorage.setItem('theme', theme);
  const apply = () => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  if (document.startViewTransition) document.startViewTransition(apply);
  else apply();
}

/** @returns {'system' | 'light' | 'dark'} what this page shows by choice */
export function chosenTheme() {
  return /** @type {'light' | 'dark' | undefined} */ (root.dataset.theme) ?? 'system';
}

export function toggleTheme() {
  const dark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  chooseTheme(dark ? 'light' : 'dark');
}
