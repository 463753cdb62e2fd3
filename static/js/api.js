/** The JSON API: one call, one answer or one `ApiError` whose message is a sentence for the reader. */
import { config, t } from './page.js';
import { askToSignIn } from './session.js';

export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 without an answer
   * @param {object} [body]
   * @param {string | null} [retryAfter] the header
   */
  constructor(message, status, body = {}, retryAfter = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/**
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path below /api/v1/
 * @param {{body?: object, form?: FormData, signal?: AbortSignal}} [options]
 * @returns {Promise<any>} the JSON, null without a body
 */
export async function call(method, path, { body, form, signal } = {}) {
  const answer = await send(method, path, { body, form, signal });
  const content = await readBody(answer);
  if (answer.ok) return content;
  if (answer.status === 401) askToSignIn();
  throw new ApiError(sentenceOf(answer.status, content), answer.status, content ?? {}, answer.headers.get('Retry-After'));
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, body) => call('POST', path, { body });
export const put = (path, body) => call('PUT', path, { body });
export const remove = (path, body) => call('DELETE', path, { body });

/** Characters of a body with which a request still ends after its page is left; browsers allow some 64,000 for all of them. */
const KEPT_ALIVE = 8000;

/** What every request says of who asks. @param {string} method @returns {Record<string, string>} */
export function headersFor(method) {
  const headers = { Accept: 'application/json' };
  if (config.authToken) headers['X-Auth-Token'] = config.authToken;
  if (method !== 'GET') headers['X-CSRFToken'] = config.csrfToken;
  return headers;
}

/** @param {number} status @param {{error?: string} | null} content @returns {string} what went wrong, for the reader */
export function sentenceOf(status, content) {
  if (status === 401) return t('You are signed out');
  if (content?.error) return content.error;
  if (status === 403) return t('You may not do this');
  if (status === 404) return t('This no longer exists');
  return t('The server failed to answer ({status})', { status });
}

async function send(method, path, { body, form, signal }) {
  const content = form ?? (body && JSON.stringify(body));
  // What was changed a moment before the page is left is changed all the same.
  const keepalive = method !== 'GET' && !form && (content?.length ?? 0) <= KEPT_ALIVE;
  const headers = headersFor(method);
  if (body) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(`/api/v1/${path}`, { method, headers, signal, keepalive, body: content });
  } catch (problem) {
    if (problem.name === 'AbortError') throw problem;
    throw new ApiError(t('The server cannot be reached'), 0);
  }
}

async function readBody(answer) {
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
