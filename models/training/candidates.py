"""Collect what a detector takes for objects, right or wrong, for the refiner to learn from.

usage: candidates.py PACK_DIR DETECTOR.pt OUT_DIR [--teacher YUNET.onnx] [--views 20000]

Each view is a training crop as `train.py` draws them. Of each, the detector's candidates and the labelled objects,
slightly displaced, are cut out with their surroundings. What people labelled is right; of the rest the opinion of the
teacher, if there is one, counts for faces, and ignore regions count neither way. OUT_DIR gets one `patches-N.u8` and
`facts-N.npy` a worker.
"""
import argparse
import multiprocessing
import pathlib

import cv2
import numpy as np
import torch

from evaluate import decode, load_runner, pad, suppress
from losses import Grid
from network import CLASSES, REFUTED
from refiner import FACTS, PATCH_REACH, PATCH_SIDE, cut_out, square_around
from samples import CropSampler, Degrader, Pack, disguise, overlap
from teacher import YuNetTeacher
from train import has_bfloat16, to_tensor

VIEW_SIDE = 512
# The product's second look at each frame, for what is too large in the first.
SMALL_LOOK = 0.36
LOWEST_SCORE = 0.08
MOST_CANDIDATES_A_CLASS = 20
MOST_OBJECTS = 6
SAME_OBJECT_IOU = 0.45
OTHER_OBJECT_IOU = 0.25
TEACHER_SCORE = 0.15


def look(run, view):
    """Candidates of a view at two scales, as rows of x, y, w, h, score, class."""
    found = []
    for scale in (1.0, SMALL_LOOK):
        side = int(round(VIEW_SIDE * scale))
        image = view if scale == 1.0 else cv2.resize(view, (side, side), interpolation=cv2.INTER_AREA)
        rows = decode(run(pad(image).transpose(2, 0, 1)[None].astype(np.float32)))
        rows[:, :4] /= scale
        found.append(rows)
    rows = np.concatenate(found)
    rows = rows[rows[:, 4] >= LOWEST_SCORE]
    return rows[np.argsort(-rows[:, 4])]


def displaced(rng, box):
    """A labelled object's box as a detector might place it."""
    x, y, w, h = box
    w, h = w * np.exp(rng.normal(0, 0.12)), h * np.exp(rng.normal(0, 0.12))
    return [x + box[2] / 2 - w / 2 + rng.normal(0, 0.08) * w, y + box[3] / 2 - h / 2 + rng.normal(0, 0.08) * h, w, h]


def facts(row, boxes, opinion):
    """What is known of a candidate, in the order that `refiner.py` states."""
    box, score, label = row[:4], row[4], row[5]
    targets, weights, place, place_weight = [0.0, 0.0], [1.0, 1.0], np.zeros(4), 0.0
    left, top, length = square_around(box, PATCH_REACH)
    for at in range(len(CLASSES)):
        mine = boxes[boxes[:, 4] == at]
        shared = overlap(box, mine) if len(mine) else np.zeros(0)
        best = int(shared.argmax()) if len(shared) else -1
        iou = shared[best] if best >= 0 else 0.0
        if iou >= OTHER_OBJECT_IOU:
            known = mine[best, 5] > 0
            targets[at] = 1.0
            weights[at] = float(known) * float(iou >= SAME_OBJECT_IOU)
            # A box that fits badly can be moved to the object it touches.
            if known and iou >= 0.3:
                place, place_weight = (mine[best, :4] - [left, top, 0, 0]) / length, 1.0
        elif inside_ignored(box, mine):
            weights[at] = 0.0
        if at == 0 and len(opinion) and weights[0] and not targets[0] and not is_refuted(box, boxes):
            near = overlap(box, opinion)
            which = int(near.argmax())
            if near[which] >= 0.4:
                targets[0] = float(opinion[which, 4])
                if opinion[which, 4] > 0.6 and not place_weight:
                    place, place_weight = (opinion[which, :4] - [left, top, 0, 0]) / length, 0.5
    return [*targets, *weights, *place, place_weight, score, label, max(box[2], box[3])]


def inside_ignored(box, boxes):
    centre = box[:2] + box[2:4] / 2
    ignored = boxes[boxes[:, 5] == 0]
    return bool(((centre >= ignored[:, :2]) & (centre <= ignored[:, :2] + ignored[:, 2:4])).all(1).any())


def is_refuted(box, boxes):
    """Whether somebody looked and saw no face there."""
    return overlap(box, boxes[boxes[:, 4] == REFUTED]).max(initial=0) >= OTHER_OBJECT_IOU


class Collector:
    """Draws views and cuts candidates out of them."""

    def __init__(self, options, worker):
        torch.set_num_threads(1)
        cv2.setNumThreads(1)
        self.sampler = CropSampler(Pack(options.pack_dir))
        self.degrade = Degrader(options.seed)
        self.run = load_runner(options.detector)
        self.teacher = YuNetTeacher(options.teacher) if options.teacher else None
        self.grid = Grid(VIEW_SIDE)
        self.seed, self.worker, self.narrow = options.seed, worker, has_bfloat16()

    @torch.no_grad()
    def view(self, number):
        """Pairs of a patch and its facts from one view."""
        rng = np.random.default_rng([self.seed, self.worker, number])
        crop, boxes = self.sampler.draw(rng, VIEW_SIDE)
        opinion = self.opinion(crop)
        disguise(rng, crop, boxes)
        view = self.degrade(rng, crop)
        found = look(self.run, view)
        rows = [suppress(found[found[:, 5] == at])[:MOST_CANDIDATES_A_CLASS] for at in range(len(CLASSES))]
        known = boxes[boxes[:, 5] > 0]
        for box in known[rng.permutation(len(known))[:MOST_OBJECTS]]:
            rows.append(np.float32([[*displaced(rng, box[:4]), 0, box[4]]]))
        for row in np.concatenate(rows):
            if min(row[2], row[3]) >= 4:
                yield cut_out(view, row[:4], PATCH_REACH, PATCH_SIDE), facts(row, boxes, opinion)

    def opinion(self, crop):
        """The teacher's faces as rows of x, y, w, h, score, best first."""
        if not self.teacher:
            return np.zeros((0, 5), np.float32)
        with torch.cpu.amp.autocast(enabled=self.narrow):
            seen = self.teacher(to_tensor(crop[None]))[0]
        scores, places = self.grid.flatten(seen)
        rows = torch.cat([places[0], scores[0]], 1)[scores[0, :, 0] > TEACHER_SCORE].numpy()
        rows[:, 2:4] -= rows[:, :2]
        return suppress(rows[np.argsort(-rows[:, 4])])


def collect(job):
    options, worker = job
    collector, table = Collector(options, worker), []
    with open(options.out_dir / f"patches-{worker}.u8", "wb") as file:
        for number in range(options.views // options.workers):
            for patch, known in collector.view(number):
                file.write(np.ascontiguousarray(patch).tobytes())
                table.append(known)
            if number % 500 == 0:
                print(f"worker {worker}: {number} views, {len(table)} candidates", flush=True)
    np.save(options.out_dir / f"facts-{worker}.npy", np.float32(table).reshape(-1, FACTS))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("detector", type=pathlib.Path)
    parser.add_argument("out_dir", type=pathlib.Path)
    parser.add_argument("--teacher", type=pathlib.Path, help="YuNet ONNX file")
    parser.add_argument("--views", type=int, default=20000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out_dir.mkdir(parents=True, exist_ok=True)
    # Spawned, since only a new process takes the settings of memory that `train` makes: five times as fast.
    with multiprocessing.get_context("spawn").Pool(options.workers) as workers:
        workers.map(collect, [(options, worker) for worker in range(options.workers)], 1)


if __name__ == "__main__":
    main()
