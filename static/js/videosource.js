/** Where a video is found that this browser plays: the original in its own codec, or what the server makes of it. */
import { get, post } from './api.js';
import { config } from './page.js';

const ASK_AGAIN = 1000;

/** What browsers are asked to find out whether they play a codec, and the address under which it is sent as it is. */
const CODECS = {
  hvc1: { type: 'video/mp4; codecs="hvc1.1.6.L120.90"', address: 'hevc' },
  hev1: { type: 'video/mp4; codecs="hev1.1.6.L120.90"', address: 'hevc' },
  vp8: { type: 'video/webm; codecs="vp8"', address: 'vp8' },
  vp9: { type: 'video/webm; codecs="vp9"', address: 'vp9' },
  av01: { type: 'video/mp4; codecs="av01.0.08M.08"', address: 'av01' },
};

/** @param {string} hash @returns {string} the address of a file's video below /api/v1/ */
export function videoPath(hash) {
  return `videos/${hash}/${config.previewToken}`;
}

/** The original under its own codec, if that is not H.264 and this browser plays it; else null. */
export async function ownCodec(path, { codec: name }, video) {
  const codec = CODECS[name];
  if (!codec || !video.canPlayType(codec.type)) return null;
  const state = await get(`${path}/${codec.address}/status`);
  return state.state === 'original' ? { ...state, form: codec.address } : null;
}

/** Asks the server to make `form`, and waits until it is there; null once `isOver` or where it cannot be made. */
export async function whenMade(path, form, isOver) {
  for (;;) {
    const { state } = await post(`${path}/${form}/status`);
    if (isOver() || state === 'failed') return null;
    if (['original', 'ready'].includes(state)) return `/api/v1/${path}/${form}`;
    await new Promise((resolve) => { setTimeout(resolve, ASK_AGAIN); });
    if (isOver()) return null;
  }
}
