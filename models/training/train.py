"""Train the detector.

usage: train.py PACK_DIR OUT_DIR [--images 2000000 | --minutes 90] [--start WEIGHTS.pt] [--teacher YUNET.onnx]

Resumes by itself when OUT_DIR holds a state.pt of the same settings. Writes state.pt (everything needed to go
on), weights.pt (the averaged weights), log.csv and curve.png. Each worker is one process with one thread: the
processes meet once a step to average their gradients, which is faster than sharing each convolution, and suffers
less when other programs want a core.
"""
import argparse
import copy
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

from distil import FeatureLoss
from grow import grow
from losses import Grid, detection_loss
from network import ARCHITECTURES, Detector, build_from, load_weights, normalise, save_weights
from samples import CropSampler, Degrader, Pack, disguise
from teacher import YuNetTeacher

WARM_UP_STEPS = 60
SMALLEST_STEP_SCALE = 0.01
LARGEST_GRADIENT_NORM = 4.0
AVERAGING = 0.999
LOSSES = ("score_loss", "box_loss", "feature_loss")
LOG_COLUMNS = ("step", "images", "minutes", "progress", "images_per_second", "learning_rate", *LOSSES)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("out_dir", type=pathlib.Path)
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--images", type=int, help="stop after this many crops (repeatable)")
    budget.add_argument("--minutes", type=float, help="stop after this much time; the schedule follows the clock")
    parser.add_argument("--size", choices=sorted(ARCHITECTURES), default="n", help="which network")
    parser.add_argument("--start", type=pathlib.Path, help="weights to begin from; those of a smaller network grow")
    parser.add_argument("--fold", action="store_true", help="train without batch normalisation (with --start)")
    parser.add_argument("--freeze", default="", help="parts to leave as they are, as in stage2,stage4")
    parser.add_argument("--teacher", type=pathlib.Path, help="YuNet ONNX file")
    parser.add_argument("--sides", type=lambda text: [int(part) for part in text.split(",")], default=[256, 512],
                        help="crop sides, in turn")
    parser.add_argument("--batch", type=int, default=16, help="crops a worker at the smallest side")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rate", type=float, default=2e-3,
                        help="highest learning rate; of a folded network, as a share of each tensor's size")
    parser.add_argument("--last-rate", type=float, default=0.02, help="share of it that is left at the end")
    parser.add_argument("--reuse", type=int, default=3, help="times a crop is used, degraded anew")
    parser.add_argument("--imitate", type=float, default=0.5,
                        help="share of the run that features imitate the teacher's, less and less: that shows where to"
                        " go, and then leaves the features no room for plates")
    parser.add_argument("--precision", choices=("auto", "bfloat16", "float32"), default="auto",
                        help="auto: bfloat16 where the processor multiplies it itself")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=4)
    options = parser.parse_args()
    if options.images is None and options.minutes is None:
        options.images = 2_000_000
    return options


class Batches:
    """The batch of any step, from the seed alone, so that a resumed run sees what an unbroken one would."""

    def __init__(self, options, rank, teacher, narrow):
        self.narrow = narrow
        self.sampler = CropSampler(Pack(options.pack_dir))
        self.degrade = Degrader(options.seed)
        self.options, self.rank, self.teacher = options, rank, teacher
        self.stored_key = self.stored = None

    def at(self, step):
        """Network input, box lists, what the teacher says (None without one), and the crops' side."""
        number = step // self.options.reuse
        side = self.options.sides[number % len(self.options.sides)]
        if number != self.stored_key:
            self.stored_key, self.stored = number, self.draw(number, side)
        crops, labels, lesson = self.stored
        rng = np.random.default_rng([self.options.seed, self.rank, step, 1])
        pixels = np.stack([self.degrade(rng, crop) for crop in crops])
        return normalise(to_tensor(pixels)), labels, lesson, side

    def draw(self, number, side):
        rng = np.random.default_rng([self.options.seed, self.rank, number, 0])
        count = max(1, self.options.batch * min(self.options.sides) ** 2 // side ** 2)
        drawn = [self.sampler.draw(rng, side) for _ in range(count)]
        crops, labels = [crop for crop, _ in drawn], [boxes for _, boxes in drawn]
        lesson = None
        if self.teacher:
            with torch.cpu.amp.autocast(enabled=self.narrow):
                lesson = self.teacher(to_tensor(np.stack(crops)))
        for crop, boxes in drawn:
            disguise(rng, crop, boxes)
        return crops, labels, lesson


def to_tensor(pixels):
    """From NHWC bytes to NCHW float32 stored channels last, 0..255."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float()


class GradientExchange:
    """Averages gradients over the workers, and carries a few numbers along."""

    def __init__(self, parameters, workers):
        self.parameters, self.workers = parameters, workers

    def __call__(self, numbers):
        """Replace every gradient by the mean; returns the mean of `numbers` over the workers."""
        if self.workers == 1:
            return numbers
        used = [p for p in self.parameters if p.grad is not None]
        vector = torch.cat([p.grad.reshape(-1) for p in used] + [torch.tensor(numbers)])
        torch.distributed.all_reduce(vector)
        vector /= self.workers
        at = 0
        for p in used:
            p.grad.copy_(vector[at:at + p.numel()].view_as(p))
            at += p.numel()
        return vector[at:].tolist()


def has_bfloat16():
    """Whether the processor multiplies bfloat16 itself; elsewhere it is slower than float32."""
    try:
        return any(flag in pathlib.Path("/proc/cpuinfo").read_text() for flag in ("avx512_bf16", "amx_bf16"))
    except OSError:
        return False


class MovingAverage:
    """Exponentially averaged weights, which score better than the last ones."""

    def __init__(self, detector):
        self.averaged = copy.deepcopy(detector).eval()
        pairs = zip(self.averaged.state_dict().values(), detector.state_dict().values())
        pairs = [(mean, value) for mean, value in pairs if mean.dtype.is_floating_point]
        self.means, self.values = [mean for mean, _ in pairs], [value for _, value in pairs]

    @torch.no_grad()
    def update(self, step):
        keep = min(AVERAGING, (1 + step) / (10 + step))
        torch._foreach_mul_(self.means, keep)
        torch._foreach_add_(self.means, self.values, alpha=1 - keep)


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
    network's steps are in proportion to the tensor, to a power of two. Kernels that begin at zero count as what
    they will become.
    """
    if not detector.folded:
        return 1.0
    size = float(parameter.detach().pow(2).mean().sqrt())
    if size == 0 and parameter.ndim > 1:
        size = 0.5 / math.sqrt(parameter[0].numel())
    return 2.0 ** round(math.log2(max(size, SMALLEST_STEP_SCALE)))


def make_optimizer(parameters, rate, scales, folded):
    """AdamW; each group remembers its `scale`, which the rate is multiplied with."""
    groups = {}
    for parameter, scale in zip(parameters, scales):
        decay = 0.01 if parameter.ndim > 1 and not folded else 0.0
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
        self.sums, self.count, self.images, self.since = np.zeros(len(LOSSES)), 0, 0, time.time()
        self.saved = time.time()

    def note(self, losses, images):
        self.sums += losses
        self.count += 1
        self.images += images

    def write(self, step, images, minutes, progress, rate):
        speed = self.images / (time.time() - self.since)
        row = (step, images, f"{minutes:.2f}", f"{progress:.4f}", f"{speed:.1f}", f"{rate:.6f}",
               *(f"{value:.4f}" for value in self.sums / max(1, self.count)))
        with open(self.path, "a", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
        self.sums, self.count, self.images, self.since = np.zeros(len(LOSSES)), 0, 0, time.time()

    def save(self, detector, feature_loss, average, optimizer, facts):
        save_atomically({"weights": detector.state_dict(), "averaged": average.averaged.state_dict(),
                         "settings": detector.settings, "folded": detector.folded,
                         "adapters": feature_loss.state_dict(),
                         "optimizer": optimizer.state_dict(), **facts}, self.options.out_dir / "state.pt")
        partial = self.options.out_dir / "weights.partial"
        save_weights(average.averaged, partial, images=facts["images"], minutes=facts["minutes"])
        os.replace(partial, self.options.out_dir / "weights.pt")
        self.saved = time.time()
        draw_curve(self.path, self.options.out_dir / "curve.png", LOSSES)


def draw_curve(log, picture, losses):
    """The losses, columns of the log, over the number of crops seen."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    rows = np.genfromtxt(log, delimiter=",", names=True)
    rows = np.atleast_1d(rows)
    if not rows.size:
        return
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for name in losses:
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
    settings = ARCHITECTURES[options.size]
    detector = load_weights(options.start) if options.start else Detector(**settings)
    if options.fold:
        detector.fold()
    if detector.settings != settings:
        detector = grow(detector.fold(), settings)
    return detector, None


class Learner:
    """One worker's networks, optimizer and position in the run."""

    def __init__(self, options):
        self.options = options
        detector, state = begin(options)
        self.detector = detector.train().to(memory_format=torch.channels_last)
        self.feature_loss = FeatureLoss(detector.feature_widths())
        self.average = MovingAverage(self.detector)
        freeze(self.detector, options.freeze)
        parameters = trainable(self.detector)
        scales = [step_scale(self.detector, p) for p in parameters]
        self.position = {"step": 0, "images": 0, "minutes": 0.0, "scales": scales}
        if options.teacher:
            parameters = parameters + list(self.feature_loss.parameters())
            scales = scales + [1.0] * len(list(self.feature_loss.parameters()))
        self.parameters = parameters
        if state:
            if len(state["scales"]) != len(self.position["scales"]):
                raise SystemExit(f"{options.out_dir}/state.pt is of a run with other parts frozen; use another folder")
            self.position = {key: state[key] for key in self.position}
            scales = self.position["scales"] + scales[len(self.position["scales"]):]
        self.optimizer = make_optimizer(parameters, options.rate, scales, self.detector.folded)
        if state:
            self.average.averaged.load_state_dict(state["averaged"])
            self.feature_loss.load_state_dict(state["adapters"])
            self.optimizer.load_state_dict(state["optimizer"])
        self.narrow = options.precision == "bfloat16" or (options.precision == "auto" and has_bfloat16())

    def progress(self):
        options, position = self.options, self.position
        return position["images"] / options.images if options.images else position["minutes"] / options.minutes

    def set_rate(self):
        rate = learning_rate(self.options, self.progress(), self.position["step"])
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["scale"]
        return rate

    def imitation_weight(self):
        return max(0.0, 1 - self.progress() / self.options.imitate) if self.options.imitate else 0.0

    def loss(self, grid, pixels, labels, lesson):
        """The loss to follow and its parts for the log."""
        weight = self.imitation_weight() if lesson else 0.0
        with torch.cpu.amp.autocast(enabled=self.narrow):
            maps, features = self.detector.with_features(pixels)
            imitation = self.feature_loss(features, lesson) if weight else torch.zeros(())
        maps = [(scores.float(), boxes.float()) for scores, boxes in maps]
        loss, score_loss, box_loss = detection_loss(grid, maps, labels, lesson[0] if lesson else None)
        return loss + weight * imitation, [score_loss, box_loss, float(imitation)]

    def apply_gradients(self):
        torch.nn.utils.clip_grad_norm_(self.parameters, LARGEST_GRADIENT_NORM)
        self.optimizer.step()
        self.average.update(self.position["step"])


def work(rank, options, meeting):
    """One worker's whole run."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    if options.workers > 1:
        torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=options.workers)
    learner = Learner(options)
    position = learner.position
    teacher = YuNetTeacher(options.teacher) if options.teacher else None
    batches = Batches(options, rank, teacher, learner.narrow)
    exchange = GradientExchange(learner.parameters, options.workers)
    journal = Journal(options) if rank == 0 else None
    grids, began, minutes_before = {}, time.time(), position["minutes"]
    while learner.progress() < 1:
        rate = learner.set_rate()
        pixels, labels, lesson, side = batches.at(position["step"])
        loss, parts = learner.loss(grids.setdefault(side, Grid(side)), pixels, labels, lesson)
        learner.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        # All workers follow the first one's clock, or they would not stop at the same step.
        clock = minutes_before + (time.time() - began) / 60 if rank == 0 else 0.0
        *parts, clock = exchange([*parts, clock])
        learner.apply_gradients()
        seen = len(labels) * options.workers
        position.update(
            step=position["step"] + 1, images=position["images"] + seen, minutes=clock * options.workers)
        if journal:
            done = learner.progress() >= 1
            journal.note(parts, seen)
            if position["step"] % 50 == 0 or done:
                journal.write(position["step"], position["images"], position["minutes"], learner.progress(), rate)
            if time.time() - journal.saved > 60 * options.save_minutes or done:
                journal.save(learner.detector, learner.feature_loss, learner.average, learner.optimizer, position)


def run_workers(work, options):
    """Call work(rank, options, meeting) in as many processes as the options say; until all are done."""
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
    run_workers(work, parse_options())
