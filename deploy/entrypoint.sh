#!/bin/sh
# What a container does: `web` prepares the library and serves it, `worker` runs its jobs, `health` asks the web server.
set -e
cd "$(dirname "$0")/.."
port="${PHOTOPRISM_HTTP_PORT:-2342}"

case "${1:-web}" in
  web)
    python manage.py prepare
    # Refused while a run is under way, which is as well.
    python manage.py index --queue || true
    if [ -n "$PHOTOPRISM_TRUSTED_PROXY" ]; then
      set -- --proxy-headers --forwarded-allow-ips "$PHOTOPRISM_TRUSTED_PROXY"
    else
      set -- --no-proxy-headers
    fi
    exec python -m uvicorn photoprism_site.asgi:application --host "${PHOTOPRISM_HTTP_HOST:-0.0.0.0}" --port "$port" \
      --log-level warning --no-server-header --timeout-graceful-shutdown 5 --ws-max-size 65536 "$@"
    ;;
  worker)
    # The tables are made by `web`, which may start later than this.
    tries=0
    until python manage.py migrate --check >/dev/null 2>&1; do
      tries=$((tries + 1))
      [ "$tries" -lt 60 ] || { echo "The library is not prepared; is the web container running?" >&2; exit 1; }
      sleep 2
    done
    exec python manage.py qcluster
    ;;
  health)
    # The worker shares this image but serves nothing: it is well while it runs.
    [ "$(tr '\0' ' ' </proc/1/cmdline | grep -c qcluster)" = 1 ] && exit 0
    exec python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/api/v1/status', timeout=5)"
    ;;
  *)
    exec python manage.py "$@"
    ;;
esac
