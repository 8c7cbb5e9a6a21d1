#!/usr/bin/env bash
# merge.sh DIR PARTS SEED [MINUTES]: merges the parts of a night, in DIR/0 to DIR/PARTS-1, into
# DIR/merged: the report, its other forms, the findings, and the history of all such nights.
#
# Waits up to MINUTES (0) until every part has ended. Refuses a part that is missing, doubled, of
# another night (SEED) or of another cell. Exit codes are those of a night: 0 pass, 1 a finding, 3
# inconclusive; 2 if it cannot be merged, and then DIR/merged stays as it was.
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
lab=${AWLAB:-$here/../../../lab}

die() { printf 'merge.sh: %s\n' "$*" >&2 && exit 2; }
is_number() { [[ $1 =~ ^(0|[1-9][0-9]{0,9})$ ]]; }

(($# == 3 || $# == 4)) || die "usage: merge.sh DIR PARTS SEED [MINUTES]"
dir=$1 parts=$2 seed=$3 minutes=${4-0}
{ is_number "$parts" && ((parts > 0)); } || die "PARTS: '$parts' is not accepted; accepted: a number of parts from 1"
is_number "$seed" || die "SEED: '$seed' is not accepted; accepted: the --seed of the night's parts"
is_number "$minutes" || die "MINUTES: '$minutes' is not accepted; accepted: a whole number"
[ -d "$dir" ] || die "there is no directory $dir"
merged=$dir/merged

# field NAME FILE: the first field of that name at the top of a report, or in its "run".
field() { LC_ALL=C sed -n "s/^ \{1,2\}\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}$/\1/p;/^ \"lanes\"/q" "$2" | head -n 1; }

# Succeeds if part $1 has left a report of this night.
is_of_this_night() { [ -r "$dir/$1/report.json" ] && [ "$(field seed "$dir/$1/report.json")" = "$seed" ]; }
has_ended() { is_of_this_night "$1" && [ "$(field finished_at "$dir/$1/report.json")" != null ]; }

# --- the parts

deadline=$((SECONDS + 60 * minutes))
for ((part = 0; part < parts; ++part)); do
  until has_ended "$part" || ((SECONDS >= deadline)); do sleep 5; done
done

reports=() missing=()
for ((part = 0; part < parts; ++part)); do
  reports+=("$dir/$part/report.json")
  is_of_this_night "$part" || missing+=("$part")
done
((${#missing[@]} == 0)) ||
  die "${#missing[@]} of $parts parts left no report of the night with seed $seed: ${missing[*]:0:20}"

# --- the whole; DIR/merged does not change before it is known to be one

new=$(mktemp -d "$dir/.merge.XXXXXX")
trap 'rm -rf "$new"' EXIT
said=$("$lab" report merge "${reports[@]}" --out "$new/report.json") || exit 2
printf '%s\n' "${said##*/}"

mkdir -p "$merged/history" "$merged/findings"
id=$(field id "$new/report.json")
nights=("$merged"/history/*.json) # their names begin with their times
baseline=()
for night in "${nights[@]}"; do
  if [ -e "$night" ] && [ "${night##*/}" != "$id.json" ]; then baseline=(--baseline "$night"); fi
done
"$lab" report junit "$new/report.json" --out "$new/report.junit.xml" >/dev/null
"$lab" report sarif "$new/report.json" "${baseline[@]}" --out "$new/report.sarif" >/dev/null

# The report has the best evidence of all parts; its command names the part it came from.
LC_ALL=C sed -n 's/^   "signature": "\([A-Za-z0-9_-]*\)",\{0,1\}$/\1/p' "$new/report.json" >"$new/signatures"
while IFS= read -r signature; do
  from=''
  for ((part = 0; part < parts; ++part)); do
    if [ -d "$dir/$part/findings/$signature" ]; then
      from=${from:-$part}
      if grep -qF "/$part/findings/$signature/" "$new/report.json"; then from=$part && break; fi
    fi
  done
  [ -n "$from" ] || continue
  rm -rf "${merged:?}/findings/$signature"
  cp -r "$dir/$from/findings/$signature" "$merged/findings/"
done <"$new/signatures"
rm "$new/signatures"

cp "$new/report.json" "$merged/history/$id.json"
"$lab" report dashboard "$merged/history" --out "$new/dashboard.html" >/dev/null
chmod a+r "$new"/*
mv "$new"/* "$merged/"

if ((${#baseline[@]} > 0)); then "$lab" report diff "${baseline[1]}" "$merged/report.json" || :; fi
printf 'merged: %s\nsee %s\n' "$(field verdict "$merged/report.json")" "$merged/dashboard.html"
case $(field verdict "$merged/report.json") in
  pass) exit 0 ;;
  fail) exit 1 ;;
  *) exit 3 ;;
esac
