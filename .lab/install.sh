# shellcheck shell=bash
# ./lab install DIR: the lab as programs alone. They run there without sources, compilers, packages of
# the build, or a network: in an image, or from a directory that the machines of a cluster share.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

install_lab() {
  local directory=${1-} preset targets sanitized
  [ $# = 1 ] || die "install: which DIR? One, and nothing else"
  [[ $directory != -* ]] || die "install: unknown option '$directory'; there is none"
  [[ ! -e $directory || -z $(ls -A "$directory" 2>&1) ]] ||
    die "install: $directory is not an empty directory"
  need_sources install
  need_packages "${lane_packages[@]}"
  need_npm
  targets_of nightly && targets+=(awlab_report awlab_dashboard)
  build_targets release
  mkdir -p "$directory"/{core/faults,.lab,reports/nightly/cluster} 2>/dev/null ||
    die "install: cannot make the directory $directory"
  cp "$root/lab" "$root/LICENSE" "$directory"
  cp "$root"/.lab/* "$directory/.lab"
  cp "$root"/core/faults/*.patch "$directory/core/faults"
  cp "$root"/reports/nightly/cluster/merge.sh "$directory/reports/nightly/cluster"
  install_programs release "${targets[@]}"
  for preset in tsan asan; do install_programs $preset "${sanitized[@]}"; done
  version >"$directory/.lab/version"
}

# install_programs PRESET TARGET...
install_programs() {
  local from=$root/build/$1/bin to=$directory/build/$1/bin programs program
  mkdir -p "$to"
  # A target such as explore_canaries stands for several programs: the build knows which it links.
  programs=$(ninja -C "$root/build/$1" -t commands "${@:2}" | grep -o -- '-o bin/[^ ]*' | sort -u)
  for program in ${programs//-o bin\//}; do
    # Sanitizers tell lines by the debug information; elsewhere it is nine tenths of the size.
    if [ "$1" = release ]; then
      strip -o "$to/$program" "$from/$program"
    else
      objcopy --compress-debug-sections=zlib "$from/$program" "$to/$program"
    fi
  done
}
