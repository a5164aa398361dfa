"""Start a larger network from a smaller one's weights, so that at first both give the same outputs.

As Net2Net (arXiv 1511.05641), but with new channels that nothing listens to yet instead of copied ones: weights from
new channels to old ones are zero, weights into new channels random. New units end in zero and add their input.
"""
import torch

from network import Detector


@torch.no_grad()
def grow(small, settings):
    """A folded detector of `settings` that computes what the folded detector `small` does."""
    large = Detector(**settings).fold()
    sources = small.state_dict()
    for name, target in large.state_dict().items():
        source = sources.get(name)
        if source is None:
            if ".depth.0." in name or name.startswith("detail."):
                target.zero_()
            continue
        if any(mine > whole for mine, whole in zip(source.shape, target.shape)):
            raise ValueError(f"{name}: {tuple(source.shape)} does not fit into {tuple(target.shape)}")
        target[:source.shape[0]] = 0
        target[tuple(slice(size) for size in source.shape)] = source
    return large
