# shellcheck shell=bash
# ./lab lint [--all]: shellcheck, clang-format and clang-tidy have nothing to say.
#
# The first two are quick and read everything. clang-tidy reads the sources that have changed, and those that
# include a header that has; with --all it reads everything.
#
# Sourced by lab, whose variables and functions it uses.
# shellcheck disable=SC2154  # they are assigned there

lint() {
  case $* in
    '' | --all) ;;
    *) die "lint: unknown option '$*'; accepted: --all" ;;
  esac
  need_sources lint
  need_packages "${lane_packages[@]}" "${test_packages[@]}" "${ci_packages[@]}"
  need_npm
  # clang-tidy reads headers that the build makes.
  build release all
  cd "$root" || return
  local failed=0
  note "lint: shellcheck"
  tracked '*.sh' | xargs -0 shellcheck --external-sources lab .ci/run || failed=1
  note "lint: clang-format"
  tracked '*.hpp' '*.cpp' | xargs -0 -r clang-format-19 --dry-run -Werror || failed=1
  note "lint: clang-tidy${1:+ }${1-}"
  tidy "$@" || failed=1
  return $failed
}

# The checkout may belong to another user than the one who runs this.
in_git() { git -c safe.directory="$root" -C "$root" "$@"; }
tracked() { in_git ls-files -z -- "$@"; }

# The commit to compare with: where the work left the main line that was cloned. A clone of the main line
# alone does not tell; there it is the last 20 commits, more than are pushed at once. Where there are not so
# many, as in a shallow clone, everything has changed.
lint_base() {
  local base head
  head=$(in_git rev-parse HEAD)
  base=$(in_git merge-base HEAD origin/HEAD 2>/dev/null) || base=$head
  [ "$base" != "$head" ] || base=$(in_git rev-parse --verify --quiet HEAD~20) ||
    base=$(in_git hash-object -t tree /dev/null)
  echo "$base"
}

# tidy [--all]
tidy() {
  if [ "${1-}" = --all ]; then
    "$root/.lab/tidy.py" "$root" "$root/build/release" --all
  else
    in_git diff --name-only "$(lint_base)" -- '*.cpp' '*.hpp' |
      "$root/.lab/tidy.py" "$root" "$root/build/release"
  fi
}
