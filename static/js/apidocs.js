/** The page that describes the API and tries it, by Swagger UI, which lies beside this site's own files. */

const config = JSON.parse(document.getElementById('page-config').textContent);
const place = document.getElementById('docs');

/** Requests that change something carry what proves that they come from this page. */
function withToken(request) {
  const isOwn = new URL(request.url, location.href).origin === location.origin;
  if (isOwn && request.method !== 'GET') request.headers['X-CSRFToken'] = config.csrfToken;
  return request;
}

globalThis.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  requestInterceptor: withToken,
  // The default is a service of somebody else, who would be told the address of this site.
  validatorUrl: null,
});
