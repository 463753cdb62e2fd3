/** The blurred stand-in of a photo that has not arrived, from 25 bytes. */
import { thumbHashToAverageRGBA, thumbHashToDataURL } from '../vendor/thumbhash-0.1.1/thumbhash.js';

const KEPT = 600;

/** @type {Map<string, string>} thumbhash to data URL, least used first */
const pictures = new Map();

/** @param {string} hash base64; "" gives "" */
export function pictureOf(hash) {
  if (!hash) return '';
  let picture = pictures.get(hash);
  pictures.delete(hash);
  picture ??= draw(hash, thumbHashToDataURL);
  pictures.set(hash, picture);
  if (pictures.size > KEPT) pictures.delete(pictures.keys().next().value);
  return picture;
}

/** The average colour as a CSS colour: a twentieth of the work of the picture. */
export function colourOf(hash) {
  if (!hash) return '';
  return draw(hash, (bytes) => {
    const { r, g, b } = thumbHashToAverageRGBA(bytes);
    return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)})`;
  });
}

/** A damaged hash costs its placeholder, not the page. */
function draw(hash, make) {
  try {
    return make(Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0)));
  } catch {
    return '';
  }
}
