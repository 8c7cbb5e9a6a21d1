# shellcheck shell=bash
# The Debian packages of the lab, and their installation.
#
# Sourced by lab, whose functions it uses; the Dockerfile takes the lists alone.
# shellcheck disable=SC2034,SC2154  # used and assigned there

# GoogleTest and Benchmark are included because the configure step needs them, whatever is built.
readonly lane_packages=(
  binutils clang-19 cmake git libbenchmark-dev libboost-context-dev libclang-rt-19-dev libcli11-dev
  libexpected-dev libfmt-dev libgtest-dev libvalijson-dev llvm-19 ninja-build nlohmann-json3-dev
  patch relacy-dev
)
readonly test_packages=(
  chromium clang-14 g++ libc++-19-dev libc++abi-19-dev libc6-dev-arm64-cross
  libstdc++-12-dev-arm64-cross parallel python3 python3-jsonschema zip
)
readonly page_packages=(nodejs npm)
# Packages that the programs need on a host that builds nothing. Of llvm-19, which is large, only
# the symbolizer is taken; it needs libcurl4 and libllvm19.
readonly runtime_packages=(libboost-context1.74.0 libcurl4 libfmt9 libllvm19 libstdc++6)
readonly ci_packages=(buildah clang-format-19 clang-tidy-19 mmdebstrap python3 shellcheck)

# Sets `installed` to those of our packages that are installed, as "package version" lines.
query_packages() {
  local os
  # shellcheck source=/dev/null
  os=$(. /etc/os-release 2>/dev/null && echo "${ID-unknown} ${VERSION_ID-}") || os=unknown
  [ "$os" = "debian 12" ] ||
    die "the lab needs Debian 12, but this is '$os': use such a machine, or the Dockerfile"
  # It fails if it does not know a package, which is the very question.
  installed=$(dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' \
    "${lane_packages[@]}" "${test_packages[@]}" "${page_packages[@]}" "${ci_packages[@]}" \
    "${runtime_packages[@]}" 2>/dev/null |
    sed -n 's/ installed$//p' | sort -u) || :
}

# Sets `missing` to those of PACKAGE... that are not installed.
find_missing() {
  local package
  query_packages
  missing=()
  for package in "$@"; do
    [[ $'\n'$installed == *$'\n'"$package "* ]] || missing+=("$package")
  done
}

# Installs those of PACKAGE... that are missing.
need_packages() {
  find_missing "$@"
  ((${#missing[@]} == 0)) || install_missing
}

install_missing() {
  local root_does=() log=$root/build/packages.log install
  local apt_get=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  if [ "$(id -u)" != 0 ]; then
    root_does=(sudo -n)
    sudo -n true 2>/dev/null ||
      die "${#missing[@]} Debian packages are missing; as root: apt-get update &&" \
        "apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  { mkdir -p "$root/build" 2>/dev/null && [ -w "$root/build" ]; } ||
    die "cannot write to $root/build: use your own checkout"
  note "installing ${#missing[@]} Debian packages (log: $log)"
  # The package lists may be absent (in a container) or name files that are gone. Only then are they
  # fetched.
  install=("${root_does[@]}" "${apt_get[@]}" install -y --no-install-recommends "${missing[@]}")
  if ! "${install[@]}" >"$log" 2>&1 </dev/null &&
    ! { "${root_does[@]}" "${apt_get[@]}" update && "${install[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    die "cannot install: ${missing[*]}"
  fi
  query_packages
}

# The charts of the dashboard are made with packages from npm. Any npm will do.
need_npm() { command -v npm >/dev/null || need_packages "${page_packages[@]}"; }
