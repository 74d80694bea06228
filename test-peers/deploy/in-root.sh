#!/usr/bin/env bash
# Runs a command in a root file system without a container engine. Usage: in-root.sh ROOT NODE READ_ONLY SETPRIV -- COMMAND...
# The programs of the machine stand in for those of the base image, read-only, with NODE as its Node; ROOT has the rest.
# READ_ONLY names the folders that stay writable, separated by ":", where all others are not, or is "no". SETPRIV are the
# options of setpriv. To be started by unshare with namespaces for mounts and the network.
set -euo pipefail
root=$1 node=$2 read_only=$3
IFS=' ' read -r -a privileges <<<"$4"
shift 5

mkdir -p "$root"/{usr,usr-local/bin,proc,dev,tmp,etc,run,var/lib}
for name in bin sbin lib lib64; do [ -L "$root/$name" ] || ln -s "usr/$name" "$root/$name"; done
cp /etc/hosts /etc/nsswitch.conf /etc/resolv.conf "$root/etc/" 2>/dev/null || true
printf 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\nnode:x:1000:\n' >"$root/etc/group"
[ -e "$root/etc/ssl" ] || cp -r /etc/ssl "$root/etc/ssl"

mount --bind "$root" "$root"
mount --bind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr"
mount --bind "$root/usr-local" "$root/usr/local"
[ -e "$root/usr/local/bin/node" ] || cp "$node" "$root/usr/local/bin/node"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ "$read_only" != no ]; then
  mount -t tmpfs tmpfs "$root/tmp"
  IFS=: read -r -a writable <<<"$read_only"
  for folder in "${writable[@]}"; do mount --bind "$root$folder" "$root$folder"; done
  mount -o remount,bind,ro "$root"
  mount -o remount,bind,ro "$root/usr/local"
fi
ip link set lo up 2>/dev/null || true
exec chroot "$root" /usr/bin/setpriv "${privileges[@]}" "$@"
