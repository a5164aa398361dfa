"""Write the ONNX file of a weights file, the same bytes from the same weights.

usage: export.py WEIGHTS.pt OUT.onnx

The operating scores that `set_scores.py` put into the weights go into the model's metadata, where the program reads
them: `efface.CLASS.start` begins a track, `efface.CLASS.continue` continues one, a track's scores must come to
`efface.CLASS.typical`, a large object's to `efface.CLASS.large`.
"""
import argparse
import hashlib
import pathlib

import torch

from network import OUTPUT_NAMES, DetectorForExport, build_from
from refiner import SIDE, RefinerForExport, build_refiner

SCORES = ("start", "continue", "typical", "large")


def varint(value):
    """A protocol buffer's variable-length integer."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(field, value):
    """A string field."""
    data = value.encode()
    return varint(field << 3 | 2) + varint(len(data)) + data


def entry(key, value):
    """One StringStringEntryProto, which a serialised ModelProto may simply be followed by (field 14, repeated)."""
    body = text(1, key) + text(2, value)
    return varint(14 << 3 | 2) + varint(len(body)) + body


def export(weights, onnx):
    """Export a detector with a free batch, height and width, or a refiner; returns the file's SHA-256."""
    checkpoint = torch.load(weights, map_location="cpu")
    if "hidden" in checkpoint["settings"]:
        return write_refiner(RefinerForExport(build_refiner(checkpoint)), onnx)
    return write(DetectorForExport(build_from(checkpoint)), checkpoint, onnx)


def write_refiner(refiner, onnx):
    """Write a refiner with a free batch; returns the file's SHA-256."""
    torch.onnx.export(
        refiner, torch.zeros(2, 3, SIDE, SIDE), str(onnx), opset_version=13, input_names=["patch"],
        output_names=["score", "place"], dynamic_axes={name: {0: "n"} for name in ("patch", "score", "place")})
    return hashlib.sha256(onnx.read_bytes()).hexdigest()


def write(detector, checkpoint, onnx):
    """Write a detector, with a checkpoint's operating scores; returns the file's SHA-256."""
    torch.onnx.export(
        detector, torch.zeros(1, 3, 384, 640), str(onnx), opset_version=13,
        input_names=["image"], output_names=list(OUTPUT_NAMES), dynamic_axes={"image": {0: "n", 2: "h", 3: "w"}})
    with open(onnx, "ab") as file:
        for name, scores in sorted(checkpoint["facts"].get("scores", {}).items()):
            for kind, score in zip(SCORES, scores):
                file.write(entry(f"efface.{name}.{kind}", score))
    return hashlib.sha256(onnx.read_bytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("onnx", type=pathlib.Path)
    options = parser.parse_args()
    print(export(options.weights, options.onnx), options.onnx.name)


if __name__ == "__main__":
    main()
