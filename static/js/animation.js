/** Animated pictures in the viewer: the still at once, the original in its place when it has arrived. */
import { config, may } from './page.js';
import { detailsOf } from './photodetails.js';

/** What browsers play in an image; other animations stay still. */
const PLAYED = ['image/gif', 'image/webp', 'image/png', 'image/vnd.mozilla.apng', 'image/apng', 'image/avif'];

/** Plays the animation of every slide that is looked at. */
export function playAnimations(swipe) {
  swipe.on('contentActivate', ({ content }) => void play(content));
  swipe.on('loadComplete', ({ content }) => content === swipe.currSlide?.content && void play(content));
}

async function play(content) {
  const { data } = content;
  if (data.photo?.type !== 'animated' || data.isPlaying || content.state !== 'loaded' || !may('library.download_photo')) return;
  data.isPlaying = true;
  const { Files: files = [] } = await detailsOf(data.photo.uid).catch(() => ({}));
  const file = files.find(({ Hash: hash }) => hash === data.photo.hash);
  if (!PLAYED.includes(file?.Mime)) return;
  const moving = new Image();
  moving.src = `/api/v1/dl/${file.Hash}?t=${encodeURIComponent(config.downloadToken)}`;
  await moving.decode().then(() => { content.element.src = moving.src; }, () => { data.isPlaying = false; });
}
