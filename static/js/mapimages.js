/** The images that our styles name, drawn here: the dot of a town, and the room that names leave to a picture. */
import { PIN_SIDE } from './maplabels.js';

const DOT = { side: 20, radius: 2.6 };
/** How MapLibre reads a signed distance field: the edge at 192 of 255, eight pixels from full to none. */
const FIELD = { edge: 0.75, reach: 8 };

/** Squared paper: a fine line at two edges of each square, in black or white. */
const PAPER = { side: 64, alpha: 15 };

const IMAGES = {
  dot: () => ({ image: square(DOT.side, dotAlpha), options: { sdf: true } }),
  'paper-dark': () => ({ image: square(PAPER.side, paperAlpha, 255), options: {} }),
  'paper-light': () => ({ image: square(PAPER.side, paperAlpha), options: {} }),
  pin: () => ({ image: square(PIN_SIDE, () => 0), options: {} }),
};

/** Gives the images to a map when it asks for them. @param {object} map of MapLibre */
export function drawImages(map) {
  map.setMissingStyleImageResolver(async (id) => {
    if (!IMAGES[id] || map.hasImage(id)) return;
    const { image, options } = IMAGES[id]();
    map.addImage(id, image, options);
  });
}

function square(side, alphaAt, color = 0) {
  const data = new Uint8Array(side * side * 4).fill(color);
  for (let at = 0; at < side * side; at += 1) data[at * 4 + 3] = alphaAt(at % side, Math.floor(at / side));
  return { width: side, height: side, data };
}

function paperAlpha(x, y) {
  return x === 0 || y === 0 ? PAPER.alpha : 0;
}

function dotAlpha(x, y) {
  const middle = (DOT.side - 1) / 2;
  const outside = Math.hypot(x - middle, y - middle) - DOT.radius;
  return Math.round(255 * Math.min(1, Math.max(0, FIELD.edge - outside / FIELD.reach)));
}
