/** Videos in the viewer: the poster at once, the player as soon as the file is known. */
import { config, element, icon, t } from './page.js';
import { detailsOf } from './photodetails.js';

/** Takes over the loading of a video slide; other slides are left to PhotoSwipe. */
export function playerFor(event, { swipe }) {
  const { content } = event;
  if (content.data.type !== 'video') return;
  event.preventDefault();
  const poster = element('img', { src: content.data.src, alt: content.data.alt, draggable: false });
  content.element = element('div', { className: 'player' }, poster);
  content.state = 'loaded';
  swipe.on('contentDeactivate', ({ content: left }) => left === content && content.element.querySelector('video')?.pause());
  detailsOf(content.data.photo.uid).then(({ Files: files = [] }) => showVideo(content.element, poster, files), () => {});
}

function showVideo(box, poster, files) {
  const file = files.find(({ Mime = '' }) => Mime.startsWith('video/'));
  const video = element('video', { controls: true, playsInline: true, preload: 'none', poster: poster.src });
  if (!file || !video.canPlayType(file.Mime)) {
    box.append(element('p', { className: 'badge' }, icon('info'), t('This browser cannot play the video; download it to watch')));
    return;
  }
  video.src = `/api/v1/dl/${file.Hash}?t=${encodeURIComponent(config.downloadToken)}`;
  // A player that takes a click must not close or zoom the viewer.
  video.addEventListener('pointerdown', (event) => event.stopPropagation());
  poster.replaceWith(video);
}
