package io.efface.testing;

import io.efface.detect.Label;
import io.efface.manifest.Decision;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import io.efface.manifest.ModelIdentity;
import io.efface.manifest.Tool;
import io.efface.track.Track;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Manifests that no network had a part in. */
public final class Manifests {
  private Manifests() {}

  /** One shot with tracks that somebody made up. */
  public static Manifest of(
      Manifest.Input input, List<Label> classes, List<Track> tracks, Decision decision) {
    return new Manifest(
        new Tool("efface", "test"),
        input,
        List.of(new ModelIdentity("none", "0".repeat(64), 640, 0.5, 0.5)),
        classes,
        List.of(0L),
        List.of(),
        tracks.stream().map(track -> new Manifest.Entry(track, decision)).toList());
  }

  /** Writes a manifest to a file, and returns that. */
  public static Path write(Manifest manifest, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      ManifestCodec.write(manifest, out);
    }
    return file;
  }
}
