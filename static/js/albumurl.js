/** Where an album is shown. */

/** Takes the album's JSON. */
export function albumUrl({ UID: uid, Slug: slug = '' }) {
  return `/library/albums/${uid}/${slug || 'view'}`;
}
