package io.efface.batch;

import io.efface.pipeline.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads lists of paths: UTF-8, a path a line, or with a NUL behind each as {@code find -print0}
 * writes them. Nothing in a line means anything else: no quotes, no comments, no options.
 */
final class ListFile {
  /** A list of a million long paths; what is longer is no list. */
  private static final int MOST_BYTES = 256 << 20;

  /** What editors on Windows put before a text. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private ListFile() {}

  /**
   * Reads a list from a file.
   *
   * @throws JobException if it cannot be read
   */
  static List<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw new JobException(file + ": cannot be read as a list of inputs; check the name", e);
    }
  }

  /**
   * Reads a list from a stream, which is not closed.
   *
   * @param name what to call it in messages
   * @throws JobException if it is not text in UTF-8, or far too long
   */
  static List<String> read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new JobException(name + ": is no list of inputs: it is larger than 256 MiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new JobException(
          name + ": is no list of inputs: it is not in UTF-8; write a path a line", e);
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    String[] lines = text.split(text.indexOf('\0') >= 0 ? "\0" : "\r?\n", -1);
    return Arrays.stream(lines).filter(line -> !line.isEmpty()).toList();
  }
}
