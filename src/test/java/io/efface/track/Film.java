package io.efface.track;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.detect.OperatingPoint;
import io.efface.geometry.Box;
import io.efface.geometry.Similarity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** A film of synthetic detections, 1280x720, 25 frames a second unless told otherwise. */
final class Film {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;
  static final TrackerSettings SETTINGS = TrackerSettings.of(new OperatingPoint(0.6, 0.15));

  /** These settings with what a small and a large object's scores must come to. */
  static TrackerSettings settings(double typical, double large) {
    return SETTINGS.withScores(new OperatingPoint(0.6, 0.15, typical, large));
  }

  private final List<Input> inputs = new ArrayList<>();

  private record Input(
      double seconds,
      List<Detection> detections,
      boolean cut,
      int late,
      Optional<Similarity> movement) {}

  /** A film of evenly timed frames. */
  static Film of(int frames, IntFunction<List<Detection>> detections) {
    Film film = new Film();
    for (int f = 0; f < frames; f++) {
      film.add(f / 25.0, detections.apply(f), false);
    }
    return film;
  }

  Film add(double seconds, List<Detection> detections, boolean cut) {
    inputs.add(new Input(seconds, List.copyOf(detections), cut, 0, Optional.empty()));
    return this;
  }

  /** The same film with the movement of its picture from each frame to the next. */
  Film moving(IntFunction<Similarity> movements) {
    for (int f = 1; f < inputs.size(); f++) {
      Input old = inputs.get(f);
      inputs.set(
          f,
          new Input(
              old.seconds(),
              old.detections(),
              old.cut(),
              old.late(),
              Optional.of(movements.apply(f))));
    }
    return this;
  }

  /** A frame of a film of which nothing else is known. */
  static Moment moment(int frame, double seconds) {
    return new Moment(frame, frame, seconds, false, Optional.empty());
  }

  /** The same film with a cut before one frame. */
  Film cutBefore(int frame) {
    return cutBefore(frame, 0);
  }

  /** The same film with a cut that is noticed at one frame and may lie some frames before. */
  Film cutBefore(int frame, int late) {
    Input old = inputs.get(frame);
    inputs.set(frame, new Input(old.seconds(), old.detections(), true, late, old.movement()));
    return this;
  }

  int size() {
    return inputs.size();
  }

  List<SealedFrame> track() {
    return track(SETTINGS);
  }

  List<SealedFrame> track(TrackerSettings settings) {
    return track(settings, inputs.size());
  }

  /** What is sealed of the first frames, with the end said if they are all. */
  List<SealedFrame> track(TrackerSettings settings, int frames) {
    Tracker tracker = new Tracker(settings, WIDTH, WIDTH, HEIGHT);
    List<SealedFrame> result = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      Input input = inputs.get(f);
      tracker.update(
          new Moment(f, 1000L * f, input.seconds(), input.cut(), input.late(), input.movement()),
          input.detections());
      result.addAll(tracker.drainSealed());
    }
    if (frames == inputs.size()) {
      tracker.finish();
      result.addAll(tracker.drainSealed());
    }
    return result;
  }

  static List<Track> tracks(List<SealedFrame> frames) {
    TrackAssembler assembler = new TrackAssembler();
    frames.forEach(assembler::add);
    return assembler.tracks();
  }

  static Detection face(Box box, double score) {
    return new Detection(Label.FACE, box, score);
  }

  static Detection face(double cx, double cy, double size, double score) {
    return face(Box.around(cx, cy, size, size * 1.25), score);
  }

  /** Share of an object's box, without a tenth at each side, that one region of a frame covers. */
  static double coverage(SealedFrame frame, Box object) {
    Box seen = object.clip(WIDTH, HEIGHT);
    Box core = seen.grow(-0.1 * seen.width(), -0.1 * seen.height());
    return frame.objects().stream()
        .mapToDouble(o -> o.box().intersect(core).area() / core.area())
        .max()
        .orElse(0);
  }

  static Optional<TrackedBox> only(SealedFrame frame) {
    if (frame.objects().size() > 1) {
      throw new AssertionError("frame " + frame.frame() + " has " + frame.objects());
    }
    return frame.objects().stream().findFirst();
  }
}
