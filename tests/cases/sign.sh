#!/bin/bash
# Signing in, in a real server: first run, second factor, step-up, sessions, forged forms; sign_pages.py.
source "$(dirname "$0")/kit.bash"
export ZEREN_PASSWORD_COST=low
data=$tmp/data
"$zeren" init "$data" --org "$example/org.json" --scheme "$example/scheme.yaml" >/dev/null || exit 1
exec python3 "$(dirname "$0")/sign_pages.py" "$zeren" "$data"
