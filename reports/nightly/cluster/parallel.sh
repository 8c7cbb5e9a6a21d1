#!/usr/bin/env bash
# parallel.sh PARTS DIR [OPTION...]: a night in PARTS parts by GNU parallel (Debian: parallel), then
# merged. Part I is `lab nightly OPTION... --out DIR/I`; only its environment tells it which part it
# is. Exit codes are those of a night.
#
#   AWLAB_SEED      seed of the night; by default the date as 20261231
#   AWLAB_JOBS      parts at once on a machine; by default 1, because a night uses all cores
#   AWLAB_MACHINES  file of machines as for parallel's --sshloginfile; by default this machine. Each
#                   has this checkout, built, and DIR at the same path
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
lab=$(realpath "${AWLAB:-$here/../../../lab}")

die() { printf 'parallel.sh: %s\n' "$*" >&2 && exit 2; }

[[ ${1-} =~ ^[1-9][0-9]{0,5}$ && -n ${2-} ]] || die "usage: parallel.sh PARTS DIR [OPTION of lab nightly...]"
# moreutils has a program of that name, too
parallel --version 2>/dev/null | grep -q GNU || die "needs GNU parallel: apt-get install parallel"
parts=$1
mkdir -p "$2" || die "cannot make the directory $2"
dir=$(realpath "$2")
shift 2
seed=${AWLAB_SEED:-$(date -u +%Y%m%d)}

machines=()
[ -z "${AWLAB_MACHINES-}" ] || machines=(--sshloginfile "$AWLAB_MACHINES")

# A verdict is not a failure; a part that ends without one gets a second chance.
printf -v night '%q ' "$lab" nightly "$@" --seed "$seed"
printf -v out '%q' "$dir"
export PARALLEL_SHELL=/bin/bash
seq 0 $((parts - 1)) |
  parallel "${machines[@]}" --will-cite --workdir "$PWD" -j "${AWLAB_JOBS:-1}" --retries 2 \
    --joblog "$dir/joblog" \
    "JOB_COMPLETION_INDEX={} JOB_COMPLETIONS=$parts $night --out $out/{} >$out/{}.log 2>&1; code=\$?; [ \$code = 1 ] || [ \$code = 3 ] || exit \$code" ||
  printf 'parallel.sh: some parts have no verdict: see %s/joblog\n' "$dir" >&2

exec "$here/merge.sh" "$dir" "$parts" "$seed"
