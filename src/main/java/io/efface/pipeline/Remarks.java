package io.efface.pipeline;

import io.efface.detect.DeviceUse;
import io.efface.detect.Label;
import io.efface.manifest.Manifest;
import io.efface.media.EncoderUse;
import io.efface.media.FrameReader;
import io.efface.media.MediaInfo;
import io.efface.media.StreamDecision;
import io.efface.report.Residual;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person should look at or may want to know after a job that ended well, a line each. */
final class Remarks {
  private final Path input;
  private final List<String> texts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Remarks on one input. */
  Remarks(Path input) {
    this.input = input;
  }

  private void add(String text) {
    texts.add(text);
  }

  /** The lines so far, each naming the input. */
  List<String> lines() {
    return texts.stream().map(text -> input + ": " + text).toList();
  }

  /** The lines so far without the input, whose folders are nobody's business but the user's. */
  List<String> texts() {
    return List.copyOf(texts);
  }

  /** What a person may want to know although all is well, a line each that names the input. */
  List<String> notes() {
    return notes.stream().map(text -> input + ": " + text).toList();
  }

  /** Looks at which encoder was used. */
  void onEncoder(EncoderUse use) {
    if (use.unasked()) {
      note(use.why(), "encoded by " + use.encoder().id());
    }
  }

  /** Looks at what the networks ran on. */
  void onDevices(List<DeviceUse> uses) {
    for (DeviceUse use : uses) {
      if (use.unasked()) {
        note(use.why(), "the detector ran on " + use.device().id());
      }
    }
  }

  private void note(Optional<String> why, String what) {
    notes.add(why.map(reason -> reason + "; ").orElse("") + what);
  }

  /** Looks at how the input could be read, after its end. */
  void onReading(FrameReader reader) {
    reader.damage().ifPresent(why -> add(why + "; the output holds what is there"));
    onRefused(reader.decoder().refusedPackets());
    if (reader.decoder().isShifted()) {
      note(
          Optional.empty(),
          "its clock is set anew in the middle, as in recordings that were joined; what follows was"
              + " put behind what was before");
    }
    if (reader.decoder().isResized()) {
      add("its pictures change their size in the middle; they were brought to that of the first");
    }
    if (reader.decoder().isTurned()) {
      add("how its pictures are to be turned changes in the middle; they were turned as the first");
    }
    for (MediaInfo.Extra extra : reader.info().extras()) {
      if (extra.kind().equals(MediaInfo.FURTHER_PICTURES)) {
        add(extra.count() + " further pictures in it were left out");
      }
    }
    if (reader.decoder().isTransparent()) {
      add("its transparency was left out; what was transparent is black");
    }
  }

  /** Looks at packets that the decoder took nothing from. */
  void onRefused(long packets) {
    if (packets > 0) {
      add(
          packets == 1
              ? "1 damaged piece gave no picture and is missing"
              : packets + " damaged pieces gave no picture and are missing");
    }
  }

  /** Looks at frames that were filled whole. */
  void onBlanked(long frames) {
    if (frames > 0) {
      add(
          frames == 1
              ? "1 damaged frame was filled whole; look at it"
              : frames + " damaged frames were filled whole; look at them");
    }
  }

  /** Looks at sound that was wanted and could not be kept, and at further videos. */
  void onStreams(List<StreamDecision> decisions) {
    for (StreamDecision decision : decisions) {
      MediaInfo.Kind kind = decision.stream().kind();
      if (decision.fate() == StreamDecision.Fate.DROPPED
          && (kind == MediaInfo.Kind.AUDIO || kind == MediaInfo.Kind.VIDEO)) {
        add(
            (kind == MediaInfo.Kind.AUDIO ? "sound" : "video")
                + " stream "
                + decision.stream().index()
                + " ("
                + decision.stream().codec()
                + ") was left out: "
                + decision.detail());
      }
    }
  }

  /** Looks at what the detector still finds in the output, a film or a still. */
  void onResiduals(List<Residual> residuals, boolean still) {
    residuals.forEach(residual -> add(residual.words(still)));
  }

  /**
   * Looks at what was found.
   *
   * @param lookedFor the classes that some model looks for
   */
  void onFindings(Manifest manifest, Set<Label> lookedFor) {
    onClasses(manifest.classes(), lookedFor, "redacted");
    if (manifest.redacted().isEmpty() && manifest.zones().isEmpty()) {
      String what =
          manifest.tracks().isEmpty()
              ? "nothing was found to redact"
              : left(manifest.tracks().size()) + " left visible, as the edits say";
      add(what + "; look at the output before you share it");
    }
  }

  /**
   * Looks at what was found where nothing is rendered.
   *
   * @param any whether anything was found
   * @param wanted the classes that were asked for
   * @param lookedFor the classes that some model looks for
   */
  void onDetections(boolean any, Set<Label> wanted, Set<Label> lookedFor) {
    onClasses(wanted.stream().sorted().toList(), lookedFor, "found");
    if (!any) {
      add("nothing was found; look at it yourself before you share it");
    }
  }

  private void onClasses(List<Label> wanted, Set<Label> lookedFor, String done) {
    for (Label label : wanted) {
      if (!lookedFor.contains(label)) {
        add("the model does not look for " + label.id() + "s, so none were " + done);
      }
    }
  }

  private static String left(int objects) {
    return objects == 1 ? "the only object found was" : "all " + objects + " objects found were";
  }

  /** Says that there was no detector. */
  void onNothingLookedFor() {
    add(
        "nothing was looked for, as was asked: only what the edits name was destroyed; look at the"
            + " output before you share it");
  }

  /** Looks at edits that changed nothing. */
  void onIdleEdits(List<String> idle) {
    idle.forEach(this::add);
  }
}
