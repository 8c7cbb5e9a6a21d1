#!/bin/sh
# git_state.cmake in throw-away source trees: its output, and that it rewrites only what changed.
#   git_state_test.sh CMAKE
set -eu
cmake=$1
script=$(cd "$(dirname "$0")" && pwd)/git_state.cmake
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CEILING_DIRECTORIES="$work"

# expect TREE COMMIT DIRTY: the return values of the file generated for the source tree
expect() {
  "$cmake" -D SOURCE_DIR="$work/$1" -D OUTPUT="$work/out.cpp" -P "$script"
  grep -q "git_commit() { return \"$2\"; }" "$work/out.cpp" &&
    grep -q "git_dirty() { return $3; }" "$work/out.cpp" && return
  echo "$1: expected $2 $3, got:"
  cat "$work/out.cpp"
  exit 1
}

mkdir -p "$work/plain" "$work/repository/inner"
expect plain unknown false
command -v git > /dev/null || { echo 'git is missing: install the Debian package git' >&2; exit 1; }

git -C "$work/repository" init -q
expect repository unknown false  # no commit yet
git -C "$work/repository" -c user.name=x -c user.email=x commit -q --allow-empty -m x
commit=$(git -C "$work/repository" rev-parse HEAD)
expect repository "$commit" false

touch -d '2001-01-01' "$work/out.cpp"
expect repository "$commit" false
[ -z "$(find "$work/out.cpp" -newermt '2002-01-01')" ] || { echo 'rewritten for nothing'; exit 1; }

touch "$work/repository/new"
expect repository "$commit" true
expect repository/inner unknown false  # somebody else's repository around an unpacked archive
