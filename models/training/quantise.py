"""Write a detector with 8-bit convolutions, to measure what that costs and buys.

usage: quantise.py WEIGHTS.pt PACK_DIR OUT.onnx [--crops 64]

Static quantisation in ONNX Runtime's QDQ form: weights symmetric, a scale a channel; each convolution's input with one
scale, from the smallest to the largest value that calibration crops show. Batch normalisation is folded first.
"""
import argparse
import pathlib

import numpy as np
import torch
from torch import nn

from export import write
from network import DetectorForExport, build_from
from samples import CropSampler, Degrader, Pack

SIDE = 512
# Of all values; the rest saturates.
KEPT_SHARE = 0.9999
MOST_SAMPLES = 100_000


class QuantisedConv(nn.Module):
    """A convolution whose input and weights are rounded to 8 bits; watches its input until `freeze`."""

    def __init__(self, conv):
        super().__init__()
        self.conv, self.low, self.high = conv, 0.0, 0.0
        self.frozen = False
        weight = conv.weight.detach()
        scale = weight.abs().amax((1, 2, 3)).clamp(min=1e-8) / 127
        self.register_buffer("weight_scale", scale)
        self.register_buffer("weight_zero", torch.zeros(len(scale), dtype=torch.int32))

    def watch(self, x):
        values = x.reshape(-1)
        values = values[:: max(1, len(values) // MOST_SAMPLES)].sort()[0]
        last = len(values) - 1
        self.low = min(self.low, float(values[int(last * (1 - KEPT_SHARE))]))
        self.high = max(self.high, float(values[int(last * KEPT_SHARE)]))

    def freeze(self):
        self.frozen = True
        self.scale = max(self.high - self.low, 1e-6) / 255
        self.zero = int(round(-self.low / self.scale))

    def forward(self, x):
        if not self.frozen:
            self.watch(x)
            return self.conv(x)
        x = torch.fake_quantize_per_tensor_affine(x, self.scale, self.zero, 0, 255)
        weight = torch.fake_quantize_per_channel_affine(
            self.conv.weight, self.weight_scale, self.weight_zero, 0, -128, 127)
        conv = self.conv
        return nn.functional.conv2d(x, weight, conv.bias, conv.stride, conv.padding, conv.dilation, conv.groups)


def wrap(module):
    """Replace every convolution; returns the new ones."""
    wrapped = []
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Conv2d):
            setattr(module, name, QuantisedConv(child))
            wrapped.append(getattr(module, name))
        else:
            wrapped += wrap(child)
    return wrapped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("onnx", type=pathlib.Path)
    parser.add_argument("--crops", type=int, default=64)
    options = parser.parse_args()
    torch.set_num_threads(1)
    checkpoint = torch.load(options.weights, map_location="cpu")
    detector = DetectorForExport(build_from(checkpoint)).requires_grad_(False)
    convolutions = wrap(detector)
    sampler, degrade = CropSampler(Pack(options.pack_dir)), Degrader(0)
    for seed in range(options.crops):
        rng = np.random.default_rng(seed)
        crop = degrade(rng, sampler.draw(rng, SIDE)[0])
        detector(torch.from_numpy(crop).permute(2, 0, 1)[None].float())
    for convolution in convolutions:
        convolution.freeze()
    print(write(detector, checkpoint, options.onnx), options.onnx.name)


if __name__ == "__main__":
    main()
