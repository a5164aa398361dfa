package io.efface.detect;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Makes a model's file forget the sizes that it declares. Some exporters write the size of the
 * picture they were tried with, which the runtime then insists on though the network takes any.
 * Nothing else is changed; the file's protocol buffers are walked here, as the runtime offers no
 * way.
 */
final class FreeShapes {
  // Field numbers of onnx.proto: ModelProto, GraphProto, ValueInfoProto, TypeProto, its Tensor,
  // TensorShapeProto.
  private static final int GRAPH = 7;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;
  private static final int INNER_VALUE = 13;
  private static final int NAME = 1;
  private static final int TYPE = 2;
  private static final int TENSOR = 1;
  private static final int SHAPE = 2;
  private static final int DIMENSION = 1;

  /** The dimension that stays: channels of an NCHW tensor. */
  private static final int CHANNELS = 1;

  private static final int MOST_VARINT_BITS = 63;

  private FreeShapes() {}

  /** What becomes of one embedded message, string or byte field; empty drops it. */
  private interface Change {
    Optional<byte[]> apply(int field, byte[] body);
  }

  /**
   * The model with all dimensions but the second of its input and of its outputs free, and no
   * shapes stated within.
   *
   * @param model what to call it in messages
   * @param content the ONNX file, not changed
   * @param input name of the input; other inputs, which may be weights, stay as they are
   * @throws DetectionException if the file is none
   */
  static byte[] of(String model, byte[] content, String input) {
    try {
      return rewrite(
          content, (field, body) -> Optional.of(field == GRAPH ? graph(body, input) : body));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DetectionException("model '" + model + "' is no ONNX file: give one", e);
    }
  }

  private static byte[] graph(byte[] graph, String input) {
    return rewrite(
        graph,
        (field, body) -> {
          if (field == INNER_VALUE) {
            return Optional.empty();
          }
          boolean freed = field == OUTPUT || (field == INPUT && name(body).equals(input));
          return Optional.of(freed ? value(body) : body);
        });
  }

  private static byte[] value(byte[] value) {
    return within(
        value,
        TYPE,
        type -> within(type, TENSOR, tensor -> within(tensor, SHAPE, FreeShapes::shape)));
  }

  private static byte[] shape(byte[] shape) {
    AtomicInteger axis = new AtomicInteger();
    return rewrite(
        shape,
        (field, body) -> {
          boolean freed = field == DIMENSION && axis.getAndIncrement() != CHANNELS;
          return Optional.of(freed ? new byte[0] : body);
        });
  }

  private static byte[] within(byte[] message, int wanted, UnaryOperator<byte[]> change) {
    return rewrite(
        message, (field, body) -> Optional.of(field == wanted ? change.apply(body) : body));
  }

  private static String name(byte[] value) {
    StringBuilder name = new StringBuilder();
    rewrite(
        value,
        (field, body) -> {
          if (field == NAME) {
            name.append(new String(body, StandardCharsets.UTF_8));
          }
          return Optional.of(body);
        });
    return name.toString();
  }

  private static byte[] rewrite(byte[] message, Change change) {
    ByteBuffer in = ByteBuffer.wrap(message);
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length);
    while (in.hasRemaining()) {
      long tag = varint(in);
      switch ((int) tag & 7) {
        case 0 -> {
          varint(out, tag);
          varint(out, varint(in));
        }
        case 1 -> copy(in, Long.BYTES, tag, out);
        case 5 -> copy(in, Integer.BYTES, tag, out);
        case 2 -> {
          byte[] body = bytes(in, varint(in));
          change
              .apply((int) (tag >>> 3), body)
              .ifPresent(
                  changed -> {
                    varint(out, tag);
                    varint(out, changed.length);
                    out.writeBytes(changed);
                  });
        }
        default -> throw new IllegalArgumentException("wire type " + (tag & 7));
      }
    }
    return out.toByteArray();
  }

  private static void copy(ByteBuffer in, int length, long tag, ByteArrayOutputStream out) {
    varint(out, tag);
    out.writeBytes(bytes(in, length));
  }

  private static byte[] bytes(ByteBuffer in, long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift <= MOST_VARINT_BITS; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
