"""How many 256 px crops a second one thread learns from: network, forward and backward, nothing else.

usage: step_timing.py [SIZE ...]        (sizes as in network.ARCHITECTURES; default: all)
"""
import os
import sys
import time

os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", "4000000000")
os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "8000000000")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch

from network import ARCHITECTURES, Detector

BATCH, SIDE, ROUNDS = 16, 256, 7


def crops_a_second(size, folded, narrow):
    detector = Detector(**ARCHITECTURES[size]).train().to(memory_format=torch.channels_last)
    if folded:
        detector.fold()
    image = torch.randn(BATCH, 3, SIDE, SIDE).contiguous(memory_format=torch.channels_last)
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        with torch.cpu.amp.autocast(enabled=narrow):
            maps = detector(image)
        sum(part.float().square().mean() for level in maps for part in level).backward()
        seconds.append(time.perf_counter() - began)
    return BATCH / sorted(seconds)[ROUNDS // 2]


def main():
    torch.set_num_threads(1)
    for size in sys.argv[1:] or sorted(ARCHITECTURES):
        for folded in (False, True):
            for narrow in (False, True):
                speed = crops_a_second(size, folded, narrow)
                print(f"{size} {'folded' if folded else 'normalised'} {'bfloat16' if narrow else 'float32'}: {speed:.0f}")


if __name__ == "__main__":
    main()
