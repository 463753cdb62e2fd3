/** Where lines of text lie in a picture; pure. */

/**
 * @param {number[]} box the x and y of four corners as shares of the picture, clockwise as the text is read
 * @returns {{x: number, y: number}[]} in px of a picture of that size
 */
export function corners(box, width, height) {
  return [0, 2, 4, 6].map((at) => ({ x: box[at] * width, y: box[at + 1] * height }));
}

/**
 * The CSS transform, from its upper left corner, that lays a text of that size upon a line; lines may be turned and slanted.
 * @param {{x: number, y: number}[]} points the corners of the line
 */
export function matrixOf([start, end, , below], width, height) {
  const along = [(end.x - start.x) / width, (end.y - start.y) / width];
  const down = [(below.x - start.x) / height, (below.y - start.y) / height];
  return `matrix(${[...along, ...down, 0, 0].map((value) => Math.round(value * 1e6) / 1e6).join(', ')})`;
}
