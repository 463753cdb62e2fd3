/** The clusters of what a search finds: made by a worker from all points, or for very many by the server. */
import { ApiError, get } from './api.js';
import { merged } from './mapmerging.js';
import { t } from './page.js';

/**
 * @typedef {object} Cluster
 * @property {string} key the same while the cluster is the same
 * @property {number} count
 * @property {number} cover id of its newest photo
 * @property {[number, number]} position longitude, latitude
 * @property {number} cluster the worker's number for it, 0 for a single photo or one of the server's
 */

/** West, south, east and north of what is shown first of photos that are too many to be looked through. */
const WHERE_PEOPLE_LIVE = [-168, -56, 179, 72];

export class Clusters {
  /** @param {string} workerAddress of mapworker.js */
  constructor(workerAddress) {
    this.worker = new Worker(workerAddress, { type: 'module' });
    /** @type {Map<number, (answer: any) => void>} */
    this.waiting = new Map();
    this.asked = 0;
    this.query = '';
    this.isServed = false;
    this.worker.addEventListener('message', ({ data }) => {
      this.waiting.get(data.number)?.(data.answer);
      this.waiting.delete(data.number);
    });
  }

  /** Reads the points of a search; @returns {Promise<{count: number, bounds: number[] | null}>} */
  async load(query) {
    const answer = await fetch(`/api/v1/map/points?${new URLSearchParams({ q: query })}`);
    if (!answer.ok) throw new ApiError((await answer.json()).error ?? t('The map could not be loaded'), answer.status);
    this.query = query;
    this.isServed = answer.headers.get('X-Too-Many') === 'yes';
    const count = Number(answer.headers.get('X-Count'));
    if (this.isServed) return { count, bounds: WHERE_PEOPLE_LIVE };
    const columns = await answer.arrayBuffer();
    const longitudes = new Float32Array(columns, 0, count);
    const latitudes = new Float32Array(columns, count * 4, count);
    const bounds = boundsOf(longitudes, latitudes);
    await this.#ask({ kind: 'load', longitudes, latitudes, ids: new Uint32Array(columns, count * 8, count) }, [columns]);
    return { count, bounds };
  }

  /**
   * @param {[number, number, number, number]} box west, south, east, north
   * @returns {Promise<Cluster[]>}
   */
  async inside(box, zoom) {
    if (this.isServed) return this.#served(box, zoom);
    const found = await this.#ask({ kind: 'clusters', box, zoom });
    return found.map((cluster) => ({ ...cluster, key: cluster.cluster ? `c${cluster.cluster}` : `p${cluster.cover}` }));
  }

  /** The zoom at which a cluster falls apart. */
  expansion({ cluster }, zoom) {
    return cluster ? this.#ask({ kind: 'expansion', cluster }) : Promise.resolve(zoom + 2);
  }

  /** Ids of the photos in a cluster, newest first. */
  async leaves({ cluster, cover }) {
    return cluster ? this.#ask({ kind: 'leaves', cluster }) : [cover];
  }

  async #served(box, zoom) {
    const found = await get(`map/clusters?${new URLSearchParams({ q: this.query, box: box.map((degrees) => degrees.toFixed(6)).join(','), zoom: String(zoom) })}`);
    const clusters = found.clusters.map(([lng, lat, count, cover]) => ({ cluster: 0, count, cover, position: [lng, lat] }));
    return merged(clusters, zoom).map((one) => ({ ...one, key: `s${zoom}-${one.cover}-${one.count}` }));
  }

  #ask(question, transfer = []) {
    this.asked += 1;
    const number = this.asked;
    this.worker.postMessage({ ...question, number }, transfer);
    return new Promise((resolve) => { this.waiting.set(number, resolve); });
  }
}

function boundsOf(longitudes, latitudes) {
  if (!longitudes.length) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let at = 0; at < longitudes.length; at += 1) {
    west = Math.min(west, longitudes[at]);
    east = Math.max(east, longitudes[at]);
    south = Math.min(south, latitudes[at]);
    north = Math.max(north, latitudes[at]);
  }
  return [west, south, east, north];
}
