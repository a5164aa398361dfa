package io.efface.pipeline;

import io.efface.detect.Detection;
import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.manifest.Precision;
import io.efface.track.Moment;
import io.efface.track.SealedFrame;
import io.efface.track.TrackPoint;
import io.efface.track.TrackedBox;
import io.efface.track.Tracker;
import io.efface.track.TrackerSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * One tracker a class, since scores of different classes mean different things, joined into one
 * sequence of sealed frames with numbers of their own. Boxes come out in the precision of a
 * manifest, so that rendering at once and rendering from a manifest are the same.
 */
final class LabelTrackers {
  private final List<Lane> lanes = new ArrayList<>();
  private int lastNumber;

  /**
   * The tracker of one class, what it has sealed and is not joined yet, and its tracks' numbers.
   */
  private record Lane(
      Label label, Tracker tracker, Queue<SealedFrame> waiting, Map<Integer, Integer> numbers) {}

  /**
   * Trackers for pictures of the given upright size.
   *
   * @param detectSize longest side at which the detector sees them, in pixels
   */
  LabelTrackers(Map<Label, TrackerSettings> settings, int detectSize, int width, int height) {
    settings.forEach(
        (label, s) ->
            lanes.add(
                new Lane(
                    label,
                    new Tracker(s, detectSize, width, height),
                    new ArrayDeque<>(),
                    new HashMap<>())));
  }

  /** Takes a frame's detections. */
  void update(Moment moment, List<Detection> detections) {
    for (Lane lane : lanes) {
      List<Detection> own = detections.stream().filter(d -> d.label() == lane.label()).toList();
      lane.tracker().update(moment, own);
    }
  }

  /** What is new in the last frame: see {@link Tracker#newcomers}. */
  List<Box> newcomers() {
    return lanes.stream().flatMap(lane -> lane.tracker().newcomers().stream()).toList();
  }

  /** Says that no more frames come. */
  void finish() {
    lanes.forEach(lane -> lane.tracker().finish());
  }

  /** The frames that all trackers have sealed since the last call, in order. */
  List<SealedFrame> drainSealed() {
    lanes.forEach(lane -> lane.waiting().addAll(lane.tracker().drainSealed()));
    List<SealedFrame> joined = new ArrayList<>();
    while (lanes.stream().noneMatch(lane -> lane.waiting().isEmpty())) {
      joined.add(join());
    }
    return joined;
  }

  private SealedFrame join() {
    long frame = 0;
    long pts = 0;
    List<TrackedBox> objects = new ArrayList<>();
    for (Lane lane : lanes) {
      SealedFrame part = lane.waiting().remove();
      frame = part.frame();
      pts = part.pts();
      for (TrackedBox box : part.objects()) {
        int number = lane.numbers().computeIfAbsent(box.track(), track -> ++lastNumber);
        TrackPoint point =
            Precision.rounded(new TrackPoint(frame, pts, box.box(), box.score(), box.origin()));
        objects.add(
            new TrackedBox(number, box.label(), point.box(), point.score(), point.origin()));
      }
    }
    objects.sort(Comparator.comparingInt(TrackedBox::track));
    return new SealedFrame(frame, pts, objects);
  }
}
