package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.manifest.Decision;
import io.efface.manifest.FrameRange;
import io.efface.manifest.Manifest;
import io.efface.manifest.Manifests;
import io.efface.manifest.Tool;
import io.efface.track.Track;
import io.efface.track.TrackPoint;
import io.efface.track.TrackPoint.Origin;
import io.efface.track.TrackedBox;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ManifestPlanTest {
  private static final int FRAMES = 10;
  private static final long TICKS = 40;

  @Test
  void overlappingTracksEachGoOnFromTheirFirstFrameToTheirLast() {
    ManifestPlan plan = plan(List.of(), redact(3, 0, 9), redact(1, 2, 5), redact(2, 5, 7));
    List<List<Integer>> tracks = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      FramePlan.Step step = plan.next(Frames.at(i, i * TICKS));
      assertThat(step.blank()).isFalse();
      for (TrackedBox box : step.objects()) {
        assertThat(box.box()).isEqualTo(box(box.track(), i));
      }
      tracks.add(step.objects().stream().map(TrackedBox::track).toList());
    }
    plan.end(FRAMES);
    assertThat(tracks)
        .containsExactly(
            List.of(3),
            List.of(3),
            List.of(1, 3),
            List.of(1, 3),
            List.of(1, 3),
            List.of(1, 2, 3),
            List.of(2, 3),
            List.of(2, 3),
            List.of(3),
            List.of(3));
  }

  @Test
  void framesWithNothingToDestroyArePassed() {
    Manifest.Entry kept = new Manifest.Entry(track(1, 0, 9), new Decision.Keep("agreed"));
    ManifestPlan plan = plan(List.of(new FrameRange(2, 2)), kept, redact(2, 5, 6));
    assertThat(plan.isUntouched(0, new long[2])).isTrue();
    assertThat(plan.isUntouched(2, new long[1])).as("damaged").isFalse();
    assertThat(plan.isUntouched(3, new long[3])).as("an object in the last").isFalse();
    assertThat(plan.isUntouched(6, new long[1])).isFalse();
    assertThat(plan.isUntouched(7, new long[3])).isTrue();
    assertThat(plan.isUntouched(9, new long[2])).as("past the end").isFalse();
    assertThat(plan.next(Frames.at(5, 5 * TICKS)).objects()).hasSize(1);
  }

  @Test
  void whatIsKeptIsNotDestroyed() {
    Manifest.Entry kept = new Manifest.Entry(track(1, 0, 9), new Decision.Keep("agreed"));
    ManifestPlan plan = plan(List.of(), kept, redact(2, 4, 4));
    for (int i = 0; i < FRAMES; i++) {
      assertThat(plan.next(Frames.at(i, i * TICKS)).objects())
          .extracting(TrackedBox::track)
          .isEqualTo(i == 4 ? List.of(2) : List.of());
    }
  }

  @Test
  void framesThatWereCorruptAreFilledWhole() {
    ManifestPlan plan = plan(List.of(new FrameRange(1, 2), new FrameRange(5, 5)));
    List<Long> blank =
        LongStream.range(0, FRAMES)
            .filter(i -> plan.next(Frames.at(i, i * TICKS)).blank())
            .boxed()
            .toList();
    assertThat(blank).containsExactly(1L, 2L, 5L);
  }

  @Test
  void footageShownAtOtherTimesIsRefused() {
    ManifestPlan plan = plan(List.of(), redact(1, 1, 3));
    plan.next(Frames.at(0, 0));
    assertThatThrownBy(() -> plan.next(Frames.at(1, TICKS + 1)))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("frame 1 is shown at another time");
  }

  @Test
  void footageOfAnotherLengthIsRefused() {
    ManifestPlan plan = plan(List.of());
    assertThatCode(() -> plan.end(FRAMES)).doesNotThrowAnyException();
    assertThatThrownBy(() -> plan.end(FRAMES - 1))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("has 9 frames, but the manifest was made for 10");
    assertThatThrownBy(() -> plan.end(FRAMES + 1)).isInstanceOf(JobException.class);
  }

  private static ManifestPlan plan(List<FrameRange> corrupt, Manifest.Entry... entries) {
    return new ManifestPlan(
        new Manifest(
            new Tool("efface", "0"),
            Manifests.input(FRAMES),
            List.of(Manifests.model()),
            List.of(Label.FACE),
            List.of(0L),
            corrupt,
            List.of(entries)));
  }

  private static Manifest.Entry redact(int id, int first, int last) {
    return new Manifest.Entry(track(id, first, last), Decision.REDACT);
  }

  private static Track track(int id, int first, int last) {
    return new Track(
        id,
        Label.FACE,
        LongStream.rangeClosed(first, last)
            .mapToObj(i -> new TrackPoint(i, i * TICKS, box(id, i), 0.5, Origin.DETECTED))
            .toList());
  }

  private static Box box(int id, long frame) {
    return Box.ofSize(100.0 * id + (double) frame, 10, 20, 30);
  }
}
