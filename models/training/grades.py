"""Recall by the grades a ground truth carries: occlusion, pose and blur.

usage: grades.py GT.csv DETECTIONS.csv --threshold 0.6 [--min-height 10] [--iou 0.5]

Take the threshold from the scoring program, so that both speak of the same operating point.
"""
import argparse
import collections
import csv
import pathlib

import numpy as np

GRADES = ("occlusion", "pose", "blur")


def read_rows(path):
    images = collections.defaultdict(list)
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            images[row["image"]].append(row)
    return images


def corners(rows):
    boxes = np.array([[float(row[key]) for key in "xywh"] for row in rows]).reshape(-1, 4)
    return np.column_stack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])


def overlaps(first, second):
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = (high - low).clip(0).prod(2)
    return shared / ((first[:, 2:] - first[:, :2]).prod(1)[:, None] + (second[:, 2:] - second[:, :2]).prod(1)[None]
                     - shared + 1e-9)


def found(truth, detections, least_iou):
    """For each true box whether some detection, used once and best scored first, covers it."""
    hit = np.zeros(len(truth), bool)
    if truth and detections:
        for row in overlaps(corners(detections), corners(truth)):
            row = np.where(hit, 0, row)
            best = int(row.argmax())
            hit[best] |= row[best] >= least_iou
    return hit


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth", type=pathlib.Path)
    parser.add_argument("detections", type=pathlib.Path)
    parser.add_argument("--threshold", type=float, required=True)
    parser.add_argument("--min-height", type=float, default=10)
    parser.add_argument("--iou", type=float, default=0.5)
    options = parser.parse_args()
    detections = read_rows(options.detections)
    hits, counts = collections.Counter(), collections.Counter()
    for image, rows in read_rows(options.truth).items():
        rows = [row for row in rows if row["class"] == "face"]
        best_first = sorted(detections[image], key=lambda row: -float(row["score"]))
        chosen = [row for row in best_first
                  if row.get("class") in (None, "", "face") and float(row["score"]) >= options.threshold]
        for row, hit in zip(rows, found(rows, chosen, options.iou)):
            if row["ignore"] == "0" and float(row["h"]) >= options.min_height:
                for grade in GRADES:
                    hits[grade, row[grade]] += int(hit)
                    counts[grade, row[grade]] += 1
    for grade, value in sorted(counts):
        print(f"{grade} {value}: recall {hits[grade, value] / counts[grade, value]:.3f} (n={counts[grade, value]})")


if __name__ == "__main__":
    main()
