"""Write a network's operating scores into its weights file, from where `export.py` takes them.

usage: set_scores.py WEIGHTS.pt CLASS START CONTINUE TYPICAL LARGE [CLASS START CONTINUE TYPICAL LARGE ...]

A track begins at START and goes on at CONTINUE; its scores, the mean of all and of the best three, must come to TYPICAL,
and to LARGE for a large object.
"""
import sys

import torch

from network import CLASSES


def main():
    path, rest = (sys.argv[1:2] or [None])[0], sys.argv[2:]
    if not rest or len(rest) % 5:
        raise SystemExit(__doc__)
    scores = {name: four for name, *four in zip(*(rest[at::5] for at in range(5)))}
    for name, four in scores.items():
        start, lower, typical, large = (float(score) for score in four)
        if name not in CLASSES or not (0 < lower <= start <= 1 and lower <= typical <= large <= 1):
            raise SystemExit(f"{name} {' '.join(four)}: give one of {', '.join(CLASSES)}"
                             " and 0 < CONTINUE <= START <= 1, CONTINUE <= TYPICAL <= LARGE <= 1")
    checkpoint = torch.load(path, map_location="cpu")
    checkpoint["facts"]["scores"] = {**checkpoint["facts"].get("scores", {}), **scores}
    torch.save(checkpoint, path)


if __name__ == "__main__":
    main()
