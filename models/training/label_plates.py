"""Add to a pack the plates that people left out, as a plate detector sees them.

usage: label_plates.py PACK_DIR HYPERLPR.onnx

The teacher is HyperLPR's detector (y5fu, 640 px, Apache-2.0). What it is sure of becomes a plate to learn; what it
doubts an ignore region, so that an unlabelled plate does not punish the network for finding it. Boxes that people drew
stay as they are, and where they found no plate there is none. Rewrites index.npz; a second run finds nothing new.
"""
import argparse
import multiprocessing
import pathlib

import cv2
import numpy as np

from evaluate import suppress
from network import CLASSES, REFUTED
from samples import Pack, overlap

SIDE = 640
PADDING = 114
SURE_SCORE = 0.5
DOUBT_SCORE = 0.15
SAME_PLATE_IOU = 0.2
PLATE = CLASSES.index("plate")


class PlateTeacher:
    """HyperLPR's detector, run by OpenCV."""

    def __init__(self, path):
        self.net = cv2.dnn.readNetFromONNX(str(path))

    def __call__(self, image):
        """Plates of a BGR image as rows of x, y, w, h, score, class index in its own pixels."""
        scale = SIDE / max(image.shape[:2])
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=method)
        canvas = np.full((SIDE, SIDE, 3), PADDING, np.uint8)
        canvas[:small.shape[0], :small.shape[1]] = small[:SIDE, :SIDE]
        self.net.setInput(cv2.dnn.blobFromImage(canvas, 1 / 255, swapRB=True))
        rows = self.net.forward().reshape(-1, 15)
        score = rows[:, 4] * rows[:, 13:15].max(1)
        rows, score = rows[score >= DOUBT_SCORE], score[score >= DOUBT_SCORE]
        boxes = np.column_stack([rows[:, :2] - rows[:, 2:4] / 2, rows[:, 2:4]]) / scale
        found = np.column_stack([boxes, score, np.full(len(score), PLATE)])
        return suppress(found[np.argsort(-score)]) if len(found) else found.reshape(0, 6)


def additions(found, boxes):
    """Rows to add to an image's boxes: x, y, w, h, class, weight."""
    plates = boxes[np.isin(boxes[:, 4], (PLATE, REFUTED + PLATE))]
    new = [row for row in found if not (overlap(row, plates) > SAME_PLATE_IOU).any()]
    return np.float32([[*row[:4], PLATE, float(row[4] >= SURE_SCORE)] for row in new]).reshape(-1, 6)


def begin_worker(pack_dir, teacher):
    global worker_pack, worker_teacher
    cv2.setNumThreads(1)
    worker_pack, worker_teacher = Pack(pack_dir), PlateTeacher(teacher)


def label(number):
    """What to add to one image's boxes; runs in a worker."""
    return additions(worker_teacher(worker_pack.image(number)[0]), worker_pack.boxes(number))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("teacher", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    pack = Pack(options.pack_dir)
    images, all_boxes, first = pack.images.copy(), [], 0
    counts = np.zeros((len(pack.sets), 2), int)
    with multiprocessing.Pool(options.workers, begin_worker, (options.pack_dir, options.teacher)) as workers:
        for number, new in enumerate(workers.imap(label, range(len(pack)), 16)):
            boxes = pack.boxes(number)
            for sure in (0, 1):
                counts[images[number, 0], sure] += int((new[:, 5] == sure).sum())
            all_boxes += [boxes, new]
            images[number, 1:3] = first, len(boxes) + len(new)
            first += len(boxes) + len(new)
    index = options.pack_dir / "index.npz"
    partial = options.pack_dir / "index.partial.npz"
    np.savez(partial, images=images, boxes=np.concatenate(all_boxes), sets=np.array(pack.sets))
    partial.replace(index)
    for name, (doubts, plates) in zip(pack.sets, counts):
        print(f"{name}: {plates} plates, {doubts} doubts added")


if __name__ == "__main__":
    main()
