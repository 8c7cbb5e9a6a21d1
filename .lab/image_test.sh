#!/usr/bin/env bash
# Tests that the image for the nightly job has everything that the programs need. The image is the
# Dockerfile's last stage, made of what `lab install` installs here, on a bare Debian. It is run as
#   docker run --read-only --tmpfs /tmp --cap-drop ALL --network none -v night:/out
# would run it. CI has already done the work of the earlier stages.
#   image_test.sh LAB
# Exits with 77, for skipped, if no image can be made here.
set -euo pipefail
lab=$1
root=$(dirname "$lab")
# shellcheck source=.lab/night_expectations.sh
. "$root/.lab/night_expectations.sh"
skip() { echo "image_test: skipped: $*" && exit 77; }
[ "$(id -u)" = 0 ] || skip "an image is made by root"
for tool in buildah mmdebstrap; do
  command -v $tool >/dev/null || skip "there is no $tool: ./lab packages --all"
done
unshare --mount --net --pid --fork true 2>/dev/null || skip "no container can be made in this one"

scratch=$(mktemp -d)
TMPDIR=$scratch
export TMPDIR
in_storage() { buildah --root "$scratch/storage" --runroot "$scratch/run" --storage-driver vfs "$@"; }
clean_up() {
  if is_running "${night-}"; then
    kill -KILL "$(first_process "$night")"
    wait "$night" || echo "image_test: its night was ended"
  fi
  in_storage umount --all >/dev/null
  rm -rf "$scratch"
}
trap clean_up EXIT
chmod 755 "$scratch"

# --- building: without a registry, and with CI's build in place of the stage `build`

make_base() {
  local sources=() file container
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources; do
    [ ! -s $file ] || sources+=("$file")
  done
  # Leaves out the same files as the image debian:bookworm-slim.
  mmdebstrap --quiet --variant=minbase --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    bookworm "$scratch/base.tar" "${sources[@]}"
  container=$(in_storage from scratch)
  in_storage add --quiet "$container" "$scratch/base.tar" / >/dev/null
  in_storage commit --quiet --rm "$container" docker.io/library/debian:bookworm-slim >/dev/null
}

make_image() {
  local built=$scratch/built
  "$lab" install "$built/opt/installed"
  mkdir -p "$built/usr/lib/llvm-19/bin"
  cp /usr/lib/llvm-19/bin/llvm-symbolizer "$built/usr/lib/llvm-19/bin"
  sed -n '/^FROM .* AS nightly$/,$p' "$root/Dockerfile" >"$scratch/Dockerfile"
  in_storage bud --quiet --pull-never --isolation chroot --network host --format docker \
    --build-context "build=$built" --file "$scratch/Dockerfile" --tag awlab "$root" >/dev/null
}

# configured FIELD: the image's settings for running it, one per line.
configured() { in_storage inspect --type image --format "{{range .Docker.Config.$1}}{{println .}}{{end}}" awlab | sed '/^$/d'; }

make_base
make_image

# --- running

files=$(in_storage mount "$(in_storage from --pull-never awlab)")
mapfile -t entrypoint < <(configured Entrypoint)
user=$(in_storage inspect --type image --format '{{.Docker.Config.User}}' awlab)
megabytes=$(du -sm "$files" | cut -f 1)
output=$scratch/out
mkdir -m 777 "$output"

# in_container COMMAND...: runs the image's entry point with COMMAND.
in_container() {
  # shellcheck disable=SC2016  # expanded by the inner bash
  unshare --mount --net --pid --fork --kill-child bash -euc '
    files=$1 output=$2 user=$3
    shift 3
    mount --bind "$files" "$files"
    mount --bind "$output" "$files/out"
    mount --rbind /dev "$files/dev"
    mount -t proc proc "$files/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$files/tmp"
    mount -o remount,bind,ro "$files"
    exec env -i PATH="$PATH" chroot "$files" \
      setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set -all "$@"
  ' - "$files" "$output" "$user" "${entrypoint[@]}" "$@"
}

# first_process PID: the first process inside the container of a night whose PID here is given.
first_process() {
  local inside=$1
  until [ "$(sed -n 's/^NSpid:.*\t//p' "/proc/$inside/status")" = 1 ]; do
    # read fails although it has read: the kernel ends the line with a space, not a newline.
    read -r inside _ <"/proc/$inside/task/$inside/children" || [ -n "$inside" ] || fail "no container runs"
  done
  echo "$inside"
}

echo "image_test: the image has $megabytes MB"
((megabytes < 500)) || fail "that is too much"
[ "$user" = lab ] || fail "the image is run by '$user', not by a user without rights"
[ "$(configured Cmd)" = nightly ] || fail "the image does not run a night by itself"
expect 0 "$("$lab" version)" in_container version
expect 1 'no night has begun in out' in_container health
expect_night "$output" in_container nightly --minutes 0.3
expect 0 '*' in_container report validate out/report.json
expect 0 'the night has ended: *' in_container health

rm -rf "${output:?}"/*
begin_night "$output" in_container nightly --minutes 10
expect 0 'the night runs; last heartbeat * s ago' in_container health
first=$(first_process "$night")
[ "$(cat "/proc/$first/comm")" = tini ] || fail "its first process is not tini, which buries orphans"
expect_stop "$output" "$first"
expect 0 '*' in_container report validate out/report.json
echo "image_test: the image runs"
