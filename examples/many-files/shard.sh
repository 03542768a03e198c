#!/bin/sh
# The features of a part of many files, by the command line: part number I of N of a list, as an array job of Slurm or any other
# scheduler has it. The parts, joined in order, are the table of a single run, byte for byte.
#
#   sbatch --array=0-99 shard.sh files.txt results/         # Slurm: one core for each part
#   seq 0 99 | parallel -j 8 PART={} PARTS=100 sh shard.sh files.txt results/    # GNU parallel, also with --sshlogin
#   sh join.sh results/ > features.csv
#
# A part that was ended goes on where it stood when it is started again. Files that fail are in PART.errors.csv, and the status
# is 1.
#SBATCH --cpus-per-task=1
#SBATCH --time=04:00:00
set -eu

list=$1
results=$2
part=${PART:-${SLURM_ARRAY_TASK_ID:?set PART and PARTS, or run it as an array job}}
parts=${PARTS:-${SLURM_ARRAY_TASK_COUNT:?}}
jobs=${SLURM_CPUS_PER_TASK:-1}

mkdir -p "$results"
name=$(printf '%s/%05d' "$results" "$part")
# Lines part·n/parts … (part+1)·n/parts of the list, so that the parts follow each other.
awk -v part="$part" -v parts="$parts" '
    { line[NR] = $0 }
    END {
        from = int(part * NR / parts)
        to = int((part + 1) * NR / parts)
        for (i = from + 1; i <= to; i++) print line[i]
    }' "$list" > "$name.txt"
if [ ! -s "$name.txt" ]; then
    exit 0
fi
exec "${UNDERTONE:-undertone}" extract --jobs "$jobs" --quiet --channel left --files-from "$name.txt" --resume \
    --output "$name.csv" --errors "$name.errors.csv"
