"""Write the ONNX file of a weights file.

usage: export.py WEIGHTS.pt OUT.onnx
"""
import argparse
import hashlib
import pathlib

import torch

from network import OUTPUT_NAMES, DetectorForExport, load_weights


def export(weights, onnx):
    """Export with a free batch, height and width; returns the file's SHA-256."""
    detector = DetectorForExport(load_weights(weights))
    torch.onnx.export(
        detector, torch.zeros(1, 3, 384, 640), str(onnx), opset_version=13, input_names=["image"],
        output_names=list(OUTPUT_NAMES), dynamic_axes={"image": {0: "n", 2: "h", 3: "w"}})
    return hashlib.sha256(onnx.read_bytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("onnx", type=pathlib.Path)
    options = parser.parse_args()
    print(export(options.weights, options.onnx), options.onnx.name)


if __name__ == "__main__":
    main()
