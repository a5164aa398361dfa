package io.efface.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX files, operator by operator; see onnx.proto for the numbers. */
public final class TinyModel {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Message graph = new Message();
  private final Message metadata = new Message();

  /** A message of protocol buffers that grows. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    private Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
  }

  /** Declares an input of floats; a negative dimension is free. */
  public TinyModel input(String name, long... shape) {
    graph.message(11, value(name, shape));
    return this;
  }

  /** Declares an output of floats; a negative dimension is free. */
  public TinyModel output(String name, long... shape) {
    graph.message(12, value(name, shape));
    return this;
  }

  /** Adds constant floats. */
  public TinyModel floats(String name, long[] shape, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(name, FLOAT, shape, raw.array());
  }

  /** Adds a vector of constant integers. */
  public TinyModel integers(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return tensor(name, INT64, new long[] {values.length}, raw.array());
  }

  /** Adds an operator with inputs (separated by blanks) and one output. */
  public TinyModel node(String operator, String inputs, String output) {
    graph.message(1, operator(operator, inputs, output));
    return this;
  }

  /** Adds an operator along an axis. */
  public TinyModel along(int axis, String operator, String inputs, String output) {
    Message attribute = new Message().text(1, "axis").number(20, 2).number(3, axis);
    graph.message(1, operator(operator, inputs, output).message(5, attribute));
    return this;
  }

  /** Adds a convolution whose strides are given; inputs are the picture, weights and a bias. */
  public TinyModel convolution(int stride, String inputs, String output) {
    Message attribute =
        new Message().text(1, "strides").number(20, 7).number(8, stride).number(8, stride);
    graph.message(1, operator("Conv", inputs, output).message(5, attribute));
    return this;
  }

  /** Adds a field of the file's own. */
  public TinyModel metadata(String key, String value) {
    metadata.message(14, new Message().text(1, key).text(2, value));
    return this;
  }

  /** The whole file. */
  public byte[] bytes() {
    graph.text(2, "tiny");
    Message model =
        new Message()
            .number(1, 8)
            .message(7, graph)
            .message(8, new Message().text(1, "").number(2, 13));
    model.bytes.writeBytes(metadata.bytes.toByteArray());
    return model.bytes.toByteArray();
  }

  private TinyModel tensor(String name, int type, long[] shape, byte[] raw) {
    Message tensor = new Message();
    for (long side : shape) {
      tensor.number(1, side);
    }
    graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
    return this;
  }

  private static Message operator(String operator, String inputs, String output) {
    Message node = new Message();
    for (String input : inputs.split(" ", -1)) {
      node.text(1, input);
    }
    return node.text(2, output).text(4, operator);
  }

  private static Message value(String name, long... shape) {
    Message dimensions = new Message();
    for (long side : shape) {
      Message dimension = new Message();
      dimensions.message(1, side < 0 ? dimension : dimension.number(1, side));
    }
    Message tensor = new Message().number(1, FLOAT).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }
}
