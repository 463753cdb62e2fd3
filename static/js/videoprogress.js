/** How far a video that is being converted is, in words. Pure but for the language. */
import { duration } from './dates.js';
import { t } from './page.js';

/**
 * @param {{state: string, share: number, remaining: number | null}} state
 * @returns {string} "Converting 42 %, 1:10 left"
 */
export function progressText({ state, share, remaining }) {
  if (state === 'queued') return t('Waiting to be converted');
  const percent = Math.floor(share * 100);
  if (!remaining) return t('Converting for this browser: {percent} %', { percent });
  return t('Converting for this browser: {percent} %, {time} left', { percent, time: duration(remaining) });
}
