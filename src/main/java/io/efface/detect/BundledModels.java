package io.efface.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The models that come with the program, as {@code models/SHA256SUMS} lists them: what {@code
 * sha256sum *.onnx} prints.
 */
final class BundledModels {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/]+)\\.onnx");

  /** SHA-256 of each model by its name, sorted by name. */
  static final Map<String, String> HASHES = read();

  private BundledModels() {}

  private static Map<String, String> read() {
    Map<String, String> hashes = new TreeMap<>();
    try (InputStream in = BundledModels.class.getResourceAsStream("/models/SHA256SUMS")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks its list of models: build it again");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new IllegalStateException("models/SHA256SUMS: not understood: " + line);
        }
        hashes.put(matcher.group(2), matcher.group(1));
      }
    } catch (IOException e) {
      throw new IllegalStateException("this build's list of models cannot be read", e);
    }
    return Collections.unmodifiableMap(hashes);
  }
}
