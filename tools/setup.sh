# Sourced by tools/run and tools/test: gets the packages, configures and builds. Speaks on stderr only.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
packages=(g++ cmake ninja-build binutils libyaml-cpp-dev nlohmann-json3-dev libcli11-dev catch2 libbenchmark-dev libsqlite3-dev libboost-dev zlib1g-dev)

say() { printf '%s\n' "$*" >&2; }

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# Runs a command as root, or says which one is wanted.
as_root() {
  if [[ $EUID -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "Please run this as root, then try again: $*"
    exit 2
  fi
}

# Installs those of the Debian packages that are not there yet.
install_missing() {
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian: the packages ($*) are taken to be installed."
    return
  fi
  local missing=() package
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "Installing ${missing[*]} ..."
  as_root apt-get -qq update >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET...]: all targets if none is named. Silent when nothing has changed.
build() {
  local preset=$1 log
  shift
  if [[ ! -f $root/build/$preset/build.ninja ]]; then
    say "Configuring build/$preset ..."
    log=$(cd "$root" && cmake --preset "$preset" 2>&1) || { say "$log"; exit 2; }
  fi
  cmake --build "$root/build/$preset" ${1:+--target "$@"} 2>&1 |
    sed -u -e '/no work to do/d' -e '/Re-checking globbed/d' >&2
}
