"""Train the refiner on what `candidates.py` collected.

usage: train_refiner.py CANDIDATES_DIR OUT_DIR (--minutes N | --images N) [--start WEIGHTS.pt] [options]

OUT_DIR gets log.csv, curve.png, weights.pt (averaged weights) and state.pt, from which the same command goes on.
"""
import argparse
import csv
import math
import pathlib
import time

import cv2
import numpy as np
import torch
from torch.nn import functional

from losses import box_loss
from network import normalise
from refiner import (ARCHITECTURE, LONGER_SIDE, PATCH_REACH, PATCH_SIDE, PLACE, PLACE_WEIGHT, REACH, SCORE, SIDE,
                     TARGETS, WEIGHTS, Refiner, build_refiner)
from samples import pixel_map, smear
from train import (LARGEST_GRADIENT_NORM, GradientExchange, MovingAverage, draw_curve, has_bfloat16, learning_rate,
                   run_workers, save_atomically, to_tensor)

# Of easy background there is plenty: how often a candidate is drawn grows with what the detector thought of it.
LEAST_SHARE = 0.2
# Large objects are few in a view, and missing one is worst.
LARGE_SIDE, LARGE_SHARE = 64, 1.6
COVER_PROBABILITY = 0.2
TURN_PROBABILITY = 0.1
GREY_PROBABILITY = 0.1
COARSE_PROBABILITY = 0.15
SMEAR_PROBABILITY = 0.15
LOSSES = ("score_loss", "box_loss")
LOG_COLUMNS = ("step", "images", "minutes", "images_a_second", "rate", *LOSSES)


class Candidates:
    """What the workers of `candidates.py` wrote, as one."""

    def __init__(self, folder):
        self.parts, self.facts = [], []
        for path in sorted(folder.glob("facts-*.npy")):
            facts = np.load(path)
            pixels = np.memmap(folder / path.name.replace("facts", "patches").replace(".npy", ".u8"), np.uint8, "r")
            self.parts.append(pixels.reshape(-1, PATCH_SIDE, PATCH_SIDE, 3))
            self.facts.append(facts)
        if not self.parts:
            raise SystemExit(f"{folder}: no candidates; run candidates.py first")
        self.ends = np.cumsum([len(facts) for facts in self.facts])
        self.facts = np.concatenate(self.facts)
        wanted = np.maximum(self.facts[:, TARGETS].max(1), LEAST_SHARE + self.facts[:, SCORE])
        wanted = wanted * np.where(self.facts[:, LONGER_SIDE] >= LARGE_SIDE, LARGE_SHARE, 1)
        self.cumulative = np.cumsum(wanted * (self.facts[:, WEIGHTS].max(1) > 0))

    def draw(self, rng):
        """A patch and its facts."""
        number = int(np.searchsorted(self.cumulative, rng.random() * self.cumulative[-1]).clip(0, len(self.facts) - 1))
        part = int(np.searchsorted(self.ends, number, side="right"))
        first = self.ends[part - 1] if part else 0
        return self.parts[part][number - first], self.facts[number]


def vary(rng, patch, place):
    """The network's input from a patch, as another camera would show it, and the box in it."""
    crop, box = displace(rng, patch, place)
    if rng.random() < COVER_PROBABILITY:
        cover(rng, crop)
    return colour(rng, crop), box


def displace(rng, patch, place):
    """The network's input from a patch, displaced as other detections of the object would be, and the box in it."""
    zoom = SIDE / PATCH_SIDE * PATCH_REACH / REACH * math.exp(rng.normal(0, 0.1))
    shift = rng.normal(0, 0.03, 2) * SIDE
    tilt = rng.normal(0, 0.1)
    turned = zoom * np.float64([[math.cos(tilt), -math.sin(tilt)], [math.sin(tilt), math.cos(tilt)]])
    if rng.random() < 0.5:
        turned[0] = -turned[0]
    offset = SIDE / 2 + shift - turned @ np.float64([PATCH_SIDE / 2, PATCH_SIDE / 2])
    crop = cv2.warpAffine(patch, pixel_map(turned, offset), (SIDE, SIDE), flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_REPLICATE)
    centre = turned @ ((place[:2] + place[2:4] / 2) * PATCH_SIDE) + offset
    size = place[2:4] * PATCH_SIDE * zoom
    if rng.random() < TURN_PROBABILITY:
        crop, centre, size = turn(rng, crop, centre, size)
    return crop, [*(centre - size / 2), *(centre + size / 2)]


def turn(rng, crop, centre, size):
    """One to three quarter turns: a camera on its side, a head upside down."""
    for _ in range(rng.integers(1, 4)):
        crop = np.ascontiguousarray(np.rot90(crop))
        centre, size = np.float64([centre[1], SIDE - centre[0]]), size[::-1]
    return crop, centre, size


def colour(rng, crop):
    """Other light and another camera, which may be moving."""
    if rng.random() < COARSE_PROBABILITY:
        side = int(rng.integers(20, 56))
        crop = cv2.resize(cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA), (SIDE, SIDE))
    if rng.random() < GREY_PROBABILITY:
        crop = np.repeat(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)[:, :, None], 3, 2)
    if rng.random() < SMEAR_PROBABILITY:
        length = 2 * int(rng.integers(1, 5)) + 1
        crop = smear(crop, length, 0 if rng.random() < 0.7 else math.pi / 2)
    gain, bias, power = rng.uniform(0.5, 1.3) * rng.uniform(0.9, 1.1, 3), rng.uniform(-20, 20), rng.uniform(0.8, 1.25)
    levels = 255 * np.linspace(0, 1, 256)[:, None] ** power * gain + bias
    return cv2.LUT(crop, levels.clip(0, 255).astype(np.uint8)[None])


def cover(rng, crop):
    """Hide a piece of the patch, in place: part of the object at most."""
    across, down = rng.integers(6, SIDE // 3, 2)
    x, y = int(rng.integers(SIDE - across)), int(rng.integers(SIDE - down))
    crop[y:y + down, x:x + across] = rng.integers(0, 256, 3)


def batch(candidates, rng, count):
    """Network input and what it should say of it, as tensors."""
    crops, facts, boxes = [], [], []
    for _ in range(count):
        patch, known = candidates.draw(rng)
        crop, box = vary(rng, patch, known[PLACE])
        crops.append(crop)
        facts.append(known)
        boxes.append(box)
    facts = torch.from_numpy(np.float32(facts))
    return normalise(to_tensor(np.stack(crops))), facts, torch.tensor(boxes, dtype=torch.float32)


def corners(places):
    """From the network's places to left, top, right and bottom in pixels of the patch."""
    centre = (places[:, :2] + 0.5) * SIDE
    half = torch.exp(places[:, 2:].clamp(-3, 3)) * SIDE / 4
    return torch.cat([centre - half, centre + half], 1)


def losses(scores, places, facts, boxes):
    weights = facts[:, WEIGHTS]
    score = functional.binary_cross_entropy_with_logits(scores, facts[:, TARGETS], reduction="none")
    score = (score * weights).sum() / weights.sum().clamp(min=1)
    trust = facts[:, PLACE_WEIGHT]
    placed = trust > 0
    place = scores.sum() * 0
    if placed.any():
        place = (box_loss(corners(places[placed]), boxes[placed]) * trust[placed]).sum() / trust[placed].sum()
    return score, place


def work(rank, options, meeting):
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if options.workers > 1:
        torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.workers)
    torch.manual_seed(options.seed)
    state_path = options.out_dir / "state.pt"
    state = torch.load(state_path) if state_path.exists() else None
    begin = state or (torch.load(options.start) if options.start else None)
    refiner = build_refiner(begin) if begin else Refiner(**ARCHITECTURE)
    refiner = refiner.train().to(memory_format=torch.channels_last)
    average = MovingAverage(refiner)
    parameters = list(refiner.parameters())
    optimizer = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=options.decay, foreach=True)
    position = {"step": 0, "images": 0, "minutes": 0.0}
    if state:
        average.averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        position = {key: state[key] for key in position}
    exchange, candidates = GradientExchange(parameters, options.workers), Candidates(options.candidates_dir)
    narrow = has_bfloat16()
    began, before, sums, noted_step = time.time(), position["minutes"], [], position["step"]
    noted = saved = time.time()
    while progress(options, position) < 1:
        rate = learning_rate(options, progress(options, position), position["step"])
        for group in optimizer.param_groups:
            group["lr"] = rate
        rng = np.random.default_rng([options.seed, rank, position["step"]])
        pixels, facts, boxes = batch(candidates, rng, options.batch)
        with torch.cpu.amp.autocast(enabled=narrow):
            scores, places = refiner(pixels)
        score_loss, place_loss = losses(scores.float(), places.float(), facts, boxes)
        optimizer.zero_grad(set_to_none=True)
        (score_loss + place_loss).backward()
        clock = before + (time.time() - began) / 60 if rank == 0 else 0.0
        *parts, clock = exchange([float(score_loss.detach()), float(place_loss.detach()), clock])
        torch.nn.utils.clip_grad_norm_(parameters, LARGEST_GRADIENT_NORM)
        optimizer.step()
        average.update(position["step"])
        sums.append(parts)
        position = {"step": position["step"] + 1, "images": position["images"] + options.batch * options.workers,
                    "minutes": clock * options.workers}
        if rank == 0:
            done = progress(options, position) >= 1
            if position["step"] % 100 == 0 or done:
                seen = (position["step"] - noted_step) * options.batch * options.workers
                note(options, position, seen / (time.time() - noted), rate, sums)
                noted, noted_step, sums = time.time(), position["step"], []
            if time.time() - saved > 60 * options.save_minutes or done:
                save(options, refiner, average, optimizer, position)
                saved = time.time()


def progress(options, position):
    return position["images"] / options.images if options.images else position["minutes"] / options.minutes


def note(options, position, speed, rate, sums):
    path = options.out_dir / "log.csv"
    fresh = not path.exists()
    with open(path, "a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(LOG_COLUMNS)
        writer.writerow((position["step"], position["images"], f"{position['minutes']:.2f}", f"{speed:.0f}",
                         f"{rate:.6f}", *(f"{value:.4f}" for value in np.mean(sums, 0))))


def save(options, refiner, average, optimizer, position):
    common = {"settings": refiner.settings, "folded": refiner.folded}
    save_atomically({**common, "weights": refiner.state_dict(), "averaged": average.averaged.state_dict(),
                     "optimizer": optimizer.state_dict(), **position}, options.out_dir / "state.pt")
    save_atomically({**common, "weights": average.averaged.state_dict(), "facts": position},
                    options.out_dir / "weights.pt")
    draw_curve(options.out_dir / "log.csv", options.out_dir / "curve.png", LOSSES)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("candidates_dir", type=pathlib.Path)
    parser.add_argument("out_dir", type=pathlib.Path)
    budget = parser.add_mutually_exclusive_group(required=True)
    budget.add_argument("--images", type=int, help="stop after this many patches (repeatable)")
    budget.add_argument("--minutes", type=float, help="stop after this much time; the schedule follows the clock")
    parser.add_argument("--start", type=pathlib.Path, help="weights of an earlier run to begin from")
    parser.add_argument("--batch", type=int, default=96, help="patches a worker")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--last-rate", type=float, default=0.01)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=3)
    run_workers(work, parser.parse_args())


if __name__ == "__main__":
    main()
