#!/usr/bin/env bash
# Installs what the tests need beyond Go, Node, make, git and gcc: Chromium, CJK fonts and PostgreSQL, from Debian, when missing.
set -euo pipefail
want=()   # fc-list is read to its end: under pipefail a grep that stops early would look like a missing font
[ -x /usr/bin/chromium ] || want+=(chromium)
[ "$(fc-list 2>/dev/null | grep -ci 'Noto Serif CJK')" != 0 ] || want+=(fonts-noto-cjk fontconfig)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want+=(postgresql)
[ ${#want[@]} -eq 0 ] && exit 0
echo "installing ${want[*]}" >&2
sudo=(); [ "$(id -u)" = 0 ] || sudo=(sudo)
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq >&2
"${sudo[@]}" apt-get install -y -qq --no-install-recommends "${want[@]}" >&2
