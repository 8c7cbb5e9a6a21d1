# shellcheck shell=bash
# ./lab install DIR: the lab as programs alone. They run without sources, compilers, packages of the
# build, or a network: in an image, or from a directory that the machines of a cluster share.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

install_lab() {
  local directory=${1-} targets
  [ $# = 1 ] || die "install: needs exactly one argument, the directory to install into"
  [[ $directory != -* ]] || die "install: unknown option '$directory'; it accepts none"
  [[ ! -e $directory || -z $(ls -A "$directory" 2>&1) ]] ||
    die "install: $directory is not an empty directory"
  need_sources install
  need_packages "${lane_packages[@]}"
  need_npm
  targets_of nightly
  targets+=(awlab_list)
  build release "${targets[@]}"
  mkdir -p "$directory"/{.lab,reports/nightly/cluster} 2>/dev/null ||
    die "install: cannot make the directory $directory"
  cp "$root/lab" "$root/LICENSE" "$directory"
  cp "$root"/.lab/* "$directory/.lab"
  cp "$root"/reports/nightly/cluster/merge.sh "$directory/reports/nightly/cluster"
  install_built
  version >"$directory/.lab/version"
}

# Installs the outputs of `targets`: the programs, and the modules of our cell, of the canaries, and,
# where memory is simulated, of all faults.
install_built() {
  local from=$root/build/release to=$directory/build/release file
  while IFS= read -r file; do
    mkdir -p "$(dirname "$to/$file")"
    case $file in
      # Sanitizers need the debug information to give lines; elsewhere it is nine tenths of the
      # size.
      *tsan* | *asan*) objcopy --compress-debug-sections=zlib "$from/$file" "$to/$file" ;;
      *) strip -o "$to/$file" "$from/$file" ;;
    esac
  done < <(ninja -C "$from" -t commands "${targets[@]}" |
    grep -o -- '-o \(bin/[^ ]*\|modules/[^ ]*\.so\)' | cut -c4- | sort -u)
}
