#!/bin/bash
# Suggested problems: listed, accepted, dropped; a dropped one leaves the report, a decision can be made anew, and the
# report as known before it is as it was.
source "$(dirname "$0")/kit.bash"
