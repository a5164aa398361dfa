package io.efface.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways of damaging a file, each a function of the file and of a random generator alone. */
public enum Mutation {
  /** Some bits are turned. */
  BIT_FLIPS {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      for (int i = random.nextInt(1, 40); i > 0; i--) {
        file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return file;
    }
  },
  /** The end is missing. */
  TRUNCATION {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
  },
  /** The size in front of some four-letter name is another. */
  BOX_SIZE_LIE {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      List<Integer> boxes = boxes(file);
      int at =
          boxes.isEmpty()
              ? random.nextInt(Math.max(1, file.length - 4))
              : boxes.get(random.nextInt(boxes.size()));
      int[] lies = {0, 1, 7, 8, -1, Integer.MAX_VALUE, random.nextInt(), random.nextInt(64)};
      ByteBuffer.wrap(file).putInt(at, lies[random.nextInt(lies.length)]);
      return file;
    }
  },
  /** A piece of another file stands in it. */
  SPLICE {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      int from = random.nextInt(other.length);
      byte[] piece = Arrays.copyOfRange(other, from, random.nextInt(from, other.length) + 1);
      int at = random.nextInt(file.length);
      byte[] spliced = Arrays.copyOf(file, file.length + piece.length);
      System.arraycopy(piece, 0, spliced, at, piece.length);
      System.arraycopy(file, at, spliced, at + piece.length, file.length - at);
      return spliced;
    }
  },
  /** Two pieces have changed places, so that tables point to what belongs to another stream. */
  SWAP {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      int length = random.nextInt(1, Math.max(2, file.length / 4));
      int a = random.nextInt(Math.max(1, file.length - length));
      int b = random.nextInt(Math.max(1, file.length - length));
      byte[] piece = Arrays.copyOfRange(file, a, Math.min(file.length, a + length));
      System.arraycopy(file, b, file, a, Math.min(length, file.length - Math.max(a, b)));
      System.arraycopy(piece, 0, file, b, Math.min(piece.length, file.length - b));
      return file;
    }
  },
  /** A stretch is all zeros or all ones. */
  BLANK {
    @Override
    byte[] apply(byte[] file, byte[] other, RandomGenerator random) {
      int from = random.nextInt(file.length);
      int to = Math.min(file.length, from + random.nextInt(1, 4096));
      Arrays.fill(file, from, to, (byte) (random.nextBoolean() ? 0 : 0xff));
      return file;
    }
  };

  /** Each of them. */
  public static final List<Mutation> ALL = List.of(values());

  /** Damages a copy, which may be changed in place. */
  abstract byte[] apply(byte[] file, byte[] other, RandomGenerator random);

  /**
   * A damaged copy.
   *
   * @param file not empty; not changed
   * @param other not empty; not changed
   */
  public byte[] of(byte[] file, byte[] other, RandomGenerator random) {
    return apply(file.clone(), other, random);
  }

  /** Where sizes stand: in front of what reads like a name of an MP4 box or an AVI chunk. */
  private static List<Integer> boxes(byte[] file) {
    List<Integer> found = new ArrayList<>();
    for (int i = 4; i + 4 <= file.length; i++) {
      String name = new String(file, i, 4, StandardCharsets.ISO_8859_1);
      if (name.matches("[a-z]{3}[a-z0-9]")) {
        found.add(i - 4);
      }
    }
    return found;
  }
}
