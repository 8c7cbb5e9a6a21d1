#!/usr/bin/env bash
# A cluster's work on this machine: four parts of a night by GNU parallel, which learn only from
# their environment which part they are, then merged. The counts must be those of the undivided
# searches, an incomplete set must be refused, and damage must show.
#   AWLAB_MINUTES  of a part; by default as many as explore needs here to come to its end
# shellcheck disable=SC2317 # expect calls the functions
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
AWLAB=$(realpath "${AWLAB:-$here/../../../lab}")
export AWLAB AWLAB_SEED=20780 AWLAB_JOBS=2
readonly parts=4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

failed=0
fail() { printf 'FAILED: %s\n' "$*" && failed=1; }

# expect CODE TEXT COMMAND...: the command exits with CODE, and TEXT is in its output.
expect() {
  local code=0 said
  said=$("${@:3}" 2>&1) || code=$?
  [[ $code = "$1" && $said == *"$2"* ]] ||
    fail "expected $1 and '$2' of ${*:3}; it was $code: ${said:0:1000}"
  printf 'ok: %s %s\n' "$code" "$(head -n 1 <<<"$said" | cut -c1-150)"
}

# change FILE PYTHON: `r` is the report.
change() {
  python3 -c 'import json, sys
name, what = sys.argv[1:]
r = json.load(open(name))
exec(what)
json.dump(r, open(name, "w"), indent=1)' "$@"
}

check() {
  python3 "$here/check_shards.py" explore.json relacy.json merged.json \
    "${@:-night/0/report.json}" night/{1..3}/report.json
}
merge() { "$AWLAB" report merge "$@" --out merged.json; }
reports=(night/{0..3}/report.json)

# --- the night

started=$EPOCHREALTIME
"$AWLAB" explore --json explore.json >explore.log
# A part does a quarter of that, beside its own part of Relacy's search, the two searches of another
# part, and the whole of Relacy's: it gets four times as long as the whole took. Of a night, explore
# has two fifths of 95 %, less two seconds (budget.cpp).
minutes=$(awk -v began="$started" -v ended="$EPOCHREALTIME" \
  'BEGIN { printf "%.3f", (4 * (ended - began) + 2) / 0.4 / 0.95 / 60 }')
"$AWLAB" relacy --seconds 240 --json relacy.json >relacy.log & # below 300, the plan of a short night
relacy=$!
code=0
"$here/parallel.sh" "$parts" night --minutes "${AWLAB_MINUTES:-$minutes}" || code=$?
wait "$relacy" || fail "relacy: $? $(cat relacy.log)"
[[ $code = 0 || $code = 3 ]] || fail "the night: $code" # a machine that is busy may have no contention
expect 0 valid "$AWLAB" report validate night/merged/report.json
for file in report.junit.xml report.sarif dashboard.html; do
  [ -s "night/merged/$file" ] || fail "there is no night/merged/$file"
done
[ "$(find night/merged/history -type f | wc -l)" = 1 ] || fail "the history is not of one night"

# --- its counts

cp night/merged/report.json merged.json
expect 0 'add up to' check
cp merged.json good.json
change merged.json 'r["lanes"][0]["coverage"]["searches"][7]["complete"] += 1'
expect 1 "explore, merged," check
# One execution more in one part, in all places that are compared with each other.
cp night/0/report.json kept.json
change night/0/report.json 'r["lanes"][0]["executions"] += 1
r["lanes"][0]["coverage"]["searches"][-1]["complete"] += 1'
expect 0 '4 reports' merge "${reports[@]}"
expect 1 "explore, the parts, ('panic_both', 4" check
cp kept.json night/0/report.json
# The whole reports a search as unfinished that its part had finished.
cp good.json merged.json
change merged.json 'l = next(l for l in r["lanes"] if l["lane"] == "relacy")
next(s for s in l["coverage"]["searches"] if s["scenario"] == "basic")["complete"] = False'
expect 1 "relacy, merged, ('basic'" check
cp good.json merged.json
expect 1 'shards: [(1, 4), (1, 4)' check night/1/report.json

# --- incomplete sets

expect 2 'shard 2 of 4 is missing' merge night/{0,1,3}/report.json
expect 2 'shard 1 of 4 is given twice' merge "${reports[@]}" night/1/report.json
for damage in 'r["run"]["seed"] += 1' 'r["subject"]["sha256"] = "0" * 64' \
  'r["subject"]["name"] = "another"' 'r["tool"]["commit"] = "0" * 40'; do
  cp night/3/report.json changed.json
  change changed.json "$damage"
  expect 2 'not of one run' merge night/{0..2}/report.json changed.json
done
cmp merged.json good.json || fail "what was refused has written something"

again() { "$here/merge.sh" night "$parts" "${1:-$AWLAB_SEED}"; }
find night/merged -type f -exec sha256sum {} + | sort >before
mv night/2/report.json kept.json
expect 2 '1 of 4 parts left no report of the night with seed 20780: 2' again
cp night/1/report.json night/2/report.json
expect 2 'shard 1 of 4 is given twice' again
cp kept.json night/2/report.json
change night/2/report.json 'r["run"]["seed"] += 1' # it started after midnight
expect 2 '1 of 4 parts left no report' again
cp kept.json night/2/report.json
expect 2 '4 of 4 parts left no report of the night with seed 20781: 0 1 2 3' again 20781
find night/merged -type f -exec sha256sum {} + | sort | cmp - before || fail "night/merged has changed"
expect "$code" 'merged: ' again
[ "$(find night/merged/history -type f | wc -l)" = 1 ] || fail "the same night is in the history twice"

# --- SLURM with stand-ins: sbatch runs each task at once, lab prints its arguments

mkdir bin
cat >bin/sbatch <<'END'
#!/usr/bin/env bash
set -euo pipefail
printf '%s\n' "$*" >>"$LOG.sbatch"
array='' dependency=''
while [[ $1 == --* ]]; do
  case $1 in --array=*) array=${1#*=} ;; --dependency=*) dependency=1 ;; esac
  shift
done
cp "$1" "$LOG.copy" # as SLURM does
[ -z "$dependency" ] || { echo 78 && exit 0; }
first=${array%-*} last=${array#*-}
for ((task = first; task <= last; ++task)); do
  SLURM_JOB_ID=$((100 + task)) SLURM_SUBMIT_DIR=$PWD SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_ID=$task \
    SLURM_ARRAY_TASK_COUNT=$((last - first + 1)) SLURM_ARRAY_TASK_MIN=$first bash "$LOG.copy" "${@:2}"
done
echo '77;here'
END
cat >bin/lab <<'END'
#!/usr/bin/env bash
echo "$SLURM_ARRAY_TASK_ID of $SLURM_ARRAY_TASK_COUNT: $*" >>"$LOG.lab"
END
chmod +x bin/*
slurm() { env LOG="$work/log" AWLAB="$work/bin/lab" PATH="$work/bin:$PATH" "$@"; }
expect 0 'night 77 in 4 parts, then merged by job 78' slurm "$here/slurm.sh" 4 array --minutes 9
for part in 0 1 2 3; do
  grep -qxF "$part of 4: nightly --minutes 9 --seed 77 --out $work/array/$part" log.lab ||
    fail "task $part: $(cat log.lab)"
done
grep -q -- "--dependency=afterany:77 .* merge $work/array 4 77\$" log.sbatch || fail "$(cat log.sbatch)"
expect 2 'this array has 1 tasks, and the night 4 parts' slurm env SLURM_ARRAY_TASK_ID=2 \
  SLURM_ARRAY_TASK_COUNT=1 SLURM_ARRAY_TASK_MIN=2 SLURM_ARRAY_JOB_ID=77 "$here/slurm.sh" 4 array
expect "$code" 'merged: ' env SLURM_SUBMIT_DIR="$here/../../.." "$here/slurm.sh" merge "$work/night" 4 20780

# --- Kubernetes: the number of parts stands in the file three times

numbers=$(sed -n 's/^  completions: \([0-9]*\)$/\1/p;s/.*JOB_COMPLETIONS, value: "\([0-9]*\)".*/\1/p
  s/^ *args: \[\/out, "\([0-9]*\)", "SEED".*/\1/p' "$here/kubernetes.yaml" | sort | uniq -c | tr -s ' ')
[[ $numbers == " 3 "* ]] || fail "kubernetes.yaml has several numbers of parts: $numbers"

((failed == 0)) && echo 'all as it should be'
exit "$failed"
