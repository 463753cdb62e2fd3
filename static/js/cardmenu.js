/** The menu of a card: one for all cards of a page, opened by the button of each, and walked through by arrow keys. */

/**
 * Lets the buttons with `data-menu` open the menu.
 * @param {HTMLElement | null} menu a popover with buttons that have `data-act`
 * @param {(opener: HTMLElement) => HTMLElement} find the card of a button
 * @param {{prepare?: (menu: HTMLElement, card: HTMLElement) => void, act: (card: HTMLElement, name: string) => void}} what
 */
export function startCardMenu(menu, find, { prepare, act }) {
  if (!menu) return;
  let about = null;
  let opener = null;
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-menu]');
    if (button) return open(button);
    const name = menu.contains(target) && target.closest('[data-act]')?.dataset.act;
    if (!name || !about) return undefined;
    menu.hidePopover();
    return act(about, name);
  });
  menu.addEventListener('keydown', moveInMenu);
  menu.addEventListener('toggle', ({ newState }) => {
    opener?.setAttribute('aria-expanded', String(newState === 'open'));
    if (newState === 'closed' && menu.contains(document.activeElement)) opener?.focus();
  });

  function open(button) {
    opener = button;
    about = find(button);
    prepare?.(menu, about);
    menu.showPopover();
    place(menu, opener.getBoundingClientRect());
    menu.querySelector('button')?.focus();
  }
}

/** Says of the menu's heart what it does to this card, which has `data-favorite` if it is one. */
export function prepareHeart(menu, { dataset }, { add, remove }) {
  const heart = menu.querySelector('[data-act="favorite"]');
  if (!heart) return;
  heart.querySelector('span').textContent = dataset.favorite ? remove : add;
  heart.querySelector('svg').classList.toggle('fill', Boolean(dataset.favorite));
}

/** Below the button, above it where there is no room, and never beyond the edge of the screen. */
function place(menu, button) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const top = button.bottom + height + 12 > innerHeight ? Math.max(8, button.top - height - 4) : button.bottom + 4;
  const left = Math.min(Math.max(8, button.right - width), innerWidth - width - 8);
  Object.assign(menu.style, { top: `${top}px`, left: `${left}px`, right: 'auto', bottom: 'auto' });
}

function moveInMenu(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
}
