#!/bin/sh
# What a container does: `web` prepares the library and serves it, `worker` runs its jobs, `health` asks the web server.
set -e
cd "$(dirname "$0")/.."
port="${PHOTOPRISM_HTTP_PORT:-2342}"
child=""
stopping=""

# As process 1 a shell hears no signal that it does not ask for, and passes none on: `docker stop` would wait in vain.
stop() {
  stopping=yes
  [ -n "$child" ] || return 0
  # Ends the job under way after the files at hand (END_JOB in library/jobs.py); whoever runs none ignores it.
  kill -s URG -- "-$child" 2>/dev/null || true
  kill -s TERM "$child" 2>/dev/null || true
}
trap stop TERM INT

# Runs a program in a process group of its own until it ends, and answers as it does.
attend() {
  setsid "$@" &
  child=$!
  [ -z "$stopping" ] || stop
  code=0
  wait "$child" || code=$?
  # A signal ends the waiting, not the program: it is waited for until it is gone. Some shells go on answering for one
  # that is, so that the answer alone does not tell.
  while [ "$code" -gt 128 ]; do
    is_gone=""
    kill -s 0 "$child" 2>/dev/null || is_gone=yes
    next=0
    wait "$child" || next=$?
    [ "$next" -eq 127 ] || code=$next
    [ -z "$is_gone" ] || break
  done
  child=""
  [ -z "$stopping" ] || exit "$code"
  return "$code"
}

case "${1:-web}" in
  web)
    attend python manage.py prepare
    # Refused while a run is under way, which is as well.
    attend python manage.py index --queue || true
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
    until attend python manage.py migrate --check >/dev/null 2>&1; do
      tries=$((tries + 1))
      [ "$tries" -lt 60 ] || { echo "The library is not prepared; is the web container running?" >&2; exit 1; }
      attend sleep 2
    done
    attend python manage.py qcluster
    ;;
  health)
    # The worker shares this image but serves nothing: it is well while it runs.
    [ "$(tr '\0' ' ' </proc/1/cmdline | grep -c 'entrypoint.sh worker')" = 1 ] && exit 0
    exec python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/api/v1/status', timeout=5)"
    ;;
  *)
    exec python manage.py "$@"
    ;;
esac
