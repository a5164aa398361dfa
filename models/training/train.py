"""Train the detector.

usage: train.py PACK_DIR OUT_DIR [--images 2000000 | --minutes 90] [--start WEIGHTS.pt] [--teacher YUNET.onnx]

Resumes by itself when OUT_DIR holds a state.pt of the same settings. Writes state.pt (everything needed to go
on), weights.pt (the averaged weights), log.csv and curve.png. Each worker is one process with one thread: the
processes meet once a step to average their gradients, which is faster than sharing each convolution, and suffers
less when other programs want a core.
"""
import argparse
import csv
import math
import os
import pathlib
import signal
import sys
import tempfile
import time

# Keep freed memory: returning it to the system and faulting it in again costs a tenth of a step.
os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", "4000000000")
os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "8000000000")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2
import numpy as np
import torch
import torch.distributed
import torch.multiprocessing

from losses import Grid, detection_loss
from network import Detector, build_from, load_weights, normalise, save_weights
from samples import CropSampler, Degrader, Pack
from teacher import YuNetTeacher

WARM_UP_STEPS = 60
SMALLEST_STEP_SCALE = 0.01
LARGEST_GRADIENT_NORM = 4.0
AVERAGING = 0.999
LOG_COLUMNS = ("step", "images", "minutes", "progress", "side", "images_per_second", "learning_rate", "score_loss",
               "box_loss")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("out_dir", type=pathlib.Path)
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--images", type=int, help="stop after this many crops (repeatable)")
    budget.add_argument("--minutes", type=float, help="stop after this much time; the schedule follows the clock")
    parser.add_argument("--start", type=pathlib.Path, help="weights to begin from")
    parser.add_argument("--fold", action="store_true", help="train without batch normalisation (with --start)")
    parser.add_argument("--freeze", default="", help="parts to leave as they are, as in stage2,stage4")
    parser.add_argument("--teacher", type=pathlib.Path, help="YuNet ONNX file")
    parser.add_argument("--crops", default="256:0.8,384:1", help="crop side and until which share of the training")
    parser.add_argument("--batch", type=int, default=16, help="crops a worker at the first side; use multiples of 16")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=2e-3,
                        help="highest learning rate; of a folded network, as a share of each tensor's size")
    parser.add_argument("--last-rate", type=float, default=0.02, help="share of it that is left at the end")
    parser.add_argument("--reuse", type=int, default=3, help="times a crop is used, mirrored and degraded anew")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=4)
    options = parser.parse_args()
    if options.images is None and options.minutes is None:
        options.images = 2_000_000
    return options


class Batches:
    """The batch of any step, from the seed alone, so that a resumed run sees what an unbroken one would."""

    def __init__(self, options, rank, teacher):
        self.sampler = CropSampler(Pack(options.pack_dir))
        self.degrade = Degrader(options.seed)
        self.options, self.rank, self.teacher = options, rank, teacher
        self.stored_key = self.stored = None

    def at(self, step, side):
        """Network input, box lists and the teacher's maps (None without a teacher)."""
        turn = step % self.options.reuse
        key = (step // self.options.reuse, side)
        if key != self.stored_key:
            self.stored_key, self.stored = key, self.draw(*key)
        crops, labels, lesson = self.stored
        if turn % 2:
            crops, labels, lesson = mirror_all(crops, labels, lesson, side)
        rng = np.random.default_rng([self.options.seed, self.rank, step, 1])
        pixels = np.stack([self.degrade(rng, crop) for crop in crops])
        return normalise(to_tensor(pixels)), labels, lesson

    def draw(self, number, side):
        rng = np.random.default_rng([self.options.seed, self.rank, number, 0])
        drawn = [self.sampler.draw(rng, side) for _ in range(self.options.batch)]
        crops, labels = [crop for crop, _ in drawn], [boxes for _, boxes in drawn]
        return crops, labels, self.teacher(to_tensor(np.stack(crops))) if self.teacher else None


def to_tensor(pixels):
    """From NHWC bytes to NCHW float32 stored channels last, 0..255."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float()


def mirror_all(crops, labels, lesson, side):
    """The same crops seen in a mirror, with their boxes and the teacher's maps."""
    mirrored = []
    for boxes in labels:
        boxes = boxes.copy()
        boxes[:, 0] = side - boxes[:, 0] - boxes[:, 2]
        mirrored.append(boxes)
    if lesson is not None:
        sign = torch.tensor([-1.0, 1.0, 1.0, 1.0]).reshape(1, 4, 1, 1)
        lesson = [(scores.flip(3), boxes.flip(3) * sign) for scores, boxes in lesson]
    return [np.ascontiguousarray(crop[:, ::-1]) for crop in crops], mirrored, lesson


class GradientExchange:
    """Averages gradients over the workers, and carries a few numbers along."""

    def __init__(self, parameters, workers, extras):
        self.parameters, self.workers, self.extras = parameters, workers, extras
        self.vector = torch.zeros(sum(p.numel() for p in parameters) + extras)

    def __call__(self, numbers):
        """Replace every gradient by the mean; returns the mean of `numbers` over the workers."""
        if self.workers == 1:
            return numbers
        torch.cat([p.grad.reshape(-1) for p in self.parameters] + [torch.tensor(numbers)], out=self.vector)
        torch.distributed.all_reduce(self.vector)
        self.vector /= self.workers
        at = 0
        for p in self.parameters:
            p.grad.copy_(self.vector[at:at + p.numel()].view_as(p))
            at += p.numel()
        return self.vector[at:].tolist()


class MovingAverage:
    """Exponentially averaged weights, which score better than the last ones."""

    def __init__(self, detector):
        self.averaged = build_from({"settings": detector.settings, "folded": detector.folded,
                                    "weights": detector.state_dict()}).eval()
        pairs = zip(self.averaged.state_dict().values(), detector.state_dict().values())
        pairs = [(mean, value) for mean, value in pairs if mean.dtype.is_floating_point]
        self.means, self.values = [mean for mean, _ in pairs], [value for _, value in pairs]

    @torch.no_grad()
    def update(self, step):
        keep = min(AVERAGING, (1 + step) / (10 + step))
        torch._foreach_mul_(self.means, keep)
        torch._foreach_add_(self.means, self.values, alpha=1 - keep)


def crop_side(options, progress):
    for part in options.crops.split(","):
        side, until = part.split(":")
        if progress < float(until):
            break
    return int(side)


def learning_rate(options, progress, step):
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
    share = cosine * (1 - options.last_rate) + options.last_rate
    return options.rate * min(1.0, (step + 1) / WARM_UP_STEPS) * share


def freeze(detector, names):
    """Take whole parts out of training; the first stages cost most and, once trained, change least."""
    for name in filter(None, names.split(",")):
        getattr(detector, name).requires_grad_(False)


def trainable(detector):
    return [p for p in detector.parameters() if p.requires_grad]


def step_scale(detector, parameter):
    """How large this parameter's steps are, as a share of the learning rate.

    Normalisation makes the size of a kernel meaningless. Without it, AdamW's steps of one size for all would
    leave the depthwise kernels (rms 0.6 to 1.2) where they are and shake the laterals (0.01 to 0.04), so a folded
    network's steps are in proportion to the tensor, to a power of two.
    """
    if not detector.folded:
        return 1.0
    size = float(parameter.detach().pow(2).mean().sqrt())
    return 2.0 ** round(math.log2(max(size, SMALLEST_STEP_SCALE)))


def make_optimizer(detector, rate, scales):
    """AdamW; each group remembers its `scale`, which the rate is multiplied with."""
    groups = {}
    for parameter, scale in zip(trainable(detector), scales):
        decay = 0.01 if parameter.ndim > 1 and not detector.folded else 0.0
        groups.setdefault((decay, scale), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": params, "weight_decay": decay, "scale": scale} for (decay, scale), params in groups.items()],
        lr=rate, foreach=True)


def save_atomically(content, path):
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    os.replace(partial, path)


class Journal:
    """log.csv, curve.png and the checkpoints; only the first worker has one."""

    def __init__(self, options):
        self.options, self.path = options, options.out_dir / "log.csv"
        if not self.path.exists():
            self.path.write_text(",".join(LOG_COLUMNS) + "\n")
        self.sums, self.count, self.images, self.since = np.zeros(2), 0, 0, time.time()
        self.saved = time.time()

    def note(self, losses, images):
        self.sums += losses
        self.count += 1
        self.images += images

    def write(self, step, images, minutes, progress, side, rate):
        score, box = self.sums / max(1, self.count)
        speed = self.images / (time.time() - self.since)
        row = (step, images, f"{minutes:.2f}", f"{progress:.4f}", side, f"{speed:.1f}", f"{rate:.6f}", f"{score:.4f}",
               f"{box:.4f}")
        with open(self.path, "a", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
        self.sums, self.count, self.images, self.since = np.zeros(2), 0, 0, time.time()

    def save(self, detector, average, optimizer, facts):
        save_atomically({"weights": detector.state_dict(), "averaged": average.averaged.state_dict(),
                         "settings": detector.settings, "folded": detector.folded,
                         "optimizer": optimizer.state_dict(), **facts}, self.options.out_dir / "state.pt")
        partial = self.options.out_dir / "weights.partial"
        save_weights(average.averaged, partial, images=facts["images"], minutes=facts["minutes"])
        os.replace(partial, self.options.out_dir / "weights.pt")
        self.saved = time.time()
        draw_curve(self.path, self.options.out_dir / "curve.png")


def draw_curve(log, picture):
    """Both losses over the number of crops seen."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    rows = np.genfromtxt(log, delimiter=",", names=True)
    rows = np.atleast_1d(rows)
    if not rows.size:
        return
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for name in ("score_loss", "box_loss"):
        axes.plot(rows["images"] / 1000, rows[name], label=name.replace("_", " "), linewidth=1)
    axes.set_xlabel("thousand crops seen")
    axes.set_ylabel("training loss")
    axes.set_ylim(0, np.percentile(rows["score_loss"], 98) * 1.3 + 0.05)
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, dpi=110)
    pyplot.close(figure)


def begin(options):
    """The detector to train and, when a run is resumed, its state."""
    path = options.out_dir / "state.pt"
    if path.exists():
        state = torch.load(path)
        return build_from(state), state
    torch.manual_seed(options.seed)
    detector = load_weights(options.start) if options.start else Detector()
    if options.fold:
        detector.fold()
    return detector, None


def work(rank, options, meeting):
    """One worker's whole run."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if options.workers > 1:
        torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.workers)
    detector, state = begin(options)
    detector = detector.train().to(memory_format=torch.channels_last)
    average = MovingAverage(detector)
    freeze(detector, options.freeze)
    scales = state["scales"] if state else [step_scale(detector, p) for p in trainable(detector)]
    if len(scales) != len(trainable(detector)):
        raise SystemExit(f"{options.out_dir}/state.pt is of a run with other parts frozen; use another folder")
    optimizer = make_optimizer(detector, options.rate, scales)
    step = images = 0
    minutes = 0.0
    if state:
        average.averaged.load_state_dict(state["averaged"])
        optimizer.load_state_dict(state["optimizer"])
        step, images, minutes = state["step"], state["images"], state["minutes"]
    batches = Batches(options, rank, YuNetTeacher(options.teacher) if options.teacher else None)
    exchange = GradientExchange(trainable(detector), options.workers, 3)
    journal = Journal(options) if rank == 0 else None
    grids, began, minutes_before = {}, time.time(), minutes
    progress = images / options.images if options.images else minutes / options.minutes
    while progress < 1:
        side = crop_side(options, progress)
        grid = grids.setdefault(side, Grid(side))
        rate = learning_rate(options, progress, step)
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        pixels, labels, lesson = batches.at(step, side)
        loss, score_loss, box_loss = detection_loss(grid, detector(pixels), labels, lesson)
        optimizer.zero_grad()
        loss.backward()
        # All workers follow the first one's clock, or they would not stop at the same step.
        clock = minutes_before + (time.time() - began) / 60 if rank == 0 else 0.0
        score_loss, box_loss, clock = exchange([score_loss, box_loss, clock])
        minutes = clock * options.workers
        torch.nn.utils.clip_grad_norm_(trainable(detector), LARGEST_GRADIENT_NORM)
        optimizer.step()
        average.update(step)
        step += 1
        seen = options.batch * options.workers
        images += seen
        progress = images / options.images if options.images else minutes / options.minutes
        if journal:
            journal.note((score_loss, box_loss), seen)
            if step % 50 == 0 or progress >= 1:
                journal.write(step, images, minutes, progress, side, rate)
            if time.time() - journal.saved > 60 * options.save_minutes or progress >= 1:
                journal.save(detector, average, optimizer, {"step": step, "images": images, "minutes": minutes, "scales": scales})


def main():
    options = parse_options()
    options.out_dir.mkdir(parents=True, exist_ok=True)
    # As an exception, so that the workers are stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped; start the same command again to go on"))
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"file://{folder}/meeting"
        if options.workers == 1:
            work(0, options, meeting)
        else:
            torch.multiprocessing.spawn(work, (options, meeting), nprocs=options.workers, daemon=True)


if __name__ == "__main__":
    main()
