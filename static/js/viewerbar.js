/** The viewer's top bar and arrows. */
import { fullDate, timeOfDay } from './dates.js';
import { movesOf } from './moves.js';
import { changeIcon, element, icon, iconButton, may, t } from './page.js';
import { maySearch } from './similar.js';

export class ViewerBar {
  /** @param {{view: string}} viewer @param {Record<string, (value?: any) => void>} act */
  constructor({ view }, act) {
    const moves = movesOf(view).filter(({ name }) => name !== 'private');
    this.canArchive = moves.some(({ name }) => name === 'archive');
    this.title = element('h2', { className: 'truncate' });
    this.subtitle = element('span', { className: 'muted truncate' });
    this.heart = iconButton('heart', t('Favourite'), { onclick: act.favorite, 'aria-pressed': 'false', hidden: !may('library.react_to_photo') });
    this.play = iconButton('play', t('Slideshow'), { onclick: act.slideshow, 'aria-pressed': 'false', className: 'ib not-phone' });
    this.text = iconButton('file-text', t('Text in the picture'), { onclick: act.text, 'aria-pressed': 'false', hidden: true });
    this.info = iconButton('info', t('Info'), { onclick: act.info, 'aria-pressed': 'false' });
    const back = iconButton('arrow-left', t('Back to photos'), { onclick: act.close });
    back.firstChild.classList.add('flip');
    this.box = element('div', { className: 'top' }, back,
      element('div', { className: 'title truncate' }, this.title, this.subtitle),
      element('div', { className: 'acts' }, this.heart,
        ...moves.map(({ name, icon: picture, label }) => iconButton(picture, t(label), { onclick: () => act.move(name) })),
        may('library.download_photo') && iconButton('download', t('Download'), { onclick: act.download }),
        this.text,
        iconButton('sparkles', t('More like this'), { onclick: act.similar, hidden: !maySearch() }),
        iconButton('zoom-in', t('Zoom'), { onclick: act.zoom, className: 'ib not-phone' }),
        this.play,
        iconButton('maximize', t('Full screen'), { onclick: act.fullscreen, className: 'ib not-phone' }),
        this.info));
    this.arrows = [arrow('prev', 'chevron-left', t('Previous photo'), act.previous), arrow('next', 'chevron-right', t('Next photo'), act.next)];
  }

  /** @param {import('./photosource.js').Photo} photo @param {{first: boolean, last: boolean}} [ends] */
  update(photo, ends) {
    this.title.textContent = fullDate(photo.day) || photo.title || t('Photo');
    this.subtitle.textContent = photo.place;
    this.heart.setAttribute('aria-pressed', String(photo.favorite));
    this.heart.firstChild.classList.toggle('fill', photo.favorite);
    if (!ends) return;
    this.arrows[0].hidden = ends.first;
    this.arrows[1].hidden = ends.last;
  }

  /** Adds what only the full record knows. */
  describe({ TakenAtLocal: taken = '', Place: place }) {
    this.subtitle.textContent = [timeOfDay(taken), place?.PlaceID === 'zz' ? '' : place?.Label].filter(Boolean).join(' · ');
  }

  setInfo(open) {
    this.info.setAttribute('aria-pressed', String(open));
  }

  /** Whether the picture has text, and whether it may be selected. */
  setText(has, isOn) {
    this.text.hidden = !has;
    this.text.setAttribute('aria-pressed', String(isOn));
  }

  setSlideshow(running) {
    this.play.setAttribute('aria-pressed', String(running));
    changeIcon(this.play.firstChild, running ? 'pause' : 'play');
  }
}

function arrow(kind, name, label, onclick) {
  const button = element('button', { className: `ib nav ${kind}`, type: 'button', title: label, 'aria-label': label, onclick }, icon(name, 'flip'));
  return button;
}
