/** The page of duplicates: of each group one photo is kept; what is done to the others can be taken back. */
import { get, post } from './api.js';
import { busy } from './dialog.js';
import { count } from './dates.js';
import { t, tn } from './page.js';
import { toast, toastError } from './toast.js';

/** How often a look for duplicates is asked how far it is, ms. */
const POLL = 1000;

const STEPS = { hashes: 'Photos are being looked at', compare: 'Photos are being compared' };

const head = document.getElementById('duplicates');
const list = document.getElementById('groups');
const comparing = document.getElementById('comparing');
const passOn = document.getElementById('pass-on');

/** Groups of every kind and page that are not decided yet. */
let total = Number(head.dataset.groups);

/** What was done last, so that a key takes it back. */
let lastUndo = null;

list?.addEventListener('click', onAct);
list?.addEventListener('change', ({ target }) => showChoice(target));
document.getElementById('accept')?.addEventListener('click', ({ currentTarget }) => busy(currentTarget, () => archive(groups('picture'))));
document.getElementById('stack-all')?.addEventListener('click', ({ currentTarget }) => busy(currentTarget, () => stack(groups())));
document.getElementById('rule-form')?.rule.addEventListener('change', ({ target }) => target.form.requestSubmit());
document.addEventListener('keydown', onKey);
for (const button of document.querySelectorAll('#compare, [data-compare]')) button.addEventListener('click', () => void look(button));
if (head.dataset.running) void follow();

// ---------- groups ----------

/** Those that are not decided yet, of one kind or of all. */
function groups(kind = '') {
  return [...(list?.querySelectorAll('.dupe:not([hidden])') ?? [])].filter((group) => !kind || group.dataset.kind === kind);
}

function choiceOf(group) {
  const inputs = [...group.querySelectorAll('input[type=radio]')];
  return { keep: inputs.find(({ checked }) => checked)?.value, photos: inputs.map(({ value }) => value) };
}

function onAct({ target }) {
  const button = target.closest('[data-act]');
  if (!button) return;
  void busy(button, () => ACTS[button.dataset.act]([button.closest('.dupe')]));
}

const ACTS = { archive, stack, apart };

function archive(chosen) {
  return settle(chosen, 'duplicates/archive', { pass_on: passOn?.checked ?? true }, (photos) => [tn('{n} photo archived', '{n} photos archived', photos), 'archive']);
}

function stack(chosen) {
  return settle(chosen, 'duplicates/stack', {}, (_, made) => [tn('{n} stack made', '{n} stacks made', made), 'layers-2']);
}

async function settle(chosen, path, more, say) {
  if (!chosen.length) return;
  await during(chosen, async () => {
    // A key may choose another one while the server works.
    const choices = chosen.map(choiceOf);
    const { settled, photos, refused, undo } = await post(path, { groups: choices, ...more });
    const done = chosen.filter((_, at) => settled.includes(choices[at].keep));
    const [message, icon] = say(photos.length, settled.length);
    decide(done, undo, message, icon);
    if (refused.length) toastError({ message: refused[0].message });
  });
}

async function apart([group]) {
  await during([group], async () => {
    const { undo } = await post('duplicates/apart', { photos: choiceOf(group).photos });
    decide([group], undo, t('Remembered: not duplicates'), 'split');
  });
}

/** Dims the groups while the server works. */
async function during(chosen, work) {
  for (const group of chosen) group.classList.add('busy');
  try {
    await work();
  } catch (problem) {
    toastError(problem);
  } finally {
    for (const group of chosen) group.classList.remove('busy');
  }
}

/** Takes decided groups off the page, and offers the way back. */
function decide(done, undo, message, icon) {
  const next = after(done);
  show(done, false);
  next?.querySelector('input:checked')?.focus();
  const takeBack = async () => {
    if (lastUndo !== takeBack && done.every((group) => !group.hidden)) return;
    try {
      await post('duplicates/undo', { undo });
      lastUndo = null;
      show(done, true);
      done[0].querySelector('input:checked')?.focus();
    } catch (problem) {
      toastError(problem);
    }
  };
  lastUndo = takeBack;
  toast(message, { icon, action: t('Undo'), onAction: takeBack });
}

/** The group that one goes on with. */
function after(done) {
  const open = groups();
  const last = open.indexOf(done.at(-1));
  return open.slice(last + 1).find((group) => !done.includes(group)) ?? open.findLast((group) => !done.includes(group));
}

function show(groupsShown, isOpen) {
  const changed = groupsShown.filter((group) => group.hidden === isOpen);
  for (const group of changed) {
    group.hidden = !isOpen;
    for (const kind of ['', group.dataset.kind]) addTo(`[data-kind="${kind}"].n`, isOpen ? 1 : -1);
    addTo('[data-count="duplicates"]', isOpen ? 1 : -1);
  }
  const left = groups();
  document.getElementById('decided').hidden = left.length > 0;
  for (const id of ['accept', 'stack-all']) {
    const button = document.getElementById(id);
    if (button) button.hidden = !groups(id === 'accept' ? 'picture' : '').length;
  }
  total += isOpen ? changed.length : -changed.length;
  document.querySelector('[data-summary]').textContent = tn('{n} group left.', '{n} groups left.', total);
  const sure = document.querySelector('[data-accept]');
  if (sure) sure.textContent = tn('Accept {n} sure one', 'Accept {n} sure ones', groups('picture').length);
}

function addTo(selector, change) {
  for (const number of document.querySelectorAll(selector)) {
    number.value = (number.value ?? Number(number.textContent.replace(/\D/g, ''))) + change;
    number.textContent = count(number.value);
  }
}

function showChoice(input) {
  if (input.type === 'radio') input.closest('.dupe').querySelector('[data-why]').textContent = t('kept for: your choice');
}

// ---------- keys ----------

function onKey(event) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (target.closest('input:not([type=radio], [type=checkbox]), textarea, select')) return;
  if (key === 'Enter' && target.closest('button, a')) return;
  const act = keyActions()[key];
  if (!act) return;
  event.preventDefault();
  act();
}

function keyActions() {
  return {
    j: () => step(1), k: () => step(-1), u: () => lastUndo?.(), Enter: () => onCurrent(archive), s: () => onCurrent(stack), n: () => onCurrent(apart),
  };
}

function current() {
  return document.activeElement?.closest('.dupe') ?? null;
}

function onCurrent(act) {
  const group = current();
  if (group && !group.classList.contains('busy')) void act([group]);
}

function step(by) {
  const open = groups();
  const at = open.indexOf(current());
  const next = at < 0 ? open[0] : open[Math.max(0, Math.min(open.length - 1, at + by))];
  next?.querySelector('input:checked')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

// ---------- looking for them ----------

async function look(button) {
  await busy(button, async () => {
    try {
      await post('duplicates', {});
      await follow();
    } catch (problem) {
      toastError(problem);
    }
  });
}

/** Shows how far it is, and what was found in the end. */
async function follow() {
  comparing.hidden = false;
  document.getElementById('compare').hidden = true;
  for (;;) {
    const { running, step: name, done, total, state, message } = await get('duplicates').catch(() => ({ running: true }));
    if (!running) {
      if (state === 'failed') return void stopFollowing(message);
      return void location.reload();
    }
    comparing.querySelector('[data-step]').textContent = t(STEPS[name] ?? STEPS.compare);
    const bar = comparing.querySelector('progress');
    if (total) bar.value = done / total;
    else bar.removeAttribute('value');
    await new Promise((resolve) => { setTimeout(resolve, POLL); });
  }
}

function stopFollowing(message) {
  comparing.hidden = true;
  document.getElementById('compare').hidden = false;
  toastError({ message });
}
