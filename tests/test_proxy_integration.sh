#!/usr/bin/env bash
# Drives the tunnel of a running agent through its API, as an aggregator does, and says what does not hold.
#
#   AGENT_URL     http://127.0.0.1:7881 unless given
#   TOKEN_FILE    the agent's token, where it has one
#   CONFIG_FILE   JSON with a proxy_config to start with; without it the saved one is taken
#   CHECK_URL     an address to fetch through the tunnel, such as https://example.com/
#
#   WAIT_S        how long it may take to connect; 30 unless given
#
# The tunnel is stopped at the end. Needs bash and curl.
#
# Functions are called by `check`, by their names; sed replaces a pattern, which ${//} cannot.
# shellcheck disable=SC2317,SC2001
set -euo pipefail

agent=${AGENT_URL:-http://127.0.0.1:7881}
failures=0
answer='' status=''

body=$(mktemp)
headers=$(mktemp)
trap 'rm -f "$body" "$headers"' EXIT
chmod 600 "$headers"
if [[ -n ${TOKEN_FILE:-} ]]; then printf 'Authorization: Bearer %s\n' "$(<"$TOKEN_FILE")" >"$headers"; fi

# ask METHOD PATH [JSON] [curl options]: sets `status` and `answer`. The token goes by a file: arguments
# are seen by everybody on the machine.
ask() {
  local method=$1 path=$2 json=${3:-} options=()
  shift $(($# < 3 ? $# : 3))
  if [[ -n $json ]]; then options=(-H 'Content-Type: application/json' --data-binary "$json"); fi
  status=$(curl -sS --noproxy '*' --max-time 20 -o "$body" -w '%{http_code}' -X "$method" \
    -H "@$headers" "${options[@]}" "$@" "$agent$path") || status=000
  answer=$(<"$body")
}

# The first of that name: what the tunnel's last events say comes after what it is now.
field() { grep -o "\"$1\":\"\{0,1\}[^\",}]*" <<<"$answer" | head -n 1 | sed 's/^[^:]*:"\{0,1\}//' || true; }

check() {
  local what=$1
  shift
  if "$@"; then
    printf 'ok    %s\n' "$what"
  else
    printf 'FAIL  %s (HTTP %s: %s)\n' "$what" "$status" "${answer:0:300}"
    failures=$((failures + 1))
  fi
}

answers() { [[ $status == "$1" && (-z ${2:-} || $(field code) == "$2") ]]; }
is() { [[ $(field status) == "$1" ]]; }
can_be_sent() { [[ $status == 200 && -n $(field status) ]]; }

reaches() {
  local tries
  for ((tries = 0; tries < 2 * ${WAIT_S:-30}; tries++)); do
    ask GET /v1/proxy/status
    is "$1" && return 0
    sleep 0.5
  done
  return 1
}

fetches() {
  local port
  port=$(field listen_port)
  curl -sS --noproxy '' --max-time 30 -o /dev/null --proxy "http://127.0.0.1:$port" "$CHECK_URL"
}

config=''
if [[ -n ${CONFIG_FILE:-} ]]; then config=$(<"$CONFIG_FILE"); fi

ask GET /v1/proxy/status
check 'the status can be had' can_be_sent

if [[ -n ${TOKEN_FILE:-} ]]; then
  status=$(curl -sS --noproxy '*' --max-time 10 -o "$body" -w '%{http_code}' -X POST "$agent/v1/proxy/stop")
  answer=$(<"$body")
  check 'without the token nothing is done' answers 401 UNAUTHORIZED
fi
ask POST /v1/proxy/stop '' -H 'Origin: http://evil.example'
check 'for a page of another site nothing is done' answers 403 ORIGIN_REFUSED

if [[ -n $config ]]; then
  hostile=$(sed 's/"center_ssh_host": *"[^"]*"/"center_ssh_host":"-oProxyCommand=id"/' <<<"$config")
  ask POST /v1/proxy/start "{\"config\":$hostile}"
  check 'a host that would be an option of ssh is not taken' answers 400 REQUEST_INVALID
  elsewhere=$(sed 's/"center_ssh_host": *"[^"]*"/"center_ssh_host":"192.0.2.1"/' <<<"$config")
  ask POST /v1/proxy/start "{\"config\":$elsewhere}"
  check 'a centre that the agent does not allow is refused' answers 403 REMOTE_CONFIG_REFUSED
  ask POST /v1/proxy/start "{\"config\":$config}"
else
  ask POST /v1/proxy/start
fi
check 'the tunnel can be started' can_be_sent
check 'the tunnel is connected' reaches connected
if ((failures > 0)); then
  ask POST /v1/proxy/stop
  exit 1
fi
if [[ -n ${CHECK_URL:-} ]]; then check "$CHECK_URL can be fetched through it" fetches; fi

pid=$(field pid)
ask POST /v1/proxy/start
check 'the tunnel can be started anew' can_be_sent
check 'it is connected again' reaches connected
another_pid() { [[ $(field pid) != "$pid" ]]; }
check 'by another ssh' another_pid

ask POST /v1/proxy/stop
check 'the tunnel is stopped' is stopped
check 'no ssh is left' test "$(field pid)" = null

exit "$((failures > 0))"
