#!/bin/sh
# Trains the recipes of one part of docs/experiments.md and prints its table beside the floors that need no learning.
#   docs/experiments.sh A|B|C|D|E FOLDER [SEEDS] [EPOCHS]     or a list of recipe names in quotes in place of the letter
# Runs go to runs/ (or $RUNS); what is there already is gone on with, or passed over when done.
# ETUDE is the command, such as "dotnet run -c Release --project src/Etude.Cli --".
set -e
[ $# -ge 2 ] || { sed -n '2,5s/^# *//p' "$0"; exit 2; }
case $1 in
    A) recipes="note-duration-v1 note-duration-v2 note-duration-v3 note-duration-v4 note-duration-v5 note-duration-v5-better" ;;
    B) recipes="notes-chords notes-chords-better next-note next-note-better seq2seq seq2seq-better seq2seq-focal seq2seq-focal-better" ;;
    C) recipes="lstm4 conv-lstm2 lstm1 conv-gru2 sepconv-lstm2 conv-lstm3 conv-lstm2-batchnorm" ;;
    D) recipes="window-small window-medium window-large" ;;
    E) recipes="autoencoder autoencoder-better autoencoder-dropout autoencoder-dropout-better variational-autoencoder roll-lstm roll-lstm-better" ;;
    *) recipes=$1 ;;
esac
folder=$2 seeds=${3:-1} runs=${RUNS:-runs} etude=${ETUDE:-etude} done=
here=$(dirname "$0")
for recipe in $recipes; do
    seed=1
    while [ "$seed" -le "$seeds" ]; do
        run=$runs/$recipe-seed-$seed
        resume=
        [ -e "$run/state.safetensors" ] && resume=--resume
        # shellcheck disable=SC2086
        $etude train "$here/../recipes/$recipe.json" "$folder" --runs "$runs" --name "$recipe-seed-$seed" --seed "$seed" \
            ${4:+--epochs "$4"} $resume >&2
        done="$done $run"
        seed=$((seed + 1))
    done
done
# shellcheck disable=SC2086
$etude tabulate $done --folder "$folder" --collapse 20
