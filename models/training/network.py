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
STRIDES = (8, 16, 32)
OUTPUT_NAMES = tuple(f"{kind}{stride}" for stride in STRIDES for kind in ("score", "box"))
PIXEL_MEAN = 127.5
PIXEL_SCALE = 64.0
# Objects are rare: a network that starts by saying "1 % everywhere" does not spend its first steps unlearning.
INITIAL_SCORE_BIAS = -4.6


class ConvUnit(nn.Sequential):
    """A convolution with its normalisation and, unless told otherwise, a ReLU."""

    def __init__(self, inputs, outputs, kernel=3, stride=1, groups=1, activate=True):
        layers = [
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
            nn.BatchNorm2d(outputs),
        ]
        if activate:
            layers.append(nn.ReLU(inplace=True))
        super().__init__(*layers)


class SeparableBlock(nn.Module):
    """1x1, depthwise 3x3, 1x1; adds its input where the shapes allow."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.expand = ConvUnit(inputs, outputs, kernel=1)
        self.spatial = ConvUnit(outputs, outputs, stride=stride, groups=outputs, activate=False)
        self.residual = stride == 1 and inputs == outputs
        self.project = ConvUnit(outputs, outputs, kernel=1, activate=False)

    def forward(self, x):
        y = self.project(functional.relu(self.spatial(self.expand(x)), inplace=True))
        return functional.relu(y + x if self.residual else y, inplace=True)


class Detector(nn.Module):
    """Backbone, top-down neck and one head a stride; returns logits, not scores.

    `widths` are the channels at strides 2, 4, 8, 16 and 32.
    """

    def __init__(self, widths=(16, 32, 64, 96, 128), neck=64):
        super().__init__()
        self.settings = {"widths": tuple(widths), "neck": neck}
        self.folded = False
        self.stage2 = ConvUnit(3, widths[0], stride=2)
        self.stage4 = nn.Sequential(ConvUnit(widths[0], widths[1], stride=2), SeparableBlock(widths[1], widths[1]))
        self.stage8 = nn.Sequential(
            ConvUnit(widths[1], widths[2], stride=2), *[SeparableBlock(widths[2], widths[2]) for _ in range(3)])
        self.stage16 = nn.Sequential(
            SeparableBlock(widths[2], widths[3], 2), *[SeparableBlock(widths[3], widths[3]) for _ in range(3)])
        self.stage32 = nn.Sequential(
            SeparableBlock(widths[3], widths[4], 2), *[SeparableBlock(widths[4], widths[4]) for _ in range(2)])
        self.laterals = nn.ModuleList([ConvUnit(width, neck, kernel=1) for width in widths[2:]])
        self.merges = nn.ModuleList([SeparableBlock(neck, neck) for _ in STRIDES])
        self.heads = nn.ModuleList([SeparableBlock(neck, neck) for _ in STRIDES])
        self.score_heads = nn.ModuleList([nn.Conv2d(neck, len(CLASSES), 3, padding=1) for _ in STRIDES])
        self.box_heads = nn.ModuleList([nn.Conv2d(neck, 4, 3, padding=1) for _ in STRIDES])
        for head in [*self.score_heads, *self.box_heads]:
            nn.init.normal_(head.weight, std=0.01)
            nn.init.zeros_(head.bias)
        for head in self.score_heads:
            nn.init.constant_(head.bias, INITIAL_SCORE_BIAS)

    def forward(self, image):
        """From a normalised image to [(score logits, boxes)] in the order of STRIDES."""
        fine = self.stage8(self.stage4(self.stage2(image)))
        middle = self.stage16(fine)
        coarse = self.stage32(middle)
        pyramid32 = self.merges[2](self.laterals[2](coarse))
        pyramid16 = self.merges[1](self.laterals[1](middle) + double(pyramid32))
        pyramid8 = self.merges[0](self.laterals[0](fine) + double(pyramid16))
        maps = []
        for level, features in enumerate((pyramid8, pyramid16, pyramid32)):
            features = self.heads[level](features)
            maps.append((self.score_heads[level](features), self.box_heads[level](features)))
        return maps

    def fold(self):
        """Merge every batch normalisation into its convolution.

        A folded network gives the same outputs as before in evaluation mode. It trains half as fast again on a
        CPU, where normalisation is bound by memory, and no longer depends on what else is in its batch.
        """
        if not self.folded:
            fold_units(self)
            self.folded = True
        return self


class DetectorForExport(nn.Module):
    """The detector with its normalisation and sigmoids inside, as the product runs it."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector

    def forward(self, image):
        outputs = []
        for scores, boxes in self.detector(normalise(image)):
            outputs += [torch.sigmoid(scores), boxes]
        return tuple(outputs)


def normalise(image):
    """From 0..255 to about -2..2."""
    return (image - PIXEL_MEAN) / PIXEL_SCALE


def double(features):
    return functional.interpolate(features, scale_factor=2.0, mode="nearest")


def fold_units(module):
    training = module.training
    for child in module.children():
        if isinstance(child, ConvUnit):
            child[0] = fuse_conv_bn_eval(child[0].eval(), child[1].eval())
            child[1] = nn.Identity()
        else:
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
