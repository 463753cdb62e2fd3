/** Videos in the viewer: the poster at once; the original where it plays, else what the server makes of it. */
import { get, post, remove } from './api.js';
import { element, icon, t } from './page.js';
import { progressText } from './videoprogress.js';
import { ownCodec, videoPath } from './videosource.js';

/** Above these seconds a video is played as HLS while it is being made. */
const LONG = 60;
const ASK_AGAIN = 1000;

/** Takes over the loading of a video slide; other slides are left to PhotoSwipe. */
export function playerFor(event, { swipe }) {
  const { content } = event;
  if (content.data.type !== 'video') return;
  event.preventDefault();
  const player = new VideoPlayer(content.data);
  content.element = player.box;
  content.player = player;
  content.state = 'loaded';
  swipe.on('contentActivate', ({ content: shown }) => shown === content && player.enter());
  swipe.on('contentDeactivate', ({ content: left }) => left === content && player.leave());
  swipe.on('contentDestroy', ({ content: gone }) => gone === content && player.destroy());
}

/** One video: looked up when it is on the screen, made when somebody wants to play it. */
export class VideoPlayer {
  constructor({ photo, src, alt }) {
    this.path = videoPath(photo.hash);
    this.poster = element('img', { src, alt, draggable: false });
    this.video = element('video', { controls: true, playsInline: true, preload: 'metadata', poster: src, hidden: true });
    this.start = element('button', { className: 'start', type: 'button', 'aria-label': t('Play'), hidden: true }, icon('play', 'fill'));
    this.note = element('p', { className: 'badge', role: 'status', hidden: true });
    this.box = element('div', { className: 'player' }, this.poster, this.video, this.start, this.note);
    // A player that takes a click must not close or zoom the viewer.
    for (const part of [this.video, this.start, this.note]) part.addEventListener('pointerdown', (event) => event.stopPropagation());
    this.video.addEventListener('error', () => this.#refused());
    this.start.addEventListener('click', () => this.play());
  }

  /** It is on the screen. */
  async enter() {
    this.isShown = true;
    if (this.source) return;
    try {
      this.#take(await this.#look());
    } catch (problem) {
      this.#say(problem.message);
    }
  }

  /** It is off the screen; what is being made is made on. */
  leave() {
    this.isShown = false;
    this.wantsToPlay = false;
    clearTimeout(this.timer);
    this.video.pause();
  }

  destroy() {
    this.leave();
    this.hls?.destroy();
    this.video.removeAttribute('src');
  }

  /** Plays or pauses; what cannot be played yet is made first. */
  toggle() {
    if (!this.source || this.video.paused) this.play();
    else this.video.pause();
  }

  toggleSound() {
    this.video.muted = !this.video.muted;
  }

  play() {
    if (this.source) return void this.video.play().catch(() => {});
    this.wantsToPlay = true;
    if (this.form) void this.#begin();
  }

  /** The best that there is: the original as H.264 or in the codec that this browser plays, else what is made. */
  async #look() {
    const state = await get(`${this.path}/avc/status`);
    const own = state.state === 'original' || this.hasFailed ? null : await ownCodec(this.path, state, this.video);
    if (own) return own;
    if (state.state === 'original' ? !this.hasFailed : state.state === 'ready' || state.duration <= LONG) return { ...state, form: 'avc' };
    return { ...(await get(`${this.path}/hls/status`)), form: 'hls' };
  }

  #take(state) {
    this.form = state.form;
    const isPlayable = ['original', 'ready'].includes(state.state) || (this.form === 'hls' && state.begun);
    if (isPlayable) return void this.#show(state);
    if (['queued', 'running'].includes(state.state)) return this.#wait(state);
    this.start.hidden = false;
    if (state.state === 'failed') this.#say(state.message);
    if (this.wantsToPlay) void this.#begin();
  }

  async #begin() {
    this.start.hidden = true;
    try {
      this.#take({ ...(await post(`${this.path}/${this.form}/status`)), form: this.form });
    } catch (problem) {
      this.start.hidden = false;
      this.#say(problem.message);
    }
  }

  #wait(state) {
    this.start.hidden = true;
    const stop = element('button', { className: 'btn', type: 'button', textContent: t('Cancel'), onclick: () => void this.#cancel() });
    this.#say(progressText(state), stop);
    clearTimeout(this.timer);
    if (this.isShown) this.timer = setTimeout(() => void this.#askAgain(), ASK_AGAIN);
  }

  async #askAgain() {
    try {
      const state = await get(`${this.path}/${this.form}/status`);
      if (state.state === 'cancelled') this.wantsToPlay = false;
      if (this.isShown) this.#take({ ...state, form: this.form });
    } catch (problem) {
      this.#say(problem.message);
    }
  }

  async #cancel() {
    clearTimeout(this.timer);
    this.wantsToPlay = false;
    await remove(`${this.path}/${this.form}/status`).catch(() => {});
    this.#say('');
    this.start.hidden = false;
  }

  async #show() {
    this.#say('');
    this.start.hidden = true;
    this.source = `/api/v1/${this.path}/${this.form === 'hls' ? 'hls/index.m3u8' : this.form}`;
    if (this.form === 'hls' && !playsHls(this.video)) await this.#attachHls();
    else this.video.src = this.source;
    this.video.hidden = false;
    this.poster.hidden = true;
    if (this.wantsToPlay && this.isShown) this.play();
  }

  async #attachHls() {
    const { default: Hls } = await import('../vendor/hls-1.7.4/hls.light.min.mjs');
    // Its worker would be a blob, which the content security policy refuses. A playlist that still grows is begun at its start.
    this.hls = new Hls({ enableWorker: false, startPosition: 0 });
    this.hls.on(Hls.Events.ERROR, (_, { fatal }) => fatal && this.#refused());
    this.hls.loadSource(this.source);
    this.hls.attachMedia(this.video);
  }

  /** The browser gives up on what it was sent: once more with what is made for every browser. */
  #refused() {
    if (!this.source) return;
    this.hls?.destroy();
    this.source = '';
    this.video.hidden = true;
    this.poster.hidden = false;
    if (this.hasFailed) return this.#say(t('This browser cannot play the video; download it to watch'));
    this.hasFailed = true;
    this.wantsToPlay = this.isShown;
    void this.enter();
  }

  #say(text, ...more) {
    this.note.hidden = !text;
    this.note.replaceChildren(text, ...more);
  }
}

/** Whether the player itself reads playlists: Apple's do, and better than any script. */
function playsHls(video) {
  return 'ManagedMediaSource' in window && video.canPlayType('application/vnd.apple.mpegurl') !== '';
}
