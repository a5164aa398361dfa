"""Random training crops from a pack: geometry first (`CropSampler`), then what a camera does (`degrade`)."""
import math
import pathlib

import cv2
import numpy as np

# How much of training each set gets; sets without an entry share by their number of images.
SET_SHARES = {
    "faces_wider": 0.38, "faces_masked": 0.06, "faces_afw": 0.03, "faces_flickr": 0.03, "faces_crowd": 0.03,
    "heads_scut": 0.06, "plates_dashcam": 0.06, "plates_mixed300": 0.10, "plates_moto": 0.03,
    "plates_openimages": 0.10, "plates_world": 0.12,
}
SMALL_CROP_PX = 256
LARGEST_UPSCALE = 3.0
DETECTION_SIDE_PX = 960
SMALLEST_OBJECT_PX = 7.0
# By class, refuted ones last. Half a face is a face to be hidden, but a network shown half plates as plates finds whole
# ones in pieces.
SMALLEST_VISIBLE_SHARES = np.float32([0.4, 0.75, 0, 0])
PASTE_PROBABILITY = 0.25
SIDEWAYS_PROBABILITY = 0.04
DISGUISE_PROBABILITY = 0.12
SMALLEST_DISGUISED_PX = 10
# Corners of a mask in shares of the face's box, from ear to ear over nose and chin.
MASK_OUTLINE = [(0.04, 0.5), (0.5, 0.42), (0.96, 0.5), (0.9, 0.8), (0.5, 1.02), (0.1, 0.8)]
WORTHWHILE_SHARE = 0.7


class Pack:
    """The files that `prepare` wrote; pixels are read through a memory map, so all processes share them."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        index = np.load(folder / "index.npz")
        self.pixels = np.memmap(folder / "pixels.u8", np.uint8, "r")
        self.images, self.all_boxes, self.sets = index["images"], index["boxes"], [str(name) for name in index["sets"]]

    def __len__(self):
        return len(self.images)

    def image(self, number, scale=1.0):
        """The smallest stored version that still has all the detail of a view at `scale`, and its own scale."""
        places = self.images[number, 3:].reshape(-1, 3)
        level = 0
        while level + 1 < len(places) and 0.5 ** (level + 1) >= scale:
            level += 1
        offset, height, width = places[level]
        return self.pixels[offset:offset + height * width * 3].reshape(height, width, 3), width / places[0, 2]

    def shape(self, number):
        """Height and width of the image at scale 1."""
        return self.images[number, 4:6]

    def boxes(self, number):
        first, count = self.images[number, 1:3]
        return self.all_boxes[first:first + count].copy()

    def owners(self):
        """The image that each box belongs to."""
        return np.repeat(np.arange(len(self)), self.images[:, 2])

    def probabilities(self):
        """How often each image is drawn: from SET_SHARES, and within a set by the root of the objects' weights."""
        counts = np.bincount(self.images[:, 0], minlength=len(self.sets))
        shares = np.array([SET_SHARES.get(name, count / len(self)) for name, count in zip(self.sets, counts)])
        richness = np.sqrt(1 + np.bincount(self.owners(), self.all_boxes[:, 5], len(self)))
        totals = np.bincount(self.images[:, 0], richness, len(self.sets))
        weights = richness * (shares / np.maximum(totals, 1e-9))[self.images[:, 0]]
        return weights / weights.sum()


class CropSampler:
    """Draws square crops; boxes come back as x, y, w, h, class, weight in crop pixels (weight 0: ignore)."""

    def __init__(self, pack):
        self.pack = pack
        self.cumulative = np.cumsum(pack.probabilities())
        owners = pack.owners()
        sides = np.minimum(pack.all_boxes[:, 2], pack.all_boxes[:, 3])
        usable = (pack.all_boxes[:, 5] > 0) & (sides >= 14)
        # Objects to paste: half faces, half plates, whatever their share of the boxes.
        self.pasteable = [
            [(owners[k], pack.all_boxes[k]) for k in np.flatnonzero(usable & (pack.all_boxes[:, 4] == label))]
            for label in (0, 1)]

    def draw(self, rng, side):
        """One crop of side x side pixels and its boxes."""
        number = self.choose(rng)
        shape, boxes = self.pack.shape(number), self.pack.boxes(number)
        scale, left, top = self.choose_view(rng, shape, boxes, side)
        canvas, hidden = None, boxes[:0]
        if covered_share(shape, side, scale, left, top) < WORTHWHILE_SHARE:
            # A small view on top of another picture instead of on grey, which would teach nothing.
            canvas, hidden = self.background(rng, side)
            hidden = uncovered(hidden, np.float32([[-left, -top, shape[1] * scale, shape[0] * scale]]))
        crop, boxes = cut(rng, self.pack.image(number, scale), boxes, side, scale, left, top, canvas)
        boxes = np.concatenate([hidden, boxes])
        if rng.random() < 0.5:
            crop, boxes = mirror(crop, boxes, side)
        if rng.random() < PASTE_PROBABILITY:
            boxes = self.paste(rng, crop, boxes, side)
        if rng.random() < SIDEWAYS_PROBABILITY:
            crop, boxes = turn(crop, boxes, side)
        return np.ascontiguousarray(crop), boxes

    def choose(self, rng):
        return int(np.searchsorted(self.cumulative, rng.random()).clip(0, len(self.pack) - 1))

    def background(self, rng, side):
        """A crop that one picture fills."""
        number = self.choose(rng)
        height, width = self.pack.shape(number)
        scale = side / min(height, width) * rng.uniform(1.0, 1.4)
        left, top = rng.uniform(0, width * scale - side), rng.uniform(0, height * scale - side)
        return cut(rng, self.pack.image(number, scale), self.pack.boxes(number), side, scale, left, top)

    def choose_view(self, rng, shape, boxes, side):
        """Scale and top left corner: half aim at one object with a chosen size, half at random."""
        height, width = shape
        fit = side / max(height, width)
        if boxes[:, 5].any() and rng.random() < 0.6:
            # Large crops are what large objects can be learnt from, so they get more of those.
            small = rng.random() < (0.5 if side <= SMALL_CROP_PX else 0.2)
            x, y, w, h = boxes[choose_object(rng, boxes, 0 if small else 1), :4]
            target = log_uniform(rng, 8, 40) if small else log_uniform(rng, 24, 0.9 * side)
            # A long object has to fit whole: most of a plate is no plate to learn from.
            scale = min(target / max(4.0, math.sqrt(w * h)), 0.95 * side / max(4.0, w, h))
            scale = min(max(scale, 0.4 * fit), max(LARGEST_UPSCALE, 1.5 * fit))
            left = (x + w / 2) * scale - rng.uniform(0.1, 0.9) * side
            top = (y + h / 2) * scale - rng.uniform(0.1, 0.9) * side
        else:
            # Up to the size at which small pictures are looked at later, or their blur is mistaken for objects.
            largest = max(1.3, 1.5 * fit, min(LARGEST_UPSCALE, 1.1 * DETECTION_SIDE_PX / max(height, width)))
            scale = log_uniform(rng, 0.6 * fit, largest)
            slack_x, slack_y = width * scale - side, height * scale - side
            left = rng.uniform(min(0.0, slack_x), max(0.0, slack_x))
            top = rng.uniform(min(0.0, slack_y), max(0.0, slack_y))
        return scale, left, top

    def paste(self, rng, crop, boxes, side):
        """Blend one to three objects from other pictures into free places of the crop, in place."""
        for _ in range(rng.integers(1, 4)):
            candidates = self.pasteable[rng.integers(2)]
            if not candidates:
                continue
            number, (x, y, w, h, label, _) = candidates[rng.integers(len(candidates))]
            longest = log_uniform(rng, 10, 64)
            scale = longest / max(w, h)
            margin = 0.15 * min(w, h)
            source, _ = self.pack.image(number)
            x0, y0 = max(0, int(x - margin)), max(0, int(y - margin))
            patch = source[y0:int(y + h + margin) + 1, x0:int(x + w + margin) + 1]
            columns, rows = int(round(patch.shape[1] * scale)), int(round(patch.shape[0] * scale))
            if scale > 1.5 or min(columns, rows) < 5 or max(columns, rows) >= side:
                continue
            left, top = int(rng.integers(side - columns)), int(rng.integers(side - rows))
            if overlaps(boxes, left, top, columns, rows):
                continue
            blend(crop[top:top + rows, left:left + columns],
                  cv2.resize(patch, (columns, rows), interpolation=cv2.INTER_AREA))
            pasted = [left + (x - x0) * scale, top + (y - y0) * scale, w * scale, h * scale, label, 1.0]
            boxes = np.concatenate([boxes, np.float32([pasted])])
        return boxes


def choose_object(rng, boxes, power):
    """An object's number, by weight times length to a power: enlarged small ones lack what large ones look like."""
    reach = (boxes[:, 5] * boxes[:, 2:4].prod(1).clip(1) ** (power / 2)).cumsum()
    return int(np.searchsorted(reach, rng.random() * reach[-1]).clip(0, len(boxes) - 1))


def log_uniform(rng, low, high):
    return math.exp(rng.uniform(math.log(low), math.log(max(high, low * 1.01))))


def covered_share(shape, side, scale, left, top):
    """How much of the crop the scaled image fills."""
    height, width = shape
    across = min(side, width * scale - left) - max(0.0, -left)
    down = min(side, height * scale - top) - max(0.0, -top)
    return max(0.0, across) * max(0.0, down) / side ** 2


def uncovered(boxes, cover):
    """Boxes behind a covering rectangle: gone when mostly hidden, ignore regions when touched."""
    low = np.maximum(boxes[:, :2], cover[:, :2])
    high = np.minimum(boxes[:, :2] + boxes[:, 2:4], cover[:, :2] + cover[:, 2:4])
    share = (high - low).clip(0).prod(1) / np.maximum(boxes[:, 2:4].prod(1), 1e-3)
    boxes = boxes.copy()
    boxes[share > 0, 5] = 0
    return boxes[share < 0.5]


def cut(rng, stored, boxes, side, scale, left, top, canvas=None):
    """The view as pixels, slightly stretched and tilted, with the boxes that are still to be seen.

    `stored` is what `Pack.image` returned. What the image does not fill shows `canvas` or a grey.
    """
    image, stored_scale = stored
    stretch = rng.uniform(0.88, 1.14)
    tilt = rng.uniform(-0.16, 0.16) if rng.random() < 0.2 else 0.0
    zoom = scale / stored_scale
    x0, y0, reach = left / zoom, top / zoom, side / zoom
    pad = reach * 0.15 + 2
    x1, y1 = int(max(0, x0 - pad)), int(max(0, y0 - pad))
    view = image[y1:max(0, int(y0 + reach + pad) + 1), x1:max(0, int(x0 + reach / min(stretch, 1) + pad) + 1)]
    shrink = 1.0
    if zoom < 0.7 and min(view.shape) > 2:
        shrink = zoom
        view = cv2.resize(view, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)
    cosine, sine = math.cos(tilt), math.sin(tilt)
    turned = np.float64([[stretch * cosine, -sine], [stretch * sine, cosine]])
    # The tilt turns about the crop's centre, which the untilted view puts at (left, top) + side / 2.
    shift = side / 2 - turned @ np.float64([left + side / 2, top + side / 2])
    crop = np.full((side, side, 3), int(rng.integers(0, 200)), np.uint8) if canvas is None else canvas
    if min(view.shape) > 0:
        to_crop = pixel_map(turned * (zoom / shrink), turned @ np.float64([x1, y1]) * zoom + shift)
        cv2.warpAffine(view, to_crop, (side, side), crop, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    linear = turned * scale
    moved = boxes.copy()
    moved[:, :2] = (boxes[:, :2] + boxes[:, 2:4] / 2) @ linear.T + shift
    moved[:, 2] *= scale * stretch
    moved[:, 3] *= scale
    moved[:, :2] -= moved[:, 2:4] / 2
    return crop, clip(moved, side)


def pixel_map(linear, offset):
    """For `cv2.warpAffine`, which counts from the middles of pixels, a map of points that count from their corners."""
    return np.column_stack([linear, offset + linear @ np.float64([0.5, 0.5]) - 0.5])


def clip(boxes, side):
    """Boxes cut at the crop's edge; too little left, or too small, becomes an ignore region."""
    low = boxes[:, :2].clip(0, side)
    high = (boxes[:, :2] + boxes[:, 2:4]).clip(0, side)
    clipped = boxes.copy()
    clipped[:, :2], clipped[:, 2:4] = low, high - low
    area = clipped[:, 2] * clipped[:, 3]
    visible = area / np.maximum(boxes[:, 2] * boxes[:, 3], 1e-3)
    tiny = (clipped[:, 2:4].max(1) < SMALLEST_OBJECT_PX) | (clipped[:, 2:4].min(1) < 4)
    clipped[(visible < SMALLEST_VISIBLE_SHARES[clipped[:, 4].astype(int)]) | tiny, 5] = 0
    return clipped[area > 0]


def mirror(crop, boxes, side):
    boxes = boxes.copy()
    boxes[:, 0] = side - boxes[:, 0] - boxes[:, 2]
    return crop[:, ::-1], boxes


def turn(crop, boxes, side):
    """A quarter turn, as from a camera on its side."""
    turned = boxes.copy()
    turned[:, 0] = boxes[:, 1]
    turned[:, 1] = side - boxes[:, 0] - boxes[:, 2]
    turned[:, 2], turned[:, 3] = boxes[:, 3], boxes[:, 2]
    return np.rot90(crop), turned


def overlap(box, others):
    """Intersection over union of one box with each of others, all x, y, w, h."""
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[:2] + box[2:4], others[:, :2] + others[:, 2:4])
    shared = (high - low).clip(0).prod(1)
    return shared / (box[2] * box[3] + others[:, 2] * others[:, 3] - shared + 1e-6)


def overlaps(boxes, left, top, width, height):
    return bool(((boxes[:, 0] < left + width + 4) & (boxes[:, 0] + boxes[:, 2] > left - 4)
                 & (boxes[:, 1] < top + height + 4) & (boxes[:, 1] + boxes[:, 3] > top - 4)).any())


def blend(target, patch):
    """Write a patch with soft edges, its brightness drawn half way to its new surroundings."""
    rows, columns = patch.shape[:2]
    across = np.minimum(np.arange(columns) + 1, columns - np.arange(columns))
    down = np.minimum(np.arange(rows) + 1, rows - np.arange(rows))
    feather = max(1.5, 0.12 * min(rows, columns))
    alpha = np.clip(np.minimum(across[None], down[:, None]) / feather, 0, 1)[..., None]
    shift = 0.4 * (target.mean((0, 1)) - patch.mean((0, 1)))
    target[:] = np.clip(target * (1 - alpha) + (patch + shift) * alpha, 0, 255)


def disguise(rng, crop, boxes):
    """Put a mask, dark glasses or something else in front of some faces, in place. The teacher has seen them without."""
    for x, y, w, h, label, weight in boxes:
        if label != 0 or weight == 0 or w < SMALLEST_DISGUISED_PX or rng.random() >= DISGUISE_PROBABILITY:
            continue
        at = np.float32([x, y]), np.float32([w, h])
        kind = rng.random()
        if kind < 0.4:
            cover(rng, crop, x, y, w, h)
        elif kind < 0.75:
            colour = tuple(int(v) for v in rng.integers(0, 256) + rng.integers(-40, 40, 3))
            cv2.fillPoly(crop, [outline(at, MASK_OUTLINE)], colour, cv2.LINE_AA)
        else:
            shade = tuple(int(v) for v in rng.integers(0, 60, 3))
            for lens in (0.3, 0.7):
                middle = outline(at, [(lens, 0.38)])[0]
                axes = (max(1, int(w * 0.17)), max(1, int(h * 0.1)))
                cv2.ellipse(crop, (int(middle[0]), int(middle[1])), axes, 0, 0, 360, shade, -1, cv2.LINE_AA)
            cv2.line(crop, *(tuple(int(v) for v in end) for end in outline(at, [(0.1, 0.36), (0.9, 0.36)])), shade, 1)


def cover(rng, crop, x, y, w, h):
    """Hide a third of a face, from any side, behind another piece of the crop, in place."""
    across, down = (rng.uniform(0.2, 0.45), 1.0) if rng.random() < 0.5 else (1.0, rng.uniform(0.2, 0.45))
    left, top = x + w * rng.choice([0.0, 1 - across]), y + h * rng.choice([0.0, 1 - down])
    left, top = int(max(0, left)), int(max(0, top))
    target = crop[top:top + int(h * down) + 1, left:left + int(w * across) + 1]
    rows, columns = target.shape[:2]
    row, column = rng.integers(crop.shape[0] - rows + 1), rng.integers(crop.shape[1] - columns + 1)
    target[:] = crop[row:row + rows, column:column + columns].copy()


def outline(at, shares):
    """Points given in shares of a box, in pixels."""
    corner, size = at
    return np.int32(corner + np.float32(shares) * size)


class Degrader:
    """Exposure, colour, night, blur, noise, rain, small sensors and compression, all on 8 bit."""

    def __init__(self, seed):
        self.noise = (np.random.default_rng(seed).standard_normal(1 << 20) * 16).astype(np.int8)

    def __call__(self, rng, crop):
        chance = rng.random(10)
        if chance[0] < 0.85:
            crop = cv2.LUT(crop, exposure_table(rng, night=chance[1] < 0.07, tinted=chance[2] < 0.35))
        if chance[3] < 0.1:
            crop = cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        if chance[4] < 0.18:
            crop = blur(rng, crop)
        if chance[5] < 0.08:
            crop = lower_resolution(rng, crop)
        if chance[6] < 0.02:
            crop = rain(rng, crop)
        if chance[7] < 0.25:
            crop = self.add_noise(rng, crop)
        if chance[8] < 0.25:
            quality = int(rng.integers(20, 80))
            crop = cv2.imdecode(cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
        return crop

    def add_noise(self, rng, crop):
        start = int(rng.integers(len(self.noise) - crop.size))
        grain = self.noise[start:start + crop.size].reshape(crop.shape).astype(np.int16)
        strength = int(rng.integers(3, 16))
        return np.clip(crop + (grain * strength >> 4), 0, 255).astype(np.uint8)


def exposure_table(rng, night, tinted):
    ramp = np.arange(256, dtype=np.float32)
    gain, bias = rng.uniform(0.6, 1.35), rng.uniform(-28, 28)
    curve = 255 * (ramp / 255) ** math.exp(rng.uniform(-0.35, 0.35))
    if night:
        curve, gain, bias = 255 * (ramp / 255) ** rng.uniform(1.4, 2.2), rng.uniform(0.3, 0.8), rng.uniform(0, 12)
    tints = rng.uniform(0.82, 1.18, 3) if tinted else np.ones(3)
    table = curve[:, None] * gain * tints[None] + bias
    return np.clip(table, 0, 255).astype(np.uint8).reshape(1, 256, 3)


def blur(rng, crop):
    if rng.random() < 0.5:
        return cv2.GaussianBlur(crop, (0, 0), rng.uniform(0.5, 1.6))
    length = 2 * int(rng.integers(1, 4)) + 1
    return smear(crop, length, rng.uniform(0, math.pi))


def smear(crop, length, angle):
    """As a moving camera sees it. The length is odd: an even one would move the picture by half a pixel."""
    kernel = np.zeros((length, length), np.float32)
    reach = np.float64([math.cos(angle), math.sin(angle)]) * (length - 1) / 2
    centre = (length - 1) / 2
    ends = [tuple(int(round(v)) for v in centre + sign * reach) for sign in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    return cv2.filter2D(crop, -1, kernel / kernel.sum())


def lower_resolution(rng, crop):
    factor = rng.uniform(0.5, 0.85)
    small = cv2.resize(crop, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, crop.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def rain(rng, crop):
    streaks = np.zeros(crop.shape[:2], np.uint8)
    slant = int(rng.integers(-4, 5))
    for x, y in rng.integers(0, crop.shape[0], (int(rng.integers(40, 160)), 2)):
        cv2.line(streaks, (int(x), int(y)), (int(x) + slant, int(y) + int(rng.integers(6, 16))), 255, 1)
    return cv2.addWeighted(crop, 1.0, cv2.cvtColor(streaks, cv2.COLOR_GRAY2BGR), rng.uniform(0.1, 0.3), 0)
