"""Run a detector over a labelled folder and write its detections as CSV (image,x,y,w,h,score,class).

usage: evaluate.py MODEL SET_DIR OUT.csv [--side 960]

MODEL is a weights file of `train.py` or an exported ONNX file (run by OpenCV). Images are used at their full
size, or scaled to `--side` pixels at their longest side, and padded to multiples of 32 with zeros.
"""
import argparse
import csv
import pathlib
import time

import cv2
import numpy as np
import torch

from network import CLASSES, OUTPUT_NAMES, STRIDES, DetectorForExport, load_weights

SMALLEST_SCORE = 0.02
SUPPRESSION_IOU = 0.45
MOST_CANDIDATES = 3000


def load_runner(path):
    """A function from an NCHW float32 array, 0..255 BGR, to the six output arrays in OUTPUT_NAMES' order."""
    if path.suffix == ".onnx":
        net = cv2.dnn.readNetFromONNX(str(path))

        def run(image):
            net.setInput(image)
            return net.forward(OUTPUT_NAMES)
    else:
        detector = DetectorForExport(load_weights(path)).to(memory_format=torch.channels_last)

        @torch.no_grad()
        def run(image):
            source = torch.from_numpy(image).contiguous(memory_format=torch.channels_last)
            return [output.numpy() for output in detector(source)]
    return run


def pad(image):
    """Grow to multiples of 32 at the right and the bottom."""
    height, width = image.shape[:2]
    return cv2.copyMakeBorder(image, 0, -height % 32, 0, -width % 32, cv2.BORDER_CONSTANT, value=(0, 0, 0))


def decode(outputs):
    """All candidates as rows of x, y, w, h, score, class index in input pixels."""
    rows = []
    for level, stride in enumerate(STRIDES):
        scores, boxes = outputs[2 * level][0], outputs[2 * level + 1][0]
        label, y, x = np.nonzero(scores >= SMALLEST_SCORE)
        dx, dy, log_width, log_height = boxes[:, y, x]
        width, height = np.exp(log_width) * stride, np.exp(log_height) * stride
        left, top = (x + 0.5 + dx) * stride - width / 2, (y + 0.5 + dy) * stride - height / 2
        rows.append(np.stack([left, top, width, height, scores[label, y, x], label], 1))
    rows = np.concatenate(rows)
    return rows[np.argsort(-rows[:, 4])][:MOST_CANDIDATES]


def suppress(rows):
    """Greedy suppression; `rows` are of one class, best first."""
    kept = []
    left, top = rows[:, 0], rows[:, 1]
    right, bottom = left + rows[:, 2], top + rows[:, 3]
    area = rows[:, 2] * rows[:, 3]
    alive = np.ones(len(rows), bool)
    for number in range(len(rows)):
        if alive[number]:
            kept.append(number)
            width = (np.minimum(right[number], right) - np.maximum(left[number], left)).clip(0)
            height = (np.minimum(bottom[number], bottom) - np.maximum(top[number], top)).clip(0)
            shared = width * height
            alive &= shared / (area[number] + area - shared + 1e-6) < SUPPRESSION_IOU
    return rows[kept]


def detect(run, image, side=0):
    """Detections of one image as rows of x, y, w, h, score, class index in its own pixels."""
    scale = side / max(image.shape[:2]) if side else 1.0
    if scale != 1.0:
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=method)
    rows = decode(run(pad(image).transpose(2, 0, 1)[None].astype(np.float32)))
    rows = np.concatenate([suppress(rows[rows[:, 5] == label]) for label in range(len(CLASSES))])
    rows[:, :4] /= scale
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("set_dir", type=pathlib.Path)
    parser.add_argument("out_csv", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    run = load_runner(options.model)
    with open(options.set_dir / "gt.csv", newline="") as file:
        names = list(dict.fromkeys(row["image"] for row in csv.DictReader(file)))
    began = time.time()
    with open(options.out_csv, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("image", "x", "y", "w", "h", "score", "class"))
        for name in names:
            for *box, score, label in detect(run, cv2.imread(str(options.set_dir / name)), options.side):
                writer.writerow((name, *(f"{value:.2f}" for value in box), f"{score:.4f}", CLASSES[int(label)]))
    print(f"{len(names)} images, {(time.time() - began) / max(1, len(names)) * 1000:.0f} ms each")


if __name__ == "__main__":
    main()
