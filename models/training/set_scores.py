"""Write a network's operating scores into its weights file, from where `export.py` takes them.

usage: set_scores.py WEIGHTS.pt CLASS START CONTINUE [CLASS START CONTINUE ...]
"""
import sys

import torch

from network import CLASSES


def main():
    path, rest = sys.argv[1], sys.argv[2:]
    scores = {name: (start, lower) for name, start, lower in zip(rest[::3], rest[1::3], rest[2::3])}
    for name, (start, lower) in scores.items():
        if name not in CLASSES or not 0 < float(lower) <= float(start) <= 1:
            raise SystemExit(f"{name} {start} {lower}: give one of {', '.join(CLASSES)} and 0 < CONTINUE <= START <= 1")
    checkpoint = torch.load(path, map_location="cpu")
    checkpoint["facts"]["scores"] = {**checkpoint["facts"].get("scores", {}), **scores}
    torch.save(checkpoint, path)


if __name__ == "__main__":
    main()
