package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.detect.OperatingPoint;
import io.efface.geometry.Box;
import io.efface.track.Moment;
import io.efface.track.SealedFrame;
import io.efface.track.TrackedBox;
import io.efface.track.TrackerSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelTrackersTest {
  private static final int FRAMES = 300;

  @Test
  void numbersHaveNoHolesOverTwoClasses() {
    List<SealedFrame> sealed = run();
    Map<Integer, Label> labels = new HashMap<>();
    for (SealedFrame frame : sealed) {
      for (TrackedBox box : frame.objects()) {
        Label before = labels.putIfAbsent(box.track(), box.label());
        assertThat(before == null || before == box.label()).isTrue();
      }
    }
    assertThat(labels.values()).contains(Label.FACE, Label.PLATE);
    assertThat(labels).hasSizeGreaterThan(6);
    assertThat(new TreeSet<>(labels.keySet()))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, labels.size()).boxed().toList());
  }

  @Test
  void everyFrameComesOutOnceInOrderWithItsTime() {
    List<SealedFrame> sealed = run();
    assertThat(sealed).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(sealed.get(i).frame()).isEqualTo(i);
      assertThat(sealed.get(i).pts()).isEqualTo(40L * i);
      assertThat(sealed.get(i).objects()).extracting(TrackedBox::track).isSorted();
    }
  }

  @Test
  void boxesHaveThePrecisionOfAManifest() {
    for (SealedFrame frame : run()) {
      for (TrackedBox box : frame.objects()) {
        double hundredths = box.box().left() * 100;
        assertThat(Math.abs(hundredths - Math.rint(hundredths))).isLessThan(1e-6);
      }
    }
  }

  @Test
  void oneClassAloneIsSealedToo() {
    LabelTrackers trackers =
        new LabelTrackers(
            Map.of(Label.PLATE, TrackerSettings.of(new OperatingPoint(0.5, 0.2))), 640, 640, 360);
    trackers.update(
        new Moment(0, 0, 0, false, Optional.empty()), List.of(detection(Label.PLATE, 100, 0.9)));
    trackers.finish();
    assertThat(trackers.drainSealed())
        .singleElement()
        .satisfies(frame -> assertThat(frame.objects()).hasSize(1));
  }

  /** Faces and plates that come and go, and weak ones that never count, between shot cuts. */
  private static List<SealedFrame> run() {
    Map<Label, TrackerSettings> settings = new EnumMap<>(Label.class);
    settings.put(Label.FACE, TrackerSettings.of(new OperatingPoint(0.5, 0.2)));
    settings.put(Label.PLATE, TrackerSettings.of(new OperatingPoint(0.6, 0.3)));
    LabelTrackers trackers = new LabelTrackers(settings, 640, 640, 360);
    List<SealedFrame> sealed = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      List<Detection> detections = new ArrayList<>();
      int part = i / 30;
      if (part % 2 == 0) {
        detections.add(detection(Label.FACE, 50 + i / 3.0, 0.9));
      }
      if (part % 3 == 1) {
        detections.add(detection(Label.PLATE, 400 - i / 7.0, 0.8));
      }
      if (i % 50 == 7) {
        detections.add(detection(Label.FACE, 300, 0.25));
        detections.add(detection(Label.PLATE, 200, 0.35));
      }
      trackers.update(
          new Moment(i, 40L * i, i / 25.0, i > 0 && i % 60 == 0, Optional.empty()), detections);
      sealed.addAll(trackers.drainSealed());
    }
    trackers.finish();
    sealed.addAll(trackers.drainSealed());
    return sealed;
  }

  private static Detection detection(Label label, double x, double score) {
    return new Detection(label, Box.ofSize(x, 100, 40, 50), score);
  }
}
