"""Feature distillation: the student's features, through a 1x1 convolution each, imitate the teacher's.

As FitNets (arXiv 1412.6550), with the cells near something that the teacher takes for a face weighing more. The
convolutions are only used in training.
"""
import torch
from torch import nn
from torch.nn import functional

TEACHER_WIDTH = 64
BACKGROUND_IMPORTANCE = 0.25
OBJECT_IMPORTANCE = 4.0


class FeatureLoss(nn.Module):
    """Share of the teacher's variance that the student does not explain, mean over the feature maps."""

    def __init__(self, widths):
        super().__init__()
        self.adapters = nn.ModuleList([nn.Conv2d(width, TEACHER_WIDTH, 1) for width in widths])

    def forward(self, features, lesson):
        """`features` as `Detector.with_features` returns them, `lesson` as the teacher does."""
        maps, wanted = lesson
        parts = []
        for at, (adapter, mine, target) in enumerate(zip(self.adapters, features, wanted)):
            target = target.float()
            score = functional.max_pool2d(maps[at % len(maps)][0], 3, 1, 1)[:, 0]
            importance = BACKGROUND_IMPORTANCE + OBJECT_IMPORTANCE * score
            error = (adapter(mine).float() - target).square().mean(1)
            spread = (target - target.mean((0, 2, 3), keepdim=True)).square().mean(1)
            parts.append((error * importance).sum() / ((spread * importance).sum() + 1e-6))
        return torch.stack(parts).mean()
