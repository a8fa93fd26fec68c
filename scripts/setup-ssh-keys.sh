#!/usr/bin/env bash
# Makes what the tunnel of this server needs: a key pair of its own, and the host key of the centre,
# compared by its fingerprint. Prints the line for the centre's authorized_keys, which allows the one forward
# and nothing else, and tries the whole way. Safe to run again: what is there is kept.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: setup-ssh-keys.sh --host HOST --user USER [options]

Run it on the GPU server, as the user that the agent runs as.

  --host HOST           the centre, as this server reaches it
  --user USER           the user on the centre
  --port PORT           of sshd on the centre; 22 unless given
  --proxy-port PORT     of the proxy on the centre's 127.0.0.1; 7879 unless given
  --key FILE            the key; ~/.ssh/mon_tunnel_ed25519 unless given
  --known-hosts FILE    ~/.ssh/known_hosts unless given
  --fingerprint SHA256:…  of the centre's host key, as the centre itself shows it; asked for unless given
  --replace-host-key    the centre has a new host key, and you know why
  --no-test             do not try the way

Exit status: 0 all works (or was not to be tried), 1 something is wrong, 2 wrong usage,
3 the centre does not know the key yet: add the line that is printed, and run this again.
USAGE
}

host='' user='' port=22 proxy_port=7879 fingerprint='' replace=0 test_it=1
key="$HOME/.ssh/mon_tunnel_ed25519"
known_hosts="$HOME/.ssh/known_hosts"

say() { printf '%s\n' "$@"; }
fail() {
  printf 'setup-ssh-keys: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}
wrong_usage() {
  printf 'setup-ssh-keys: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}

read_options() {
  while (($# > 0)); do
    case $1 in
      --host | --user | --port | --proxy-port | --key | --known-hosts | --fingerprint)
        (($# > 1)) || wrong_usage "$1 wants a value."
        case $1 in
          --host) host=$2 ;;
          --user) user=$2 ;;
          --port) port=$2 ;;
          --proxy-port) proxy_port=$2 ;;
          --key) key=$2 ;;
          --known-hosts) known_hosts=$2 ;;
          --fingerprint) fingerprint=$2 ;;
        esac
        shift 2
        ;;
      --replace-host-key) replace=1 && shift ;;
      --no-test) test_it=0 && shift ;;
      --help | -h) usage && exit 0 ;;
      *) wrong_usage "$1 is no option." ;;
    esac
  done
}

# The same patterns as the agent's: nothing here may become an option of ssh, or more than one word.
check_options() {
  local path='^/[A-Za-z0-9_./-]+$'
  [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ || $host =~ ^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$ ]] ||
    wrong_usage "--host must be a name or an IP address."
  [[ $user =~ ^[A-Za-z0-9_][A-Za-z0-9._\\-]*$ ]] || wrong_usage "--user must be a user's name."
  is_port "$port" || wrong_usage '--port must be from 1 to 65535.'
  is_port "$proxy_port" || wrong_usage '--proxy-port must be from 1 to 65535.'
  [[ $key =~ $path ]] || wrong_usage '--key must be an absolute path of letters, digits, "_", "-", "." and "/".'
  [[ $known_hosts =~ $path ]] || wrong_usage '--known-hosts must be an absolute path like --key.'
  [[ -z $fingerprint || $fingerprint =~ ^SHA256:[A-Za-z0-9+/]+=*$ ]] ||
    wrong_usage '--fingerprint must begin with SHA256:'
}

is_port() { [[ $1 =~ ^[1-9][0-9]{0,4}$ ]] && (($1 <= 65535)); }

need_programs() {
  local program
  for program in ssh ssh-keygen ssh-keyscan; do
    command -v "$program" >/dev/null ||
      fail "$program is not installed." 'Install the OpenSSH client: apt-get install openssh-client'
  done
}

make_key() {
  local folder
  folder=$(dirname "$key")
  [[ -d $folder ]] || (umask 077 && mkdir -p "$folder")
  if [[ -e $key ]]; then
    chmod 600 "$key"
    ssh-keygen -y -P '' -f "$key" >/dev/null 2>&1 ||
      fail "$key cannot be used without a passphrase, or is no private key." 'Name another file with --key.'
    say "The key $key is there already."
  else
    ssh-keygen -q -t ed25519 -N '' -C "mon-tunnel@$(hostname)" -f "$key"
    say "Made the key $key. It stays on this server; only $key.pub travels."
  fi
  [[ -e $key.pub ]] || ssh-keygen -y -P '' -f "$key" >"$key.pub"
}

# Name of the centre in known_hosts.
entry() { if ((port == 22)); then printf '%s' "$host"; else printf '[%s]:%s' "$host" "$port"; fi; }

fingerprint_of() { ssh-keygen -l -E sha256 -f - <<<"$1" | cut -d' ' -f2; }

scanned='' banner=''
scan_centre() {
  local notes
  notes=$(mktemp)
  scanned=$(ssh-keyscan -T 10 -p "$port" -t ed25519,ecdsa,rsa -- "$host" 2>"$notes" | grep -v '^#' || true)
  banner=$(grep -ho 'SSH-2.0-[^ ]*' "$notes" | head -n 1 || true)
  rm -f "$notes"
  # Newer versions print the banner among the keys, older ones do not tell.
  if [[ -z $scanned ]]; then
    fail "No ssh server answers at $host, port $port." \
      'Start it on the centre (Windows: Start-Service sshd), and let this server through its firewall.'
  fi
}

enrol_centre() {
  local line chosen='' found answer
  local folder
  folder=$(dirname "$known_hosts")
  [[ -d $folder ]] || (umask 077 && mkdir -p "$folder")
  if found=$(ssh-keygen -F "$(entry)" -f "$known_hosts" 2>/dev/null | grep -v '^#'); then
    while read -r line; do
      if is_scanned "$line"; then
        say "The host key of the centre is known already: $(fingerprint_of "$line")"
        return
      fi
    done <<<"$found"
    ((replace == 1)) || fail "THE HOST KEY OF $host HAS CHANGED." \
      'It was installed anew, another machine has its address, or somebody stands in between.' \
      'Compare the fingerprint on its own screen. If it is right, run this again with --replace-host-key.'
  fi

  if [[ -n $fingerprint ]]; then
    while read -r line; do
      [[ $(fingerprint_of "$line") == "$fingerprint" ]] && chosen=$line
    done <<<"$scanned"
    [[ -n $chosen ]] || fail "$host shows none with the fingerprint $fingerprint, but:" "$(fingerprints)"
  else
    chosen=$(head -n 1 < <(grep ' ssh-ed25519 ' <<<"$scanned" || printf '%s\n' "$scanned"))
    say "The centre $host shows the host key" "$(fingerprint_of "$chosen")"
    say 'Compare it with what the centre itself shows: setup-openssh-server.ps1 prints it at its end,'
    say 'and ssh-keygen -l -f on its host key files does, too.'
    [[ -t 0 ]] || fail 'Nobody is here to compare it.' 'Run this in a terminal, or give --fingerprint.'
    read -r -p 'Is it the same? Type yes: ' answer
    [[ $answer == yes ]] || fail 'Not enrolled.'
  fi
  if ((replace == 1)); then ssh-keygen -R "$(entry)" -f "$known_hosts" >/dev/null 2>&1 || true; fi
  (umask 077 && printf '%s\n' "$chosen" >>"$known_hosts")
  say "Enrolled the centre in $known_hosts: $(fingerprint_of "$chosen")"
}

is_scanned() {
  local type blob scanned_line
  read -r _ type blob _ <<<"$1"
  while read -r scanned_line; do
    [[ $scanned_line == *" $type $blob"* ]] && return 0
  done <<<"$scanned"
  return 1
}

fingerprints() {
  local line
  while read -r line; do printf '%s  ' "$(fingerprint_of "$line")"; done <<<"$scanned"
}

# What the key may do at the centre: one forward. permitopen alone would leave a shell and -R; the command and
# permitlisten take them away. permitlisten came with OpenSSH 7.8; an older one would refuse the key.
authorized_line() {
  local options="restrict,port-forwarding,permitopen=\"127.0.0.1:$proxy_port\""
  if [[ $banner =~ OpenSSH_(for_Windows_)?([0-9]+)\.([0-9]+) ]]; then
    local version=$((BASH_REMATCH[2] * 100 + BASH_REMATCH[3]))
    ((version >= 706)) || fail "The centre runs $banner." 'OpenSSH 7.6 or newer is needed there.'
    ((version < 708)) || options+=',permitlisten="127.0.0.1:1"'
  else
    options+=',permitlisten="127.0.0.1:1"'
  fi
  printf '%s,command="/bin/false" %s\n' "$options" "$(cut -d' ' -f1-3 "$key.pub")"
}

show_line() {
  say '' "On the centre, authorized_keys of $user needs this line (setup-openssh-server.ps1 -AuthorizedKey adds it):" ''
  authorized_line
  say ''
}

# A forward on a free port, by an ssh that ends with this script, and a question to the proxy through it.
ssh_pid='' words=''
test_way() {
  local local_port answer='' tries
  words=$(mktemp)
  trap 'end_ssh' EXIT
  local_port=$((20000 + RANDOM % 10000))
  while is_open "$local_port"; do local_port=$((local_port + 1)); done
  LC_ALL=C ssh -F none -N -T -a -x -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none \
    -o PreferredAuthentications=publickey -o StrictHostKeyChecking=yes \
    -o "UserKnownHostsFile=$known_hosts" -o GlobalKnownHostsFile=none -o UpdateHostKeys=no \
    -o ExitOnForwardFailure=yes -o ControlMaster=no -o ControlPath=none -o ConnectTimeout=10 \
    -o LogLevel=INFO -i "$key" -p "$port" -L "127.0.0.1:$local_port:127.0.0.1:$proxy_port" \
    -l "$user" -- "$host" </dev/null >/dev/null 2>"$words" &
  ssh_pid=$!
  for ((tries = 0; tries < 150; tries++)); do
    if ! kill -0 "$ssh_pid" 2>/dev/null; then explain_end; fi
    if is_open "$local_port"; then break; fi
    sleep 0.1
  done
  { exec 3<>"/dev/tcp/127.0.0.1/$local_port"; } 2>/dev/null || fail 'ssh did not log in within 15 s.'
  printf 'OPTIONS * HTTP/1.0\r\n\r\n' >&3 2>/dev/null || true
  IFS= read -r -t 5 -n 7 answer <&3 || true
  exec 3>&- || true
  if [[ $answer == HTTP/1. ]]; then
    say "It works: a proxy answers at 127.0.0.1:$proxy_port of the centre, through the tunnel."
    return
  fi
  sleep 0.3
  if grep -q 'administratively prohibited' "$words"; then
    fail "The centre forbids the forward to 127.0.0.1:$proxy_port." \
      'Compare permitopen in authorized_keys and PermitOpen in sshd_config there.'
  fi
  fail "The login works, but no proxy answers at 127.0.0.1:$proxy_port of the centre." 'Start the proxy there.'
}

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

explain_end() {
  if grep -q 'Permission denied' "$words"; then
    say "The centre does not know the key yet. Add the line above to authorized_keys of $user there, and run this again."
    exit 3
  fi
  fail "ssh says: $(tail -n 2 "$words" | tr -d '\r' | tr '\n' ' ')"
}

end_ssh() {
  if [[ -n $ssh_pid ]]; then kill "$ssh_pid" 2>/dev/null || true; fi
  rm -f "$words"
}

show_settings() {
  say '' 'In agent.yaml, below plugins:' '' "  '@mon/plugin-ssh-proxy':" \
    "    allowed_ssh_hosts: [$host]" "    identity_dir: $(dirname "$key")" \
    "    known_hosts_file: $known_hosts" '' \
    "In the server's form: centre $host, port $port, user $user, key $key, proxy port $proxy_port."
}

read_options "$@"
check_options
need_programs
make_key
scan_centre
enrol_centre
show_line
if ((test_it == 1)); then test_way; fi
show_settings
