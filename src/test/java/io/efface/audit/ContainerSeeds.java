package io.efface.audit;

import java.util.stream.Stream;

/** Small whole films without a finding, for what makes others of them. */
public final class ContainerSeeds {
  private ContainerSeeds() {}

  /** A film of each container. */
  public static Stream<byte[]> films() {
    return Stream.of(new TinyMp4().bytes(), new TinyMatroska().bytes());
  }
}
