"""The detector network: anchor-free, two classes (face, plate), strides 8, 16 and 32.

The exported network reads `image`, NCHW float32, 0..255, BGR, any batch, height and width that are multiples
of 32, and returns for each stride the sigmoid scores [N, 2, h, w] and the boxes [N, 4, h, w]: the offset of the
box's centre from the cell's centre in strides (dx, dy) and the logarithm of its width and height in strides.
"""
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

CLASSES = ("face", "plate")
# In a pack, the class of a place where a teacher sees an object and somebody who looked none; one a class, in order.
REFUTED = len(CLASSES)
STRIDES = (8, 16, 32)
OUTPUT_NAMES = tuple(f"{kind}{stride}" for stride in STRIDES for kind in ("score", "box"))
PIXEL_MEAN = 127.5
PIXEL_SCALE = 64.0
# Objects are rare: a network that starts by saying "1 % everywhere" does not spend its first steps unlearning.
INITIAL_SCORE_BIAS = -4.6

# Sizes are chosen by the time of the exported network at 1280x736 on one thread; see the cards.
ARCHITECTURES = {
    "n": {"widths": (16, 32, 64, 96, 128), "neck": 64, "depths": (2, 3, 5, 3), "head_depths": (1, 2, 2), "detail": True},
    "s": {"widths": (24, 48, 96, 128, 192), "neck": 96, "depths": (3, 4, 5, 3), "head_depths": (2, 2, 2), "detail": True},
}


class ConvUnit(nn.Sequential):
    """A 3x3 convolution that halves the picture, with its normalisation and a ReLU."""

    def __init__(self, inputs, outputs, padding=1):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, 2, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class SeparableUnit(nn.Module):
    """1x1 convolution, depthwise 3x3, normalisation, ReLU; `residual` adds the input before the ReLU."""

    def __init__(self, inputs, outputs, residual=False):
        super().__init__()
        self.point = nn.Conv2d(inputs, outputs, 1)
        self.depth = nn.Sequential(
            nn.Conv2d(outputs, outputs, 3, 1, 1, groups=outputs, bias=False), nn.BatchNorm2d(outputs))
        self.residual = residual

    def forward(self, x, detail=None):
        y = self.point(x)
        y = self.depth(y if detail is None else y + detail)
        return functional.relu(y + x if self.residual else y, inplace=True)


class Detector(nn.Module):
    """Backbone, top-down neck and one head a stride; returns logits, not scores.

    `widths` are the channels at strides 2, 4, 8, 16 and 32; `depths` the units at strides 4 to 32 beyond the one
    that changes the width; `head_depths` the units of each head. With `detail`, stride 8 also sees all four cells of
    stride 4 that pooling takes one of.
    """

    def __init__(self, widths, neck, depths, head_depths, detail):
        super().__init__()
        self.settings = {"widths": tuple(widths), "neck": neck, "depths": tuple(depths),
                         "head_depths": tuple(head_depths), "detail": detail}
        self.folded = False
        self.stage2 = ConvUnit(3, widths[0], padding=0)
        # At stride 4 adding the input would cost as much as the depthwise convolution, so only added units do it.
        self.stage4 = nn.Sequential(
            ConvUnit(widths[0], widths[1]),
            *[SeparableUnit(widths[1], widths[1], residual=at >= 2) for at in range(depths[0])])
        self.stage8, self.stage16, self.stage32 = (
            nn.Sequential(
                nn.MaxPool2d(2), SeparableUnit(before, after),
                *[SeparableUnit(after, after, residual=True) for _ in range(depth)])
            for before, after, depth in zip(widths[1:], widths[2:], depths[1:]))
        self.detail = nn.Conv2d(widths[1], widths[2], 2, 2, bias=False) if detail else None
        self.laterals = nn.ModuleList(
            [nn.Conv2d(width, neck, 1) if width != neck else nn.Identity() for width in widths[2:]])
        self.merges = nn.ModuleList([SeparableUnit(neck, neck) for _ in STRIDES])
        self.heads = nn.ModuleList([
            nn.Sequential(*[SeparableUnit(neck, neck, residual=at >= 1) for at in range(depth)])
            for depth in head_depths])
        self.score_heads = nn.ModuleList([nn.Conv2d(neck, len(CLASSES), 1) for _ in STRIDES])
        self.box_heads = nn.ModuleList([nn.Conv2d(neck, 4, 1) for _ in STRIDES])
        for head in [*self.score_heads, *self.box_heads]:
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        for head in self.score_heads:
            nn.init.constant_(head.bias, INITIAL_SCORE_BIAS)

    def forward(self, image):
        """From a normalised image to [(score logits, boxes)] in the order of STRIDES."""
        return self.with_features(image)[0]

    def with_features(self, image):
        """What `forward` returns, and the features to distil: backbone and heads, in the order of STRIDES."""
        backbone = self.backbone(functional.pad(image, (1, 1, 1, 1), value=-PIXEL_MEAN / PIXEL_SCALE))
        heads = [head(features) for head, features in zip(self.heads, self.pyramid(backbone))]
        maps = [(score(features), box(features))
                for score, box, features in zip(self.score_heads, self.box_heads, heads)]
        return maps, backbone + heads

    def backbone(self, padded):
        finest = self.stage4(self.stage2(padded))
        pool, first, *others = self.stage8
        fine = first(pool(finest), self.detail(finest) if self.detail else None)
        for unit in others:
            fine = unit(fine)
        middle = self.stage16(fine)
        return [fine, middle, self.stage32(middle)]

    def pyramid(self, backbone):
        fine, middle, coarse = (lateral(features) for lateral, features in zip(self.laterals, backbone))
        pyramid32 = self.merges[2](coarse)
        pyramid16 = self.merges[1](middle + double(pyramid32))
        return [self.merges[0](fine + double(pyramid16)), pyramid16, pyramid32]

    def feature_widths(self):
        """Channels of the features that `with_features` returns."""
        return [*self.settings["widths"][2:], *[self.settings["neck"]] * len(STRIDES)]

    def fold(self):
        """Merge every batch normalisation into its convolution.

        A folded network gives the same outputs as before in evaluation mode. It trains a quarter faster on a
        CPU, where normalisation is bound by memory, and no longer depends on what else is in its batch.
        """
        if not self.folded:
            fold_units(self)
            self.folded = True
        return self


class DetectorForExport(nn.Module):
    """The detector with its normalisation and sigmoids inside, as the product runs it.

    Normalisation goes into the first convolution, which then pads with black as `Detector` does: two passes over
    the whole picture less.
    """

    def __init__(self, detector):
        super().__init__()
        self.detector = detector.eval().fold()
        first = detector.stage2[0]
        raw = nn.Conv2d(3, first.out_channels, 3, 2, 1)
        with torch.no_grad():
            raw.weight.copy_(first.weight / PIXEL_SCALE)
            # In double, so that the order of the sum, which depends on the processor, cannot show.
            raw.bias.copy_(first.bias.double() - first.weight.double().sum((1, 2, 3)) * (PIXEL_MEAN / PIXEL_SCALE))
        detector.stage2[0] = raw
        self.eval()

    def forward(self, image):
        detector, outputs = self.detector, []
        for level, features in enumerate(detector.pyramid(detector.backbone(image))):
            features = detector.heads[level](features)
            outputs += [torch.sigmoid(detector.score_heads[level](features)), detector.box_heads[level](features)]
        return tuple(outputs)


def normalise(image):
    """From 0..255 to about -2..2."""
    return (image - PIXEL_MEAN) / PIXEL_SCALE


def double(features):
    return functional.interpolate(features, scale_factor=2.0, mode="nearest")


def fold_units(module):
    """Replace each convolution that a normalisation follows by one that does both."""
    training = module.training
    children = list(module.named_children())
    for (name, child), (next_name, follower) in zip(children, children[1:]):
        if isinstance(child, nn.Conv2d) and isinstance(follower, nn.BatchNorm2d):
            setattr(module, name, fuse_conv_bn_eval(child.eval(), follower.eval()))
            setattr(module, next_name, nn.Identity())
    for _, child in children:
        if not isinstance(child, (nn.Conv2d, nn.BatchNorm2d)):
            fold_units(child)
    module.train(training)


def save_weights(detector, path, **facts):
    """A checkpoint that `load_weights` reads: the weights, what is needed to build the network, and `facts`."""
    state = {name: value.detach().clone() for name, value in detector.state_dict().items()}
    torch.save({"settings": detector.settings, "folded": detector.folded, "weights": state, "facts": facts}, path)


def build_from(checkpoint):
    detector = Detector(**checkpoint["settings"])
    if checkpoint["folded"]:
        detector.fold()
    detector.load_state_dict(checkpoint["weights"])
    return detector


def load_weights(path):
    """The detector that `save_weights` wrote."""
    return build_from(torch.load(path, map_location="cpu"))
