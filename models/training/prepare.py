"""Pack a data folder into two files that training reads without decoding: pixels.u8 and index.npz.

usage: prepare.py DATA_DIR PACK_DIR [--longest-side 1024]

DATA_DIR holds one folder a set, each with images and a gt.csv (image,x,y,w,h,class,ignore,...). Only DATA_DIR's
own folders are read, so that a development set beside it cannot slip in. What reviewed.csv says of a set's boxes
(set,image,x,y,w,h,class,verdict) goes before the set's own labels: `yes`, `no`, or `doubt` where it cannot be told.
"""
import argparse
import collections
import csv
import pathlib

import cv2
import numpy as np

from network import CLASSES, REFUTED
from samples import overlap

# Sizes stored of each image (1, 1/2, 1/4): a small view then reads few pixels.
LEVELS = 3
# Profiles, faces upside down and hidden ones, by WIDER FACE's grades, are what is missed: one of its faces in eight.
RARE_WEIGHT = 4.0
SMALLEST_RARE_PX = 20
# Many sets' faces were labelled by a detector, and plates not at all or in part; these are its doubts and mistakes, and
# what was left out (ADR 12 says how each verdict came about).
REVIEWED = pathlib.Path(__file__).resolve().with_name("reviewed.csv")
SAME_OBJECT_IOU = 0.4
BOX_COLUMNS = 6


def weight(row):
    """How often an object is aimed at, compared with an ordinary one; 0 marks an ignore region."""
    if float(row["ignore"]):
        return 0.0
    rare = row.get("pose") == "1" or row.get("occlusion", "0") in ("1", "2") or row.get("verdict") == "yes"
    return RARE_WEIGHT if rare and max(float(row["w"]), float(row["h"])) >= SMALLEST_RARE_PX else 1.0


def box(row, label):
    """A list's row as x, y, w, h, class index, weight."""
    return [*(float(row[key]) for key in ("x", "y", "w", "h")), label, weight(row)]


def read_boxes(path):
    """From gt.csv to {image name: rows of x, y, w, h, class index, weight}."""
    boxes = collections.OrderedDict()
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            rows = boxes.setdefault(row["image"], [])
            if row["class"] in CLASSES:
                rows.append(box(row, CLASSES.index(row["class"])))
    return boxes


def read_verdicts(path):
    """From reviewed.csv to {(set, image): rows of x, y, w, h, class index, weight}."""
    verdicts = collections.defaultdict(list)
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            row["ignore"] = row["verdict"] != "yes"
            label = CLASSES.index(row["class"]) + REFUTED * (row["verdict"] == "no")
            verdicts[row["set"], row["image"]].append(box(row, label))
    return verdicts


def correct(boxes, verdicts):
    """An image's boxes with verdicts in the place of those that were judged."""
    if not verdicts:
        return boxes
    verdicts, boxes = np.float32(verdicts), np.float32(boxes).reshape(-1, BOX_COLUMNS)
    judged = [overlap(row, verdicts[verdicts[:, 4] % REFUTED == row[4]]).max(initial=0) for row in boxes]
    return np.concatenate([boxes[np.array(judged, np.float32) < SAME_OBJECT_IOU], verdicts])


def shrink(image, longest_side):
    scale = min(1.0, longest_side / max(image.shape[:2]))
    if scale < 1.0:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return image, scale


def halves(image):
    """The image and its smaller versions, each half as wide as the one before."""
    levels = [image]
    for _ in range(LEVELS - 1):
        width, height = max(1, levels[-1].shape[1] // 2), max(1, levels[-1].shape[0] // 2)
        levels.append(cv2.resize(levels[-1], (width, height), interpolation=cv2.INTER_AREA))
    return levels


def pack(data_dir, pack_dir, longest_side=1024, limit=None):
    """Write the pack; `limit` takes only the first images of each set."""
    pack_dir.mkdir(parents=True, exist_ok=True)
    sets = sorted(path for path in data_dir.iterdir() if (path / "gt.csv").exists())
    if not sets:
        raise SystemExit(f"{data_dir}: no folder with a gt.csv; give the folder that holds the training sets")
    images, all_boxes, offset, first_box = [], [], 0, 0
    verdicts = read_verdicts(REVIEWED)
    with open(pack_dir / "pixels.u8", "wb") as pixels:
        for set_index, folder in enumerate(sets):
            items = list(read_boxes(folder / "gt.csv").items())[:limit]
            for name, rows in items:
                image = cv2.imread(str(folder / name))
                if image is None:
                    raise SystemExit(f"{folder / name}: cannot be read as an image; repair it or take it out of gt.csv")
                image, scale = shrink(image, longest_side)
                boxes = np.float32(correct(rows, verdicts.get((folder.name, name)))).reshape(-1, BOX_COLUMNS)
                boxes[:, :4] *= scale
                places = []
                for level in halves(image):
                    places += [offset, *level.shape[:2]]
                    offset += level.size
                    pixels.write(np.ascontiguousarray(level).tobytes())
                images.append((set_index, first_box, len(boxes), *places))
                all_boxes.append(boxes)
                first_box += len(boxes)
            print(f"{folder.name}: {len(items)} images", flush=True)
    np.savez(pack_dir / "index.npz", images=np.int64(images), boxes=np.concatenate(all_boxes),
             sets=np.array([folder.name for folder in sets]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("pack_dir", type=pathlib.Path)
    parser.add_argument("--longest-side", type=int, default=1024)
    parser.add_argument("--limit", type=int, help="images a set, for a trial")
    options = parser.parse_args()
    pack(options.data_dir, options.pack_dir, options.longest_side, options.limit)


if __name__ == "__main__":
    main()
