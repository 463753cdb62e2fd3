/** The server's side of an upload, as the queue wants it. */
import { ApiError, call, headersFor, sentenceOf } from './api.js';
import { config, t } from './page.js';
import { askToSignIn } from './session.js';

/** A line on which nothing moved for so long is dead, though nobody said so, ms. */
const STALLED = 180_000;

/** `clock` is the server's time at its latest answer to a file, as the header says it. @type {import('./uploadqueue.js').Server & {clock: string}} */
export const server = {
  clock: '',
  send,
  // Leaving the page just now must not keep the photos from the library.
  put: (token, albums) => call('PUT', pathOf(token), { body: { albums, wait: false } }),
  ask: (token) => call('GET', pathOf(token)),
  wait,
};

function pathOf(token) {
  return `${config.uploadUrl}/${token}`;
}

/** `fetch` does not tell how far it is. */
function send(token, file, { signal, progress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    let stalled = setTimeout(giveUp, STALLED);
    form.append('files', file, file.name);
    request.upload.addEventListener('progress', ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(giveUp, STALLED);
      progress(Math.min(loaded, file.size));
    });
    request.addEventListener('loadend', () => clearTimeout(stalled));
    request.addEventListener('load', () => {
      server.clock = request.getResponseHeader('Date') ?? '';
      if (request.status < 300) resolve(undefined);
      else reject(problemOf(request));
    });
    request.addEventListener('error', () => reject(new ApiError(t('The server cannot be reached'), 0)));
    request.addEventListener('abort', () => reject(new ApiError(t('The server cannot be reached'), 0)));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', `/api/v1/${pathOf(token)}`);
    for (const [name, value] of Object.entries(headersFor('POST'))) request.setRequestHeader(name, value);
    // For pictures without a date of their own.
    request.setRequestHeader('X-OC-MTime', String(Math.floor(file.lastModified / 1000)));
    request.send(form);

    function giveUp() {
      request.abort();
    }
  });
}

function problemOf(request) {
  const { status } = request;
  if (status === 401) askToSignIn();
  const content = readJson(request.responseText);
  // What stands before the server, such as nginx, refuses without a sentence.
  const sentence = status === 413 && !content?.error ? t('Too large for the server') : sentenceOf(status, content);
  return new ApiError(sentence, status, content ?? {}, request.getResponseHeader('Retry-After'));
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wait(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    }, { once: true });
  });
}
