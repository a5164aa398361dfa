"""Check the whole chain on a handful of images: pack, train, stop, resume, export, run, compare.

usage: selftest.py [DATA_DIR]

Without DATA_DIR it draws its own pictures, so that it needs nothing but this folder. Takes under a minute.
"""
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy as np
import torch

import candidates
import label_plates
import losses
import network
import prepare
import refiner
import samples
import train_refiner
from evaluate import detect, load_runner
from export import export
from grow import grow

HERE = pathlib.Path(__file__).resolve().parent
SIDE = 128


def draw_data(folder):
    """A set of grey pictures with bright boxes that stand for faces and dark ones that stand for plates."""
    rng = np.random.default_rng(0)
    folder = folder / "drawn"
    folder.mkdir(parents=True)
    lines = ["image,x,y,w,h,class,ignore,source"]
    for number in range(6):
        image = rng.integers(90, 140, (160, 200, 3), np.uint8)
        for label, value in (("face", 230), ("plate", 20)):
            x, y, w, h = (int(v) for v in rng.integers((5, 5, 20, 20), (120, 90, 60, 60)))
            image[y:y + h, x:x + w] = value
            lines.append(f"{number}.png,{x},{y},{w},{h},{label},0,drawn")
        cv2.imwrite(str(folder / f"{number}.png"), image)
    (folder / "gt.csv").write_text("\n".join(lines) + "\n")


def run(program, *arguments):
    subprocess.run([sys.executable, str(HERE / program), *map(str, arguments)], check=True)


def check_same(before, after):
    for old, new in zip(before, after):
        assert torch.allclose(old[0], new[0], atol=1e-4) and torch.allclose(old[1], new[1], atol=1e-4)


@torch.no_grad()
def check_folding_and_growing():
    """Folding, growing and exporting leave what the network says as it is."""
    torch.manual_seed(0)
    detector = network.Detector(**network.ARCHITECTURES["n"])
    for _ in range(30):
        detector(torch.randn(2, 3, 64, 64))
    detector.eval()
    raw = torch.randint(0, 256, (1, 3, 96, 64)).float()
    image = network.normalise(raw)
    before = detector(image)
    check_same(before, detector.fold()(image))
    check_same(before, grow(detector, network.ARCHITECTURES["s"])(image))
    exported = network.DetectorForExport(detector)(raw)
    check_same([(torch.sigmoid(scores), boxes) for scores, boxes in before], list(zip(exported[::2], exported[1::2])))


def check_geometry(pack):
    """Every crop is whole and every box lies inside it; a quarter turn of a box four times is the box."""
    sampler, degrade = samples.CropSampler(pack), samples.Degrader(0)
    for seed in range(20):
        rng = np.random.default_rng(seed)
        crop, boxes = sampler.draw(rng, SIDE)
        assert crop.shape == degrade(rng, crop).shape == (SIDE, SIDE, 3)
        assert (boxes[:, :2] >= 0).all() and (boxes[:, :2] + boxes[:, 2:4] <= SIDE + 1e-3).all()
    turned = boxes
    for _ in range(4):
        crop, turned = samples.turn(crop, turned, SIDE)
    assert np.allclose(turned, boxes, atol=1e-3)


def check_places():
    """What a box encloses stays in its middle, to a tenth of a pixel, however a crop or a patch is enlarged."""
    picture = np.zeros((200, 200, 3), np.uint8)
    picture[70:90, 90:120] = 255
    box = np.float32([[90, 70, 30, 20, 0, 1]])
    for seed, scale in enumerate((0.4, 0.8, 1.0, 1.7, 3.0)):
        black, corner = np.zeros((SIDE, SIDE, 3), np.uint8), np.float64([105, 80]) * scale - SIDE / 2
        crop, moved = samples.cut(np.random.default_rng(seed), (picture, 1.0), box, SIDE, scale, *corner, black)
        assert np.abs(moved[0, :2] + moved[0, 2:4] / 2 - middle(crop)).max() < 0.1, (scale, moved, middle(crop))
    patch = np.zeros((refiner.PATCH_SIDE, refiner.PATCH_SIDE, 3), np.uint8)
    patch[25:55, 30:50] = 255
    for seed in range(40):
        crop, place = train_refiner.displace(
            np.random.default_rng(seed), patch, np.float64([30, 25, 20, 30]) / refiner.PATCH_SIDE)
        assert np.abs((np.float64(place[:2]) + place[2:]) / 2 - middle(crop)).max() < 0.1, seed


def middle(picture):
    """The centre of what is bright, counted from the picture's corner."""
    light = picture[:, :, 0].astype(np.float64)
    down, across = np.indices(light.shape) + 0.5
    return np.float64([(across * light).sum(), (down * light).sum()]) / light.sum()


def check_loss():
    """Perfect boxes cost nothing, and an ignore region takes its cells out."""
    grid = losses.Grid(SIDE)
    boxes = torch.tensor([[10.0, 10.0, 40.0, 50.0]])
    assert abs(float(losses.box_loss(boxes, boxes))) < 1e-5
    weight = torch.ones(1, len(grid.centres), 2)
    weight[losses.cells_inside(grid, torch.tensor([[0.0, 0.0, 0.0, SIDE, SIDE, 1.0, 0.0]]))] = 0
    assert weight[..., 0].all() and not weight[..., 1].any()


def check_verdicts():
    """Where somebody looked, a teacher's face, doubt or mistake becomes what it is, and the teacher is not believed."""
    face, plate = (network.CLASSES.index(name) for name in ("face", "plate"))
    labels = [[10, 10, 40, 40, face, 0], [12, 12, 40, 40, plate, 1], [80, 80, 30, 30, face, 1], [200, 10, 30, 30, face, 1]]
    verdicts = [[11, 10, 40, 42, face, 4], [80, 81, 30, 30, network.REFUTED + face, 0]]
    boxes = prepare.correct(labels, verdicts)
    assert boxes.tolist() == labels[1:2] + labels[3:] + verdicts, boxes
    assert prepare.correct(labels, []) == labels
    row, opinion = np.float32([80, 80, 30, 30, 0.5, face]), np.float32([[80, 80, 30, 30, 0.7]])
    assert candidates.facts(row, boxes, opinion)[refiner.TARGETS] == [0, 0]
    assert np.allclose(candidates.facts(row, boxes[:-1], opinion)[refiner.TARGETS], [0.7, 0])
    grid = losses.Grid(SIDE)
    scores = [torch.zeros(1, 2, SIDE // stride, SIDE // stride, requires_grad=True) for stride in network.STRIDES]
    places = [torch.zeros(1, 4, SIDE // stride, SIDE // stride) for stride in network.STRIDES]
    seen = list(zip(scores, places))
    sure = [(torch.full_like(score[:, :1], 0.9).detach(), place) for score, place in seen]
    for label, drawn_down in ((network.REFUTED + face, True), (face, False)):
        whole = [np.float32([[0, 0, SIDE, SIDE, label, 0]])]
        slope = torch.autograd.grad(losses.detection_loss(grid, seen, whole, sure)[0], scores)[0][:, face]
        assert (slope > 0).all() if drawn_down else (slope < 0).all(), slope


def check_added_plates():
    """A plate that people drew or refuted stays alone; another one is added, or left undecided, by its score."""
    drawn = np.float32([[10, 10, 40, 20, 1, 1], [100, 100, 30, 30, 0, 1], [10, 60, 40, 20, network.REFUTED + 1, 0]])
    found = np.float32([[12, 11, 40, 20, 0.9, 1], [102, 102, 28, 26, 0.6, 1], [60, 60, 20, 10, 0.3, 1],
                        [12, 61, 40, 20, 0.9, 1]])
    added = label_plates.additions(found, drawn)
    assert added[:, [0, 4, 5]].tolist() == [[102, 1, 1], [60, 1, 0]], added


def check_aim():
    """Ignore regions are never aimed at, rare objects more often, and large ones too where length counts."""
    row = {"ignore": "0", "w": "30", "h": "40"}
    assert [prepare.weight({**row, **more}) for more in ({}, {"pose": "1"}, {"occlusion": "2"}, {"ignore": "1"})] == [
        1, prepare.RARE_WEIGHT, prepare.RARE_WEIGHT, 0]
    assert prepare.weight({**row, "pose": "1", "h": "10", "w": "8"}) == 1
    boxes = np.float32([[0, 0, 90, 90, 0, 0], [0, 0, 10, 10, 0, 1], [0, 0, 10, 10, 0, 4], [0, 0, 50, 50, 0, 1]])
    rng = np.random.default_rng(0)
    for power, expected in ((0, [0, 1 / 6, 4 / 6, 1 / 6]), (1, [0, 0.1, 0.4, 0.5])):
        chosen = np.bincount([samples.choose_object(rng, boxes, power) for _ in range(3000)], minlength=4) / 3000
        assert np.abs(chosen - expected).max() < 0.04, (power, chosen)


def check_refiner(work, detector):
    """Candidates of a detector, a refiner that learns from them with a stop between, and its export."""
    run("candidates.py", work / "pack", detector, work / "candidates", "--views", 6)
    for images in (64, 128):
        run("train_refiner.py", work / "candidates", work / "refiner", "--images", images, "--batch", 16)
    run("train_refiner.py", work / "candidates", work / "onward", "--images", 64, "--batch", 16, "--start",
        work / "refiner/weights.pt")
    onnx = work / "refiner.onnx"
    assert export(work / "refiner/weights.pt", onnx) == export(work / "refiner/weights.pt", work / "again.onnx")
    net = cv2.dnn.readNetFromONNX(str(onnx))
    patches = np.random.default_rng(0).uniform(0, 255, (3, 3, refiner.SIDE, refiner.SIDE)).astype(np.float32)
    net.setInput(patches)
    scores, places = net.forward(("score", "place"))
    trained = refiner.build_refiner(torch.load(work / "refiner/weights.pt")).eval()
    with torch.no_grad():
        expected = trained(network.normalise(torch.from_numpy(patches)))
    assert np.abs(scores - torch.sigmoid(expected[0]).numpy()).max() < 1e-3
    assert np.abs(places - expected[1].numpy()).max() < 1e-3


def check_cutting():
    """A square around a box shows the box in its middle, at half its size, also beyond the picture's edge."""
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[20:60, 10:50] = 200
    patch = refiner.cut_out(picture, (10, 20, 40, 40), 2.0, 64)
    assert patch.shape == (64, 64, 3) and (patch[17:47, 17:47] == 200).all() and not patch[:15].any()
    assert refiner.cut_out(picture, (-300, 20, 40, 40), 2.0, 64).shape == (64, 64, 3)


def main():
    check_cutting()
    check_folding_and_growing()
    check_places()
    check_loss()
    check_verdicts()
    check_added_plates()
    check_aim()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        data = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else work / "data"
        if len(sys.argv) == 1:
            draw_data(data)
        run("prepare.py", data, work / "pack", "--limit", 4)
        check_geometry(samples.Pack(work / "pack"))
        settings = ("--sides", f"{SIDE},{2 * SIDE}", "--batch", 16, "--workers", 2, "--reuse", 1, "--precision", "float32")
        run("train.py", work / "pack", work / "out", "--images", 40, *settings)
        run("train.py", work / "pack", work / "out", "--images", 80, *settings)
        rows = (work / "out/log.csv").read_text().splitlines()
        assert len(rows) == 3 and rows[-1].startswith("4,80,"), rows
        run("train.py", work / "pack", work / "larger", "--size", "s", "--start", work / "out/weights.pt", "--images", 40,
            *settings)
        assert network.load_weights(work / "larger/weights.pt").settings == network.ARCHITECTURES["s"]
        assert (work / "out/curve.png").stat().st_size > 0
        weights, onnx = work / "out/weights.pt", work / "out/detector.onnx"
        run("set_scores.py", weights, "face", 0.5, 0.25, 0.45, 0.6)
        assert export(weights, onnx) == export(weights, work / "again.onnx"), "the export is not repeatable"
        assert b"efface.face.continue" in onnx.read_bytes() and b"0.25" in onnx.read_bytes()
        image = np.random.default_rng(0).uniform(0, 255, (2, 3, 96, 160)).astype(np.float32)
        exported, trained = load_runner(onnx)(image), load_runner(weights)(image)
        for output, kind, stride, expected in zip(
                exported, ("score", "box") * 3, (8, 8, 16, 16, 32, 32), trained):
            assert output.shape == (2, 2 if kind == "score" else 4, 96 // stride, 160 // stride), output.shape
            assert np.abs(output - expected).max() < 1e-3
        assert detect(load_runner(weights), np.zeros((50, 70, 3), np.uint8)).shape[1] == 6
        check_refiner(work, weights)
    print("selftest passed")


if __name__ == "__main__":
    main()
