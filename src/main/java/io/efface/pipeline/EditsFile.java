package io.efface.pipeline;

import io.efface.detect.Sha256;
import io.efface.manifest.Amendment;
import io.efface.manifest.Edits;
import io.efface.manifest.EditsCodec;
import io.efface.manifest.FileIdentity;
import io.efface.manifest.FrameTimes;
import io.efface.manifest.Manifest;
import io.efface.manifest.ManifestCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * A person's decisions, as a job uses them.
 *
 * @param file where they were read from, for messages
 * @param identity which file that was
 * @param edits what it says
 */
record EditsFile(Path file, FileIdentity identity, Edits edits) {

  /**
   * Reads a file of edits.
   *
   * @throws io.efface.manifest.DocumentException if it is none
   */
  static EditsFile read(Path file, Cancellation cancellation) {
    Inputs.refuseMissing(file);
    Edits edits = EditsCodec.read(file);
    return new EditsFile(file, FileDigest.of(file, file, cancellation::check), edits);
  }

  /**
   * Refuses decisions on tracks that may be the numbers of another manifest: a wrong one would
   * leave somebody visible.
   */
  void refuseAnyManifest() {
    if (!edits.tracks().isEmpty() && edits.manifest().isEmpty()) {
      throw new JobException(
          file
              + ": decides on tracks, whose numbers hold for one manifest; put the SHA-256 of that"
              + " in 'manifest', or use 'efface apply MANIFEST --edits'");
    }
  }

  /**
   * Refuses edits that were made for another manifest.
   *
   * @param sha256 of the manifest's file
   */
  void refuseOtherManifest(String sha256) {
    if (edits.manifest().isPresent() && !edits.manifest().get().equals(sha256)) {
      throw new JobException(
          file
              + ": was made for another manifest (another SHA-256); use that one, or the input, model"
              + " and options that gave it");
    }
  }

  /** The SHA-256 that a manifest's file would have. */
  static String sha256(Manifest manifest) {
    MessageDigest digest = Sha256.begin();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      ManifestCodec.write(manifest, out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Sha256.end(digest);
  }

  /**
   * The manifest with the edits in it.
   *
   * @param times of every frame of the film
   * @param remarks hears what changed nothing
   * @throws JobException if they do not fit
   */
  Manifest fold(Manifest manifest, FrameTimes times, Remarks remarks) {
    try {
      Amendment amendment = new Amendment(manifest, edits, times);
      Manifest made = amendment.made();
      remarks.onIdleEdits(amendment.idle());
      return made;
    } catch (IllegalArgumentException e) {
      throw new JobException(file + ": " + e.getMessage() + "; correct the edits", e);
    }
  }
}
