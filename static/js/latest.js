/** Questions of which only the latest counts: asked once things are calm, the one before is stopped. Pure. */

export class Latest {
  /**
   * @param {(question: any, signal: AbortSignal) => Promise<any>} ask
   * @param {{delay?: number}} [options] ms to wait for a later question
   */
  constructor(ask, { delay = 0 } = {}) {
    Object.assign(this, { ask, delay });
    this.stop = new AbortController();
  }

  /** @returns {Promise<any>} the answer; undefined if a later question came before it */
  async about(question) {
    this.forget();
    const { signal } = this.stop;
    try {
      if (this.delay) await pause(this.delay, signal);
      if (signal.aborted) return undefined;
      const answer = await this.ask(question, signal);
      return signal.aborted ? undefined : answer;
    } catch (problem) {
      if (signal.aborted) return undefined;
      throw problem;
    }
  }

  /** Stops what is being asked; its answer will not come. */
  forget() {
    this.stop.abort();
    this.stop = new AbortController();
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    }, { once: true });
  });
}
