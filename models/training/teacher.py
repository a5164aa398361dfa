"""A YuNet face detector as a teacher: scores and boxes for every cell of strides 8, 16 and 32.

Debian has no ONNX reader for Python, so the few fields of the format that matter are read here. YuNet's grid is
the student's grid, which makes its answers usable cell by cell, without decoding or suppression.
"""
import struct

import numpy as np
import torch
from torch.nn import functional

from network import STRIDES


def read_varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def read_fields(data):
    """(number, value) of each field of one protocol buffer message."""
    at = 0
    while at < len(data):
        key, at = read_varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = read_varint(data, at)
        elif kind == 2:
            size, at = read_varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            size = 8 if kind == 1 else 4
            value, at = data[at:at + size], at + size
        yield key >> 3, value


def read_packed(value):
    """Repeated integers, packed or (one at a time) not."""
    if isinstance(value, int):
        return [value]
    integers, at = [], 0
    while at < len(value):
        integer, at = read_varint(value, at)
        integers.append(integer)
    return integers


def read_tensor(data):
    """(name, float array) of a TensorProto; None for other element types."""
    name, shape, values = "", [], None
    for number, value in read_fields(data):
        if number == 1:
            shape += read_packed(value)
        elif number == 8:
            name = value.decode()
        elif number == 4:
            values = np.frombuffer(value, np.float32) if isinstance(value, bytes) else values
        elif number == 9:
            values = value
    if values is None:
        return name, None
    if isinstance(values, bytes) and len(values) != 4 * int(np.prod(shape or [1])):
        return name, None
    return name, np.frombuffer(values, np.float32).reshape(shape) if isinstance(values, bytes) else values.reshape(shape)


def read_node(data):
    """(operation, inputs, outputs, integer attributes) of a NodeProto."""
    operation, inputs, outputs, attributes = "", [], [], {}
    for number, value in read_fields(data):
        if number == 1:
            inputs.append(value.decode())
        elif number == 2:
            outputs.append(value.decode())
        elif number == 4:
            operation = value.decode()
        elif number == 5:
            name, integers = "", []
            for field, content in read_fields(value):
                if field == 1:
                    name = content.decode()
                elif field in (3, 8):
                    integers += read_packed(content)
            attributes[name] = integers
    return operation, inputs, outputs, attributes


def channels_last(value):
    """A tensor of an array's values; kernels stored as the pictures are, which halves the time."""
    tensor = torch.from_numpy(value.copy())
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor


class YuNetTeacher:
    """Runs a YuNet ONNX file in torch; single-threaded users only."""

    def __init__(self, path):
        with open(path, "rb") as file:
            model = file.read()
        graph = next(value for number, value in read_fields(model) if number == 7)
        self.nodes = [read_node(value) for number, value in read_fields(graph) if number == 1]
        tensors = dict(read_tensor(value) for number, value in read_fields(graph) if number == 5)
        self.weights = {name: channels_last(value) for name, value in tensors.items() if value is not None}
        self.nodes = [node for node in self.nodes if "kps" not in "".join(node[1] + node[2])]
        self.feature_names = self.find_features()

    @torch.no_grad()
    def __call__(self, image):
        """From a BGR batch, 0..255, to what it sees and the features it sees it by.

        The first is [(scores [N,1,h,w], boxes [N,4,h,w])] in the student's own units, the second the maps
        [N,64,h,w] of backbone and heads, both in the order of STRIDES.
        """
        values = {"input": image}
        for operation, inputs, outputs, attributes in self.nodes:
            source = values.get(inputs[0])
            if source is not None:
                result = self.run(operation, source, inputs, attributes, values)
                if result is not None:
                    values[outputs[0]] = result
        half_cell = torch.tensor([0.5, 0.5, 0.0, 0.0]).reshape(1, 4, 1, 1)
        maps = [(torch.sqrt(values[f"cls_{stride}"].float() * values[f"obj_{stride}"].float()),
                 values[f"bbox_{stride}"].float() - half_cell) for stride in STRIDES]
        return maps, [values[name] for name in self.feature_names]

    def find_features(self):
        """Names of the backbone's outputs (what the neck starts from) and of the heads' last shared features."""
        inputs_of = {inputs[1]: inputs[0] for _, inputs, _, _ in self.nodes if len(inputs) > 1}
        sums = [inputs[0] for operation, inputs, _, _ in self.nodes if operation == "Add"]
        backbone = [*reversed(sums), inputs_of["neck.lateral_convs.2.conv1.weight"]]
        return backbone + [inputs_of[f"bbox_head.multi_level_cls.{level}.conv1.weight"] for level in range(3)]

    def run(self, operation, source, inputs, attributes, values):
        if operation == "Conv":
            return functional.conv2d(
                source, self.weights[inputs[1]], self.weights[inputs[2]], attributes["strides"][0],
                attributes["pads"][0], groups=attributes["group"][0])
        if operation == "Relu":
            return functional.relu(source, inplace=True)
        if operation == "MaxPool":
            return functional.max_pool2d(source, 2)
        if operation == "Resize":
            return functional.interpolate(source, scale_factor=2.0, mode="nearest")
        if operation == "Add":
            return source + values[inputs[1]]
        if operation == "Sigmoid":
            return torch.sigmoid(source)
        # The graph's end only reorders the maps into lists; the maps themselves are wanted here.
        return source if operation in ("Transpose", "Reshape") else None
