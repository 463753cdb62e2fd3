/** Which rendition of a photo to ask for, and its address. Pure. */

/** The renditions that keep a photo's shape, smallest first, and the box each fits into, px. */
const FITS = [
  ['fit_720', 720, 720], ['fit_1280', 1280, 1024], ['fit_1920', 1920, 1200], ['fit_2560', 2560, 1600], ['fit_4096', 4096, 4096],
];

/**
 * The rendition for a grid cell. There is no shape-keeping size below 720, so only a nearly square photo can use
 * the smaller square tiles; all others take `fit_720`, downscaled by the browser.
 *
 * @param {number} width of the cell, CSS px
 * @param {number} height of the cell, CSS px
 * @param {number} ratio of the photo
 * @param {number} density device pixels per CSS px
 */
export function cellSize(width, height, ratio, density) {
  const needed = Math.max(width, height) * Math.min(density, 2);
  if (Math.abs(ratio - 1) < 0.03) {
    if (needed <= 250) return 'tile_224';
    if (needed <= 560) return 'tile_500';
  }
  return needed > 1000 ? 'fit_1280' : 'fit_720';
}

/** The smallest rendition of a photo that is (nearly) `width` device px wide. */
export function fitSize(width, ratio) {
  const [name] = FITS.find((fit) => widthIn(fit, ratio) * 1.1 >= width) ?? FITS.at(-1);
  return name;
}

/** How wide a rendition of a photo is, px, unless the photo itself is smaller. */
export function widthOf(size, ratio) {
  return widthIn(FITS.find(([name]) => name === size), ratio);
}

/** Width and height of a photo of this ratio whose longest side is `side`. */
export function boxOf(ratio, side) {
  return ratio >= 1 ? { w: side, h: Math.round(side / ratio) } : { w: Math.round(side * ratio), h: side };
}

function widthIn([, width, height], ratio) {
  return Math.min(width, height * ratio);
}
