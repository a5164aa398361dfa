"""What the network is taught: people's boxes by SimOTA, a teacher's scores cell by cell."""
import torch
from torch.nn import functional

from network import CLASSES, REFUTED, STRIDES

CANDIDATE_RADIUS = 2
CENTRE_RADIUS = 1.5
MOST_CELLS_AN_OBJECT = 10
OUTSIDE_COST, FORBIDDEN_COST = 1e3, 1e6
BOX_WEIGHT = 5.0
TEACHER_CLASS = CLASSES.index("face")
TEACHER_BOX_SCORE = 0.3
TEACHER_TRUSTED_SCORE = 0.2
# Plates are few beside the teacher's faces.
PEOPLE_WEIGHTS = torch.tensor([1.0, 2.0])


class Grid:
    """The cells of every stride for one crop size: their centres and strides, all levels in one row."""

    def __init__(self, side):
        self.side = side
        centres, strides, starts, first = [], [], [], 0
        for stride in STRIDES:
            cells = side // stride
            y, x = torch.meshgrid(torch.arange(cells), torch.arange(cells), indexing="ij")
            centres.append(torch.stack([(x.reshape(-1) + 0.5) * stride, (y.reshape(-1) + 0.5) * stride], 1))
            strides.append(torch.full((cells * cells,), float(stride)))
            starts.append(first)
            first += cells * cells
        self.centres, self.strides, self.starts = torch.cat(centres), torch.cat(strides), starts

    def flatten(self, maps):
        """From [(scores, boxes)] a level to scores [N, cells, C] and corner boxes [N, cells, 4] in pixels."""
        scores = torch.cat([score.flatten(2).transpose(1, 2) for score, _ in maps], 1)
        raw = torch.cat([box.flatten(2).transpose(1, 2) for _, box in maps], 1)
        centres = self.centres + raw[..., :2] * self.strides[:, None]
        half = torch.exp(raw[..., 2:].clamp(-4, 5)) * self.strides[:, None] / 2
        return scores, torch.cat([centres - half, centres + half], -1)

    def cells_around(self, points):
        """Cell numbers within CANDIDATE_RADIUS of each point on every level, and which of them exist."""
        reach = torch.arange(-CANDIDATE_RADIUS, CANDIDATE_RADIUS + 1)
        offsets = torch.cartesian_prod(reach, reach)
        numbers, exist = [], []
        for stride, start in zip(STRIDES, self.starts):
            cells = self.side // stride
            at = (points / stride).floor().long()[:, None] + offsets[None]
            exist.append(((at >= 0) & (at < cells)).all(-1))
            at = at.clamp(0, cells - 1)
            numbers.append(start + at[..., 1] * cells + at[..., 0])
        return torch.cat(numbers, 1), torch.cat(exist, 1)


def areas(boxes):
    return (boxes[..., 2:] - boxes[..., :2]).clamp(min=0).prod(-1)


def iou(first, second):
    low = torch.maximum(first[..., :2], second[..., :2])
    high = torch.minimum(first[..., 2:], second[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    return shared / (areas(first) + areas(second) - shared).clamp(min=1e-6)


def box_loss(predicted, wanted):
    """1 - EIoU (arXiv 2101.08158): overlap, distance of the centres, difference of width and of height."""
    low = torch.minimum(predicted[..., :2], wanted[..., :2])
    high = torch.maximum(predicted[..., 2:], wanted[..., 2:])
    hull = (high - low).clamp(min=1e-6) ** 2
    centre = ((predicted[..., :2] + predicted[..., 2:] - wanted[..., :2] - wanted[..., 2:]) / 2) ** 2
    size = ((predicted[..., 2:] - predicted[..., :2]) - (wanted[..., 2:] - wanted[..., :2])) ** 2
    return 1 - iou(predicted, wanted) + centre.sum(-1) / hull.sum(-1) + (size / hull).sum(-1)


def stack_labels(labels):
    """From a list of box arrays, one an image, to rows of image, x, y, w, h, class, weight."""
    rows = [functional.pad(torch.as_tensor(boxes, dtype=torch.float32), (1, 0), value=float(number))
            for number, boxes in enumerate(labels)]
    return torch.cat(rows) if rows else torch.zeros(0, 7)


@torch.no_grad()
def assign(grid, scores, boxes, objects):
    """SimOTA (arXiv 2107.08430) for all objects of a batch at once.

    Each object takes the cells near its centre that already predict it best; a cell wanted by several objects
    goes to the one it overlaps most. Returns image, cell and object numbers of the chosen pairs.
    """
    image, label = objects[:, 0].long(), objects[:, 5].long()
    wanted = torch.cat([objects[:, 1:3], objects[:, 1:3] + objects[:, 3:5]], 1)
    centre = (wanted[:, :2] + wanted[:, 2:]) / 2
    cells, exist = grid.cells_around(centre)
    at, stride = grid.centres[cells], grid.strides[cells]
    inside = ((at > wanted[:, None, :2]) & (at < wanted[:, None, 2:])).all(-1)
    central = ((at - centre[:, None]).abs() < CENTRE_RADIUS * stride[..., None]).all(-1)
    allowed = exist & (inside | central)
    overlap = iou(boxes[image[:, None], cells], wanted[:, None]) * allowed
    score = scores[image[:, None], cells].gather(2, label[:, None, None].expand(-1, cells.shape[1], 1))[..., 0]
    cost = (-3 * torch.log(overlap + 1e-6) - 0.5 * functional.logsigmoid(score)
            + OUTSIDE_COST * (~(inside & central)).float() + FORBIDDEN_COST * (~allowed).float())
    count = overlap.topk(MOST_CELLS_AN_OBJECT, 1)[0].sum(1).int().clamp(min=1)
    value, order = cost.topk(MOST_CELLS_AN_OBJECT, 1, largest=False)
    chosen = (torch.arange(MOST_CELLS_AN_OBJECT)[None] < count[:, None]) & (value < FORBIDDEN_COST / 10)
    which, rank = chosen.nonzero(as_tuple=True)
    cell = cells[which, order[which, rank]]
    # Sorted so that the cheapest claim on a cell is written last and stays.
    dearest_first = value[which, rank].argsort(descending=True)
    which, cell = which[dearest_first], cell[dearest_first]
    key = image[which] * len(grid.centres) + cell
    owner = torch.full((scores.shape[0] * len(grid.centres),), -1, dtype=torch.long)
    owner[key] = torch.arange(len(key))
    kept = owner[key] == torch.arange(len(key))
    which, cell = which[kept], cell[kept]
    return image[which], cell, which


def cells_inside(grid, regions):
    """Image, cell and class numbers of all cells whose centres are inside regions; an index into scores."""
    low, high = regions[:, None, 1:3], regions[:, None, 1:3] + regions[:, None, 3:5]
    inside = ((grid.centres >= low) & (grid.centres <= high)).all(-1)
    region, cell = inside.nonzero(as_tuple=True)
    return regions[region, 0].long(), cell, regions[region, 5].long()


def detection_loss(grid, maps, labels, teacher_maps=None):
    """The loss of one batch and what to log of it.

    `teacher_maps` has probabilities, not logits. The face target of a cell is the larger of the teacher's score,
    times the overlap of its own box with the teacher's, and the overlap with the object it was given, so that a
    misplaced box is not taught a high score. Ignore regions are left out, except where the
    teacher sees a face. Where people say that there is none, the teacher is not believed.
    """
    scores, boxes = grid.flatten(maps)
    target, weight = torch.zeros_like(scores), torch.ones_like(scores)
    rows = stack_labels(labels)
    refuted, rows = rows[rows[:, 5] == REFUTED + TEACHER_CLASS], rows[rows[:, 5] < REFUTED]
    weight[cells_inside(grid, rows[rows[:, 6] == 0])] = 0
    taught = torch.zeros(scores.shape[:2], dtype=torch.bool)
    teacher_boxes = None
    if teacher_maps is not None:
        opinion, teacher_boxes = grid.flatten(teacher_maps)
        agreement = torch.where(opinion[..., 0] > TEACHER_BOX_SCORE, iou(boxes.detach(), teacher_boxes), 1.0)
        target[..., TEACHER_CLASS] = opinion[..., 0] * agreement
        weight[..., TEACHER_CLASS][opinion[..., 0] > TEACHER_TRUSTED_SCORE] = 1
        taught = opinion[..., 0] > TEACHER_BOX_SCORE
        image, cell, _ = cells_inside(grid, refuted)
        target[image, cell, TEACHER_CLASS], weight[image, cell, TEACHER_CLASS], taught[image, cell] = 0, 1, False
    objects = rows[rows[:, 6] > 0]
    box_terms, box_weights = [], []
    if len(objects):
        image, cell, which = assign(grid, scores.detach(), boxes.detach(), objects)
        wanted = torch.cat([objects[:, 1:3], objects[:, 1:3] + objects[:, 3:5]], 1)[which]
        predicted, label = boxes[image, cell], objects[which, 5].long()
        overlap = iou(predicted.detach(), wanted).clamp(min=0.05)
        target[image, cell, label] = torch.maximum(target[image, cell, label], overlap)
        weight[image, cell, label] = PEOPLE_WEIGHTS[label]
        taught[image, cell] = False
        box_terms.append(box_loss(predicted, wanted))
        box_weights.append(PEOPLE_WEIGHTS[label])
    if taught.any():
        box_terms.append(box_loss(boxes[taught], teacher_boxes[taught]))
        box_weights.append(target[taught][:, TEACHER_CLASS])
    probability = scores.detach().sigmoid()
    focus = torch.where(target > 0.05, (target - probability).abs() + 0.2 * target, 0.75 * probability ** 2 + 0.02 * target)
    positives = float(target.sum()) + 1.0
    score_part = (functional.binary_cross_entropy_with_logits(scores, target, reduction="none") * focus * weight).sum()
    score_part = score_part / positives
    box_part = scores.sum() * 0
    if box_terms:
        box_weight = torch.cat(box_weights)
        box_part = (torch.cat(box_terms) * box_weight).sum() / (box_weight.sum() + 1.0)
    return score_part + BOX_WEIGHT * box_part, float(score_part.detach()), float(box_part.detach())
