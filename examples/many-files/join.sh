#!/bin/sh
# Joins the tables of shard.sh, in order, on standard output: one header, then all rows.
set -eu
awk 'FNR > 1 || NR == 1' "$1"/[0-9][0-9][0-9][0-9][0-9].csv
