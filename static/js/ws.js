/**
 * Live events from the server: one WebSocket, reconnected with growing pauses. What happened while it was closed is not
 * told again; `reconnected` asks the page to read anew what it shows.
 */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

const events = new EventTarget();
let socket = null;
let pause = FIRST_PAUSE;
let hasBeenOpen = false;

/**
 * Calls `hear` with the data of every event of this topic, such as "photos.created".
 * @param {string} topic
 * @param {(data: any) => void} hear
 */
export function on(topic, hear) {
  events.addEventListener(topic, (event) => hear(/** @type {CustomEvent} */ (event).detail));
}

/** Opens the socket; safe to call again. */
export function connect() {
  if (socket) return;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  socket = new WebSocket(`${scheme}://${location.host}/api/v1/ws`);
  socket.addEventListener('open', () => {
    pause = FIRST_PAUSE;
    if (hasBeenOpen) tell('reconnected', {});
    hasBeenOpen = true;
  });
  socket.addEventListener('message', ({ data }) => announce(data));
  socket.addEventListener('close', reconnect);
}

function announce(text) {
  const { event, data } = JSON.parse(text);
  if (event) tell(event, data ?? {});
}

function tell(topic, detail) {
  events.dispatchEvent(new CustomEvent(topic, { detail }));
}

function reconnect() {
  socket = null;
  // A random share keeps a thousand browsers from returning in the same second after a restart.
  setTimeout(connect, pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}
