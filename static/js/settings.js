/** The settings page: a theme is seen as soon as it is chosen, the part that is being read is marked. */
import { showHomes } from './homes.js';
import { chooseTheme, chosenTheme } from './theme.js';

const form = document.getElementById('settings-form');
const links = [...document.querySelectorAll('.subnav a')];
const parts = links.map(({ hash }) => document.querySelector(hash));

for (const choice of form.querySelectorAll('input[name=theme]')) {
  choice.checked = choice.value === chosenTheme();
  choice.addEventListener('change', () => chooseTheme(/** @type {any} */ (choice.value)));
}
const homes = document.getElementById('homes');
if (homes) void showHomes(homes, document.getElementById('add-home'));

addEventListener('scroll', markPart, { passive: true });
addEventListener('hashchange', markPart);
markPart();

/** The last part whose heading has passed the upper third; at the end of the page the last, or the one asked for. */
function markPart() {
  const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  const passed = parts.findLastIndex((part) => part.getBoundingClientRect().top < innerHeight / 3);
  const asked = links.findIndex(({ hash }) => hash === location.hash);
  const here = isAtEnd && scrollY > 0 ? Math.max(asked, passed, 0) : Math.max(passed, 0);
  for (const [at, link] of links.entries()) {
    if (at === here) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}
