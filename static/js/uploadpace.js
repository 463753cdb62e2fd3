/** How fast files are sent, and how long the rest will take. Pure. */

/** The past that counts, ms. */
const MEMORY = 20_000;

/** Before so much has been seen, nothing is foretold, ms. */
const FIRST_LOOK = 3000;

export class Pace {
  constructor() {
    this.forget();
  }

  /** What was before says nothing about what comes, as after a pause. */
  forget() {
    /** @type {{time: number, bytes: number}[]} */
    this.seen = [];
  }

  /** @param {number} bytes sent since the beginning @param {number} time ms */
  note(bytes, time) {
    const last = this.seen.at(-1);
    if (last && time - last.time < 250) return;
    this.seen.push({ time, bytes });
    while (time - this.seen[0].time > MEMORY) this.seen.shift();
  }

  /** @param {number} bytes that are left @returns {number | null} seconds, null as long as nobody can say */
  left(bytes) {
    const [first, last] = [this.seen[0], this.seen.at(-1)];
    if (!first || last.time - first.time < FIRST_LOOK || last.bytes <= first.bytes) return null;
    return (bytes * (last.time - first.time)) / (last.bytes - first.bytes) / 1000;
  }
}
