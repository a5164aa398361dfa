"""Write a model's operating points into its ONNX file, where the program reads them.

usage: set_scores.py MODEL.onnx CLASS START CONTINUE [CLASS START CONTINUE ...]

ModelProto.metadata_props is field 14, a repeated message of key (1) and value (2); protocol buffers let a repeated field be
appended to a serialised message, and a later entry of the same key replaces an earlier one.
"""
import sys


def varint(value):
    """A protocol buffer's variable-length integer."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(field, value):
    """A string field."""
    data = value.encode()
    return varint(field << 3 | 2) + varint(len(data)) + data


def entry(key, value):
    """One StringStringEntryProto within a ModelProto."""
    body = text(1, key) + text(2, value)
    return varint(14 << 3 | 2) + varint(len(body)) + body


def main():
    path, rest = sys.argv[1], sys.argv[2:]
    with open(path, 'ab') as out:
        for name, start, lower in zip(rest[::3], rest[1::3], rest[2::3]):
            out.write(entry(f'efface.{name}.start', start) + entry(f'efface.{name}.continue', lower))


if __name__ == '__main__':
    main()
