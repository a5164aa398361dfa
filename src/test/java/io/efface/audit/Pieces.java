package io.efface.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Builds structures byte by byte, right ones and wrong ones. */
final class Pieces {
  private Pieces() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] text(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] zeros(int count) {
    return new byte[count];
  }

  static byte[] u16(int value) {
    return ByteBuffer.allocate(2).putShort((short) value).array();
  }

  static byte[] u32(long... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (long value : values) {
      out.putInt((int) value);
    }
    return out.array();
  }

  static byte[] little32(int value) {
    return u32(Integer.reverseBytes(value));
  }

  /** A box of MP4. */
  static byte[] box(String type, byte[]... parts) {
    byte[] body = join(parts);
    return join(u32(8 + body.length), text(type), body);
  }

  /** An element of Matroska, with a size of eight bytes. */
  static byte[] element(String id, byte[]... parts) {
    byte[] body = join(parts);
    return join(hex(id), hex("01000000"), u32(body.length), body);
  }

  /** A unit of H.264 or HEVC behind its length of four bytes. */
  static byte[] unit(String digits) {
    byte[] body = hex(digits);
    return join(u32(body.length), body);
  }

  static byte[] replaced(byte[] all, byte[] what, byte[] by) {
    int at = indexOf(all, what);
    if (at < 0) {
      throw new IllegalArgumentException("not there");
    }
    return join(Arrays.copyOf(all, at), by, Arrays.copyOfRange(all, at + what.length, all.length));
  }

  /** Overwrites bytes at a distance from a four-character code, keeping the length. */
  static byte[] patched(byte[] all, String after, int distance, byte[] by) {
    byte[] copy = all.clone();
    System.arraycopy(by, 0, copy, indexOf(all, text(after)) + distance, by.length);
    return copy;
  }

  static int indexOf(byte[] all, byte[] what) {
    for (int i = 0; i + what.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }

  static List<Finding> check(Path folder, byte[] bytes) {
    try {
      return ContainerAudit.check(Files.write(folder.resolve("file"), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that the check of a file finds something of a kind at a place. */
  static void assertFound(Path folder, byte[] file, Finding.Kind kind, String where) {
    assertThat(check(folder, file))
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.where()).contains(where);
            });
  }
}
