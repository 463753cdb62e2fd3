/** The settings page: a theme is seen as soon as it is chosen. */
import { chooseTheme, chosenTheme } from './theme.js';

const form = document.getElementById('settings-form');

for (const choice of form.querySelectorAll('input[name=theme]')) {
  choice.checked = choice.value === chosenTheme();
  choice.addEventListener('change', () => chooseTheme(/** @type {any} */ (choice.value)));
}
