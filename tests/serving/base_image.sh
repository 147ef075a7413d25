#!/bin/bash
# A base image where no registry can be reached: Debian by debootstrap, with this machine's Python 3.11 in /usr/local as
# the official image has it. For trying the Dockerfile, not for serving others. As root:
#   tests/serving/base_image.sh PREFIX     (PREFIX/bin/python3.11 with pip; /usr/local where make installed it)
# Prints the digest for: make image ENGINE=podman DIGEST=sha256:…   (docker knows digests of what came from a registry alone)
set -eu
prefix=${1:?give the folder that holds bin/python3.11}
name=docker.io/library/python:3.11-slim-bookworm
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
debootstrap --variant=minbase \
  --include=ca-certificates,netbase,tzdata,libssl3,libffi8,libsqlite3-0,libbz2-1.0,liblzma5,libreadline8,libncursesw6,libuuid1,libexpat1 \
  bookworm "$root" >&2
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n' > "$root/etc/pip.conf"
mkdir -p "$root/usr/local/lib/python3.11/site-packages"
tar -C "$prefix" -c --exclude=site-packages --exclude=__pycache__ --exclude=test lib/python3.11 include bin/python3.11 \
  | tar -C "$root/usr/local" -x
cp -a "$prefix"/lib/libpython3* "$root/usr/local/lib/" 2>/dev/null || true
cp -a "$prefix"/lib/python3.11/site-packages/pip* "$root/usr/local/lib/python3.11/site-packages/"
ln -s python3.11 "$root/usr/local/bin/python3"
ln -s python3.11 "$root/usr/local/bin/python"
printf 'FROM scratch\nCOPY . /\nRUN ldconfig\nENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8\n' \
  | "${ENGINE:-podman}" build --quiet --tag "$name" --file - "$root" >&2
"${ENGINE:-podman}" image inspect --format '{{index .RepoDigests 0}}' "$name" | sed 's/.*@//'
