/** The viewer: PhotoSwipe over the timeline, with our own bar, filmstrip and info panel around the photo. */
import PhotoSwipe from '../vendor/photoswipe-5.4.4/photoswipe.esm.min.js';
import { downloadPhotos, makePrimary, movePhotos, setFavorites, unstackFile } from './actions.js';
import { playAnimations } from './animation.js';
import { Filmstrip } from './filmstrip.js';
import { InfoPanel } from './infopanel.js';
import { labelChanges } from './labelling.js';
import { config, element, icon, isRtl, t } from './page.js';
import { Panorama, surrounds } from './panorama.js';
import { detailsOf } from './photodetails.js';
import { placePhotos } from './placing.js';
import { toggleShortcuts } from './shortcuts.js';
import { showSimilar } from './similar.js';
import { Slideshow } from './slideshow.js';
import { StackStrip } from './stackstrip.js';
import { boxOf, cellSize, fitSize, widthOf } from './thumbs.js';
import { moveToasts } from './toast.js';
import { playerFor } from './videoplayer.js';
import { ViewerBar } from './viewerbar.js';
import { ViewerMotion } from './viewermotion.js';
import { ViewerText } from './viewertext.js';

/** Until the real size is known, photos may be zoomed to this longest side, px. */
const LARGEST = 4096;
const INFO_OPEN = 'viewer-info';
const PHONE = 1024;

/** The one viewer that is open. */
let viewer = null;

/**
 * Opens a photo over the timeline. Going through the photos replaces the address; going back closes.
 * @param {import('./timeline.js').Timeline} timeline
 * @param {number} index
 * @param {{view: string}} options
 */
export function openViewer(timeline, index, { view }) {
  viewer?.close();
  viewer = new Viewer(timeline, index, view);
  return viewer;
}

class Viewer {
  constructor(timeline, index, view) {
    Object.assign(this, { timeline, view, source: timeline.source });
    this.swipe = new PhotoSwipe({
      index: this.#slideOf(index), bgOpacity: 1, loop: false, wheelToZoom: true, preload: [1, 2], arrowKeys: false,
      escKey: false, closeOnVerticalDrag: true, showHideAnimationType: 'zoom', showAnimationDuration: 260, hideAnimationDuration: 220,
      tapAction: 'toggle-controls', imageClickAction: 'zoom', bgClickAction: 'close', maxZoomLevel: 6,
      secondaryZoomLevel: ({ fit }) => Math.max(fit * 2, 1),
      paddingFn: (size) => this.#padding(size), appendToEl: document.body,
    });
    this.#feed();
    this.#listen();
    this.swipe.init();
  }

  get index() {
    return this.#slideOf(this.swipe.currIndex);
  }

  get photo() {
    return this.source.photo(this.index);
  }

  /** That of the video at hand. */
  get player() {
    return this.swipe.currSlide?.content.player;
  }

  get step() {
    return isRtl ? -1 : 1;
  }

  next() {
    this.swipe.goTo(this.swipe.currIndex + this.step);
  }

  previous() {
    this.swipe.goTo(this.swipe.currIndex - this.step);
  }

  goTo(index) {
    this.swipe.goTo(this.#slideOf(index));
  }

  close() {
    this.swipe.close();
  }

  // ---------- slides ----------

  /** In right-to-left pages the slides run the other way, so that swiping follows the reading direction. */
  #slideOf(index) {
    return isRtl ? this.source.total - 1 - index : index;
  }

  /** The timeline is the data source: slides exist only while they are near the screen. */
  #feed() {
    const { swipe, source } = this;
    swipe.addFilter('numItems', () => source.total);
    swipe.addFilter('itemData', (_, slide) => this.#slide(this.#slideOf(slide)));
    swipe.addFilter('thumbEl', (found, _, slide) => this.timeline.cellOf(this.#slideOf(slide))?.img ?? found);
    swipe.addFilter('placeholderSrc', (src, content) => content.data.small ?? src);
    swipe.on('contentLoad', (event) => playerFor(event, this));
    playAnimations(swipe);
    swipe.on('imageSizeChange', ({ content, width }) => this.#sharpen(content, width));
    swipe.on('loadComplete', ({ content, isError }) => {
      if (isError) return;
      this.#learnSize(content);
      // Who zoomed in before it had come wants it sharp, too.
      this.#sharpen(content, content.displayedImageWidth ?? 0);
    });
  }

  #slide(index) {
    const photo = this.#asLookedAt(this.source.photo(index));
    if (!photo) {
      const { bucket } = this.source.where(index);
      this.source.load(bucket, { needed: true }).then(() => this.swipe.refreshSlideContent(this.#slideOf(index)), () => {});
      return { w: 1600, h: 1200, index };
    }
    const shown = Math.min(innerWidth, innerHeight * photo.ratio);
    const size = fitSize(shown * Math.min(devicePixelRatio, 2), photo.ratio);
    return {
      index, photo, size, src: this.#thumb(photo, size), small: this.#small(photo, index), ...boxOf(photo.ratio, LARGEST),
      alt: photo.title, thumbCropped: true, type: photo.type === 'video' ? 'video' : 'image',
    };
  }

  /** A photo with the picture of another file of its stack, where that one was asked for. */
  #asLookedAt(photo) {
    const { uid, file } = this.looking ?? {};
    if (!photo || photo.uid !== uid) return photo;
    return { ...photo, hash: file.Hash, ratio: file.Width / file.Height, type: file.Video ? 'video' : 'image', file };
  }

  #look(file) {
    this.looking = file && { uid: this.photo.uid, file };
    this.motion.stop();
    this.text.wait();
    this.swipe.refreshSlideContent(this.swipe.currIndex);
    void this.#showDetails(this.photo);
  }

  #thumb(photo, size) {
    return `/api/v1/t/${photo.hash}/${config.previewToken}/${size}`;
  }

  /** What the grid shows already is in the browser's cache. */
  #small(photo, index) {
    const cell = photo.file ? null : this.timeline.cellOf(index);
    return this.#thumb(photo, cell ? cellSize(cell.width, cell.height, photo.ratio, devicePixelRatio) : 'fit_720');
  }

  /** Zoomed in beyond what is loaded, the next larger rendition takes over. */
  #sharpen(content, width) {
    const { photo, size, isSmall, isPlaying } = content.data;
    if (!photo || isSmall || isPlaying || content.type !== 'image' || content.state !== 'loaded') return;
    const wanted = fitSize(width * devicePixelRatio, photo.ratio);
    if (widthOf(wanted, photo.ratio) <= widthOf(size, photo.ratio)) return;
    content.data.size = wanted;
    const larger = new Image();
    larger.src = this.#thumb(photo, wanted);
    // Meanwhile the viewer may have been closed.
    larger.decode().then(() => content.element?.setAttribute('src', larger.src), () => { content.data.size = size; });
  }

  /** A photo smaller than the screen is shown in its own size, not blown up. */
  #learnSize(content) {
    const { data, element } = content;
    const width = element?.naturalWidth ?? 0;
    if (!data.photo || data.isSmall || !width || width >= widthOf(data.size, data.photo.ratio) * 0.9) return;
    if (!this.swipe.opener.isOpen) {
      this.swipe.on('openingAnimationEnd', () => this.#learnSize(content));
      return;
    }
    Object.assign(data, { isSmall: true, w: element.naturalWidth, h: element.naturalHeight });
    const slide = content.slide;
    if (!slide) return;
    Object.assign(slide, { width: data.w, height: data.h });
    content.width = data.w;
    content.height = data.h;
    slide.resize();
  }

  /** Room for the bar, the filmstrip and, on wide screens, the info panel. */
  #padding({ x }) {
    const isPhone = x < PHONE;
    const side = this.panel?.isOpen && !isPhone ? 376 : 0;
    return {
      top: 60, bottom: this.isBare || isPhone ? 64 : 84,
      left: isRtl ? side : 0, right: isRtl ? 0 : side,
    };
  }

  // ---------- around the photo ----------

  #listen() {
    const { swipe } = this;
    swipe.on('uiRegister', () => { swipe.ui.uiElementsData = []; });
    swipe.on('afterInit', () => this.#build());
    swipe.on('change', () => this.#changed());
    swipe.on('keydown', (event) => this.#key(event));
    // PhotoSwipe hears no key before it is open; one that comes earlier is done then.
    this.onEarlyKey = (event) => this.#earlyKey(event);
    swipe.on('openingAnimationEnd', () => {
      removeEventListener('keydown', this.onEarlyKey);
      this.early?.();
    });
    addEventListener('keydown', this.onEarlyKey);
    swipe.on('close', () => this.#closing());
    swipe.on('destroy', () => this.#gone());
    this.onSource = () => this.#photosMoved();
    this.onPhoto = ({ detail }) => detail === this.index && this.bar.update(this.photo);
    this.onLoad = () => this.bar && this.photo && this.strip.show(this.index);
    this.onBack = () => location.hash.slice(1) || this.close();
    this.source.addEventListener('change', this.onSource);
    this.source.addEventListener('photo', this.onPhoto);
    this.source.addEventListener('load', this.onLoad);
    addEventListener('popstate', this.onBack);
  }

  #build() {
    const { element: root } = this.swipe;
    root.classList.add('on-dark', 'room');
    root.setAttribute('aria-label', t('Viewer'));
    this.slideshow = new Slideshow(this);
    this.bar = new ViewerBar(this, {
      close: () => this.close(), info: () => this.toggleInfo(), favorite: () => this.#favorite(),
      download: () => downloadPhotos([this.photo.uid]), move: (name) => this.#move(name),
      slideshow: () => this.slideshow.toggle(), previous: () => this.previous(), next: () => this.next(),
      similar: () => showSimilar(this.photo.uid), text: () => this.text.toggle(),
      fullscreen: toggleFullscreen, zoom: () => this.swipe.toggleZoom(),
    });
    this.strip = new Filmstrip(this.source, (index) => this.goTo(index));
    this.panel = new InfoPanel(() => this.toggleInfo(), {
      makePrimary: (file) => this.#changeStack(makePrimary, file), unstack: (file) => this.#changeStack(unstackFile, file),
      place: () => this.#place(), labels: labelChanges(() => this.photo, (uid) => this.#labelled(uid)),
    });
    this.motion = new ViewerMotion(this.swipe);
    this.text = new ViewerText(this.swipe, (has, isOn) => this.bar.setText(has, isOn));
    this.stack = new StackStrip((file) => this.#look(file));
    this.panorama = new Panorama(root);
    this.around = element('button', { className: 'btn around', type: 'button', hidden: true, onclick: () => this.#lookAround() },
      icon('rotate-3d', 's'), t('Look around'));
    root.append(this.bar.box, ...this.bar.arrows, this.strip.box, this.stack.box, this.motion.box, this.around, this.panel.box);
    moveToasts(root);
    if (innerWidth >= PHONE && localStorage.getItem(INFO_OPEN) === 'yes') this.toggleInfo();
    this.#changed();
  }

  #changed() {
    const { photo, index } = this;
    if (!this.bar || !photo) return;
    history.replaceState(history.state, '', `#${photo.uid}`);
    this.bar.update(photo, { first: index === 0, last: index === this.source.total - 1 });
    this.strip.show(index);
    this.slideshow.changed();
    this.motion.changed(photo);
    this.stack.wait(photo.uid);
    if (this.text.photo?.uid !== photo.uid) this.text.wait();
    this.panorama.close();
    this.around.hidden = true;
    if (this.looking && this.looking.uid !== photo.uid) this.looking = null;
    if (this.panel.isOpen) this.panel.wait(photo);
    clearTimeout(this.asking);
    // Leafing quickly asks for nothing; the photo one stays on does.
    this.asking = setTimeout(() => this.#showDetails(photo), 90);
    void this.timeline.reveal(index, { centre: true }).catch(() => {});
  }

  async #showDetails(photo) {
    const details = await detailsOf(photo.uid).catch(() => null);
    if (this.photo?.uid !== photo.uid || !this.bar) return;
    if (details) {
      this.bar.describe(details);
      this.stack.show(details);
      this.text.offer(this.#asLookedAt(this.photo), details);
      this.around.hidden = !surrounds(details);
    }
    if (this.panel.isOpen) this.panel.show(photo, details);
  }

  toggleInfo() {
    const open = !this.panel.isOpen;
    this.panel.toggle(open);
    this.bar.setInfo(open);
    this.swipe.element.classList.toggle('informed', open);
    localStorage.setItem(INFO_OPEN, open ? 'yes' : 'no');
    this.swipe.updateSize(true);
    if (open && this.photo) void this.#showDetails(this.photo);
  }

  #favorite() {
    const { uid, favorite } = this.photo;
    void setFavorites(this.source, [uid], !favorite);
  }

  async #place() {
    const { photo } = this;
    if (await placePhotos([photo.uid])) await this.#showDetails(photo);
  }

  /** Who adds one label often adds another. */
  async #labelled(uid) {
    if (viewer !== this || this.photo?.uid !== uid) return;
    const wasTyping = this.panel.box.contains(document.activeElement) || document.activeElement === document.body;
    await this.#showDetails(this.photo);
    if (wasTyping) this.panel.box.querySelector('.photo-labels input')?.focus({ preventScroll: true });
  }

  #lookAround() {
    this.motion.stop();
    void this.panorama.open(this.photo);
  }

  /** After a change of the stack the photo may stand elsewhere, and looks different. */
  async #changeStack(change, file) {
    const { uid, day } = this.photo;
    this.looking = null;
    const showAgain = () => this.#showAgain(uid, day);
    if (await change(this.source, uid, file, showAgain)) await showAgain();
  }

  async #showAgain(uid, day) {
    const index = await this.source.locate(uid, day);
    if (index < 0 || viewer !== this) return;
    if (index !== this.index) this.goTo(index);
    this.swipe.refreshSlideContent(this.#slideOf(index));
    this.stack.wait('');
    this.#changed();
  }

  #move(name) {
    void movePhotos(this.source, [this.photo.uid], name);
  }

  /** Photos came or went: the slide at hand is another photo now. */
  #photosMoved() {
    if (!this.source.total) return this.close();
    const last = this.source.total - 1;
    const here = Math.min(this.index, last);
    if (this.swipe.currIndex > last) this.swipe.goTo(this.#slideOf(here));
    for (const near of [here - 1, here, here + 1]) {
      if (near >= 0 && near <= last) this.swipe.refreshSlideContent(this.#slideOf(near));
    }
    this.strip.reset();
    return this.#changed();
  }

  // ---------- keys ----------

  #key(event) {
    const { originalEvent: original } = event;
    event.preventDefault();
    if (original.ctrlKey || original.metaKey || original.altKey || original.defaultPrevented) return;
    // A focused player has keys of its own.
    if (original.target.closest?.('input, textarea') || (original.target.closest?.('video') && !['m', 'Escape'].includes(original.key))) return;
    const act = this.#keyActions()[original.key];
    if (!act || (original.key === ' ' && original.target.closest?.('button, a'))) return;
    original.preventDefault();
    act();
  }

  #earlyKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = this.#keyActions()[event.key];
    if (!act) return;
    event.preventDefault();
    this.early = act;
  }

  #keyActions() {
    const forward = isRtl ? 'ArrowLeft' : 'ArrowRight';
    const backward = isRtl ? 'ArrowRight' : 'ArrowLeft';
    return {
      [forward]: () => this.next(), [backward]: () => this.previous(), Escape: () => this.#escape(),
      ' ': () => this.#playOrPause(), z: () => this.swipe.toggleZoom(), f: toggleFullscreen, i: () => this.toggleInfo(),
      l: () => this.#favorite(), s: () => showSimilar(this.photo.uid), c: () => this.text.toggle(),
      d: () => downloadPhotos([this.photo.uid]), x: () => this.bar.canArchive && this.#move('archive'),
      Delete: () => this.bar.canArchive && this.#move('archive'), '?': toggleShortcuts, m: () => this.player?.toggleSound(),
    };
  }

  #escape() {
    if (document.querySelector('dialog[open]')) document.querySelector('dialog[open]').close();
    else if (this.panorama.isOpen) this.panorama.close();
    else if (this.slideshow.isRunning) this.slideshow.stop();
    else this.close();
  }

  #playOrPause() {
    if (this.player) this.player.toggle();
    else if (this.motion.canMove) this.motion.toggle();
    else this.slideshow.toggle();
  }

  // ---------- the end ----------

  #closing() {
    this.slideshow.stop();
    this.panorama.close();
    moveToasts(null);
    if (document.fullscreenElement) void document.exitFullscreen();
    removeEventListener('popstate', this.onBack);
    removeEventListener('keydown', this.onEarlyKey);
    if (!location.hash) return;
    if (history.state?.viewer) history.back();
    else history.replaceState(null, '', location.pathname + location.search);
  }

  #gone() {
    this.source.removeEventListener('change', this.onSource);
    this.source.removeEventListener('photo', this.onPhoto);
    this.source.removeEventListener('load', this.onLoad);
    this.timeline.setFocused(this.index);
    this.timeline.cellOf(this.index)?.link.focus({ preventScroll: true });
    if (viewer === this) viewer = null;
  }
}

function toggleFullscreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.();
}
