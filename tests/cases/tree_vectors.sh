#!/usr/bin/env bash
# tests/unit/tree_vectors.txt is what the oracle writes.
exec python3 tests/oracle/tree_vectors.py --check
