/** Animated pictures in the viewer: the still at once, what moves in its place when it has arrived. */
import { config, may } from './page.js';
import { detailsOf } from './photodetails.js';
import { videoPath, whenMade } from './videosource.js';

/** What browsers play in an image; of other animations the server makes a WebP. */
const PLAYED = ['image/gif', 'image/webp', 'image/png', 'image/vnd.mozilla.apng', 'image/apng', 'image/avif'];
const CONVERTED = ['image/jxl', 'image/heic', 'image/heic-sequence'];

/** Plays the animation of every slide that is looked at. */
export function playAnimations(swipe) {
  swipe.on('contentActivate', ({ content }) => void play(content));
  swipe.on('loadComplete', ({ content }) => content === swipe.currSlide?.content && void play(content));
}

async function play(content) {
  const { data } = content;
  if (data.photo?.type !== 'animated' || data.isPlaying || content.state !== 'loaded') return;
  data.isPlaying = true;
  const src = await addressOf(data.photo, () => !content.slide?.isActive).catch(() => '');
  if (!src) return void (data.isPlaying = false);
  const moving = new Image();
  moving.src = src;
  await moving.decode().then(() => content.element?.setAttribute('src', moving.src), () => { data.isPlaying = false; });
}

async function addressOf({ uid, hash }, isOver) {
  const { Files: files = [] } = await detailsOf(uid);
  const { Mime: mime } = files.find(({ Hash }) => Hash === hash) ?? {};
  if (CONVERTED.includes(mime)) return whenMade(videoPath(hash), 'webp', isOver);
  if (!PLAYED.includes(mime) || !may('library.download_photo')) return '';
  return `/api/v1/dl/${hash}?t=${encodeURIComponent(config.downloadToken)}`;
}
