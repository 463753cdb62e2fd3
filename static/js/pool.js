/** Runs a few promises at a time. Pure. */

/**
 * @template T, R
 * @param {T[]} values
 * @param {number} width how many run at once
 * @param {(value: T) => Promise<R>} work
 * @returns {Promise<PromiseSettledResult<R>[]>} in the order of `values`
 */
export async function settleAll(values, width, work) {
  const results = new Array(values.length);
  let next = 0;
  const lane = async () => {
    while (next < values.length) {
      const at = next++;
      results[at] = await work(values[at]).then(
        (value) => ({ status: 'fulfilled', value }),
        (reason) => ({ status: 'rejected', reason }),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, values.length) }, lane));
  return results;
}
