#!/bin/sh
# From a data folder to an ONNX file: run.sh DATA_DIR OUT_DIR [options of train.py]
# Run again after an interruption, it goes on where it stopped. PYTHON names another interpreter, PLATE_TEACHER a
# HyperLPR detector (ONNX) that labels the plates that people left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$1
out=$2
shift 2
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$out"
if [ ! -f "$out/pack/index.npz" ]; then
  "$python" "$here/prepare.py" "$data" "$out/pack"
  if [ -n "${PLATE_TEACHER:-}" ]; then
    "$python" "$here/label_plates.py" "$out/pack" "$PLATE_TEACHER"
  fi
fi
"$python" "$here/train.py" "$out/pack" "$out" "$@"
"$python" "$here/export.py" "$out/weights.pt" "$out/efface.onnx"
