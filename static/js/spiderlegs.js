/** Where the photos of one place are laid around it: in a circle, or in a spiral if they are many. Pure. */

const IN_A_CIRCLE = 10;
/** Px from one photo to the next, which is 48 wide, and from one turn of the spiral to the next. */
const APART = 62;
/** Px from the place to the first of a spiral: past the picture that stands on it. */
const FIRST = 72;

/** @returns {[number, number][]} offsets in px, one for each of `count` photos */
export function legPlaces(count) {
  return count <= IN_A_CIRCLE ? circle(count) : spiral(count);
}

function circle(count) {
  const radius = Math.max(FIRST, (count * APART) / (2 * Math.PI));
  return Array.from({ length: count }, (_, at) => around((2 * Math.PI * at) / count, radius));
}

function spiral(count) {
  let angle = 0;
  return Array.from({ length: count }, () => {
    const radius = FIRST + (APART * angle) / (2 * Math.PI);
    const place = around(angle, radius);
    angle += APART / radius;
    return place;
  });
}

/** Clockwise from above the place. */
function around(angle, radius) {
  return [Math.sin(angle) * radius, -Math.cos(angle) * radius];
}
