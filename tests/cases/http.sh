#!/usr/bin/env bash
# Attacks on the HTTP server by raw sockets. ZEREN names the program; tests/unit/http_demo lies beside it. SEED may be set.
# timeout: 280
exec python3 "$(dirname "$0")/http_attacks.py" "$(dirname "$ZEREN")/tests/unit/http_demo" ${SEED:-}
