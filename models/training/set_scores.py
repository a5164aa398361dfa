"""Write a network's operating scores into its weights file, from where `export.py` takes them.

usage: set_scores.py WEIGHTS.pt CLASS START CONTINUE LARGE [CLASS START CONTINUE LARGE ...]

A track begins at START and goes on at CONTINUE; of a large object, a quarter of the detections must have LARGE.
"""
import sys

import torch

from network import CLASSES


def main():
    path, rest = sys.argv[1], sys.argv[2:]
    scores = {name: three for name, *three in zip(rest[::4], rest[1::4], rest[2::4], rest[3::4])}
    for name, three in scores.items():
        start, lower, large = (float(score) for score in three)
        if name not in CLASSES or not (0 < lower <= start <= 1 and lower <= large <= 1):
            raise SystemExit(f"{name} {' '.join(three)}: give one of {', '.join(CLASSES)}"
                             " and 0 < CONTINUE <= START, LARGE <= 1")
    checkpoint = torch.load(path, map_location="cpu")
    checkpoint["facts"]["scores"] = {**checkpoint["facts"].get("scores", {}), **scores}
    torch.save(checkpoint, path)


if __name__ == "__main__":
    main()
