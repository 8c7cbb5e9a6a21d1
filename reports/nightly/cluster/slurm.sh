#!/usr/bin/env bash
# A night as a SLURM array, one part per task, and a job that merges them. Run it from the checkout,
# with everything built (./lab build --for nightly):
#
#   reports/nightly/cluster/slurm.sh PARTS DIR [OPTION...]     of lab nightly, such as --minutes 60
#
# DIR and the checkout are on a file system that all nodes share. The night's seed is the number of
# the array's job: one for all parts, on whichever side of midnight they start.
#SBATCH --job-name=awlab-night
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=01:30:00
#SBATCH --requeue
# A task that runs out of time is asked to end two minutes before, and leaves a report.
#SBATCH --signal=B:TERM@120
set -euo pipefail

die() { printf 'slurm.sh: %s\n' "$*" >&2 && exit 2; }

# SLURM runs a copy of this file, so the checkout is the directory where the jobs were submitted.
if [ -n "${SLURM_ARRAY_TASK_ID-}" ]; then
  (($# >= 2)) || die "usage: slurm.sh PARTS DIR [OPTION of lab nightly...]"
  # For a part that is submitted again alone, SLURM's count would be 1.
  [ "${SLURM_ARRAY_TASK_COUNT-}" = "$1" ] ||
    die "this array has ${SLURM_ARRAY_TASK_COUNT-no} tasks, and the night $1 parts:" \
      "for one part again, srun ./lab nightly --shard I/$1 --seed S --out $2/I"
  exec "${AWLAB:-$SLURM_SUBMIT_DIR/lab}" nightly "${@:3}" --seed "$SLURM_ARRAY_JOB_ID" \
    --out "$2/$((SLURM_ARRAY_TASK_ID - ${SLURM_ARRAY_TASK_MIN:?}))"
elif [ "${1-}" = merge ]; then
  exec "$SLURM_SUBMIT_DIR/reports/nightly/cluster/merge.sh" "${@:2}"
fi

[[ ${1-} =~ ^[1-9][0-9]{0,5}$ && -n ${2-} ]] || die "usage: slurm.sh PARTS DIR [OPTION of lab nightly...]"
command -v sbatch >/dev/null || die "there is no sbatch on this machine"
mkdir -p "$2" || die "cannot make the directory $2"
parts=$1 dir=$(realpath "$2")
here=$(realpath "${BASH_SOURCE[0]}")
cd "$(dirname "$here")/../../.."
night=$(sbatch --parsable --array="0-$((parts - 1))" --output="$dir/%a.log" \
  "$here" "$parts" "$dir" "${@:3}")
night=${night%%;*} # with several clusters: JOB;CLUSTER
# afterany: to SLURM, a part with a finding has failed.
merge=$(sbatch --parsable --dependency="afterany:$night" --job-name=awlab-merge --cpus-per-task=1 \
  --output="$dir/merge.log" "$here" merge "$dir" "$parts" "$night")
printf 'night %s in %s parts, then merged by job %s, into %s\n' "$night" "$parts" "${merge%%;*}" "$dir"
