#!/usr/bin/env bash
# Whole tasks beside PyTorch and mido, in turns, in one run; one tab-separated line a task: title, ours, peer's, ratio.
#   bench/compare.sh [--rounds N] [--midi FOLDER] [gemm] [lstm-train] [lstm-generate] [transformer-train]
#                    [transformer-generate] [transformer-generate-int8] [midi-parse]
# To keep the results: bench/compare.sh | tee bench/results/<cpu>/compare.tsv
# Needs Debian's python3-torch with libopenblas0-pthread, and python3-mido (ETUDE_PYTHON names another interpreter).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
data=${ETUDE_SHARED:-$root/../shared}/data
midi=()
[ -d "$data" ] && midi=(--midi "$data")
dotnet build -c Release --nologo -v quiet "$root/bench/Etude.Benchmarks" >&2
exec "$root/artifacts/bin/Etude.Benchmarks/release/Etude.Benchmarks" compare "${midi[@]}" "$@"
