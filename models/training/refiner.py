"""The refiner: looks at each candidate of a detector up close, says what it is and where exactly.

The second stage of a two-stage detector (Faster R-CNN, arXiv 1506.01497), on pixels instead of features. The exported
network reads `patch`, NCHW float32, 0..255, BGR, 64x64: a square around the candidate, twice as long as its longer
side. It returns `score` [N, 2], sigmoid, a class each, and `place` [N, 4]: the object's centre, in shares of the patch
from its middle, and the logarithms of its width and height in shares of half the patch.
"""
import cv2
import torch
from torch import nn
from torch.nn import functional

from network import CLASSES, ConvUnit, SeparableUnit, fold_units, normalise

SIDE = 64
REACH = 2.0
# What training keeps of each candidate, from which it cuts the input, displaced.
PATCH_SIDE = 80
PATCH_REACH = 2.5
# What training knows of each candidate, by column: for each class what the score should be and how much that counts, the
# box x, y, w, h in shares of the patch and how much that counts, the detector's score and class, the longer side.
TARGETS, WEIGHTS, PLACE, PLACE_WEIGHT, SCORE, LONGER_SIDE, FACTS = slice(0, 2), slice(2, 4), slice(4, 8), 8, 9, 11, 12
# Against learning pictures by heart.
DROPOUT = 0.2
ARCHITECTURE = {"widths": (24, 64, 128, 192), "depths": (3, 4, 3), "hidden": 128}


def square_around(box, reach):
    """Left, top and length, in whole pixels, of the square around a box x, y, w, h, `reach` times its longer side."""
    length = max(2, int(round(reach * max(box[2], box[3]))))
    return int(round(box[0] + box[2] / 2 - length / 2)), int(round(box[1] + box[3] / 2 - length / 2)), length


def cut_out(image, box, reach, side):
    """The square around a box as side x side pixels; beyond the picture's edge the edge is repeated."""
    left, top, length = square_around(box, reach)
    height, width = image.shape[:2]
    x0, y0 = min(max(left, 0), width - 1), min(max(top, 0), height - 1)
    x1, y1 = min(max(left + length, x0 + 1), width), min(max(top + length, y0 + 1), height)
    # In proportion, so that a square far beyond the edge costs no memory.
    step = side / length
    columns, rows = max(1, round((x1 - x0) * step)), max(1, round((y1 - y0) * step))
    method = cv2.INTER_AREA if length > side else cv2.INTER_LINEAR
    small = cv2.resize(image[y0:y1, x0:x1], (min(side, columns), min(side, rows)), interpolation=method)
    before_x, before_y = min(side - small.shape[1], max(0, round((x0 - left) * step))), min(
        side - small.shape[0], max(0, round((y0 - top) * step)))
    return cv2.copyMakeBorder(small, before_y, side - small.shape[0] - before_y, before_x,
                              side - small.shape[1] - before_x, cv2.BORDER_REPLICATE)


class Refiner(nn.Module):
    """Halves the patch four times and decides from all that is left."""

    def __init__(self, widths, depths, hidden):
        super().__init__()
        self.settings = {"widths": tuple(widths), "depths": tuple(depths), "hidden": hidden}
        self.folded = False
        stages = [ConvUnit(3, widths[0]), ConvUnit(widths[0], widths[1])]
        for at, depth in enumerate(depths):
            if at:
                stages += [nn.MaxPool2d(2), SeparableUnit(widths[at], widths[at + 1])]
            stages += [SeparableUnit(widths[at + 1], widths[at + 1], residual=True) for _ in range(depth)]
        self.stages = nn.Sequential(*stages)
        self.squeeze = nn.Conv2d(widths[-1], 48, 1)
        self.forget = nn.Dropout(DROPOUT)
        self.hidden = nn.Linear(48 * (SIDE // 16) ** 2, hidden)
        self.scores = nn.Linear(hidden, len(CLASSES))
        self.places = nn.Linear(hidden, 4)
        for head in (self.scores, self.places):
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)

    def forward(self, patch):
        """From normalised patches to score logits and places."""
        seen = functional.relu(self.squeeze(self.stages(patch))).flatten(1)
        seen = self.forget(functional.relu(self.hidden(self.forget(seen))))
        return self.scores(seen), self.places(seen)

    def fold(self):
        """Merge every batch normalisation into its convolution."""
        if not self.folded:
            fold_units(self)
            self.folded = True
        return self


class RefinerForExport(nn.Module):
    """The refiner with its normalisation and sigmoid inside, as the product runs it."""

    def __init__(self, refiner):
        super().__init__()
        self.refiner = refiner.eval().fold()

    def forward(self, patch):
        scores, places = self.refiner(normalise(patch))
        return torch.sigmoid(scores), places


def build_refiner(checkpoint):
    refiner = Refiner(**checkpoint["settings"])
    if checkpoint["folded"]:
        refiner.fold()
    refiner.load_state_dict(checkpoint["weights"])
    return refiner
