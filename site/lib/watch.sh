#!/usr/bin/env bash
# Ends and removes the site when a process is gone: watch.sh PID DIR. Started by site/up --with-pid.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# tail polls the process once a second; it may belong to somebody else.
tail --pid="$1" -f /dev/null
exec bash "$here/down" --remove "$2"
