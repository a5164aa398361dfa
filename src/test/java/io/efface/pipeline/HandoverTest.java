package io.efface.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.efface.detect.Label;
import io.efface.geometry.Box;
import io.efface.track.SealedFrame;
import io.efface.track.TrackPoint.Origin;
import io.efface.track.TrackedBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class HandoverTest {
  private final Handover handover = new Handover(Path.of("clip.mp4"));

  @Test
  void handsFramesOverInOrder() {
    TrackedBox box = new TrackedBox(1, Label.FACE, Box.ofSize(1, 2, 3, 4), 0.5, Origin.DETECTED);
    handover.put(new SealedFrame(0, -40, List.of()), false);
    handover.put(new SealedFrame(1, 0, List.of(box)), false);
    handover.finish(Optional.empty());
    assertThat(handover.next(Frames.at(0, -40)).objects()).isEmpty();
    FramePlan.Step second = handover.next(Frames.at(1, 0));
    assertThat(second.objects()).containsExactly(box);
    assertThat(second.blank()).isFalse();
    assertThatCode(() -> handover.end(2)).doesNotThrowAnyException();
  }

  @Test
  void whatTheAnalysisSawDamagedIsBlankedThoughItReadsWellTheSecondTime() {
    handover.put(new SealedFrame(0, 0, List.of()), true);
    assertThat(handover.next(Frames.at(0, 0)).blank()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void aFrameReadDifferentlyTheSecondTimeIsRefused(long index, long pts) {
    handover.put(new SealedFrame(0, 0, List.of()), false);
    assertThatThrownBy(() -> handover.next(Frames.at(index, pts)))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("clip.mp4: read differently the second time");
  }

  @Test
  void aFrameThatTheAnalysisNeverSawIsRefused() {
    handover.finish(Optional.empty());
    assertThatThrownBy(() -> handover.next(Frames.at(0, 0))).isInstanceOf(JobException.class);
  }

  @Test
  void aFrameThatOnlyTheAnalysisSawIsRefused() {
    handover.put(new SealedFrame(0, 0, List.of()), false);
    assertThatThrownBy(() -> handover.end(0)).isInstanceOf(JobException.class);
  }

  @Test
  void theAnalysisErrorIsTheOneReported() {
    RuntimeException error = new IllegalStateException("the detector broke");
    handover.put(new SealedFrame(0, 0, List.of()), false);
    handover.finish(Optional.of(error));
    handover.next(Frames.at(0, 0));
    assertThatThrownBy(() -> handover.next(Frames.at(1, 40))).isSameAs(error);
  }

  @Test
  void anErrorAfterTheLastFrameIsReportedToo() {
    RuntimeException error = new IllegalStateException("the file is cut off");
    handover.finish(Optional.of(error));
    assertThatThrownBy(() -> handover.end(0)).isSameAs(error);
  }

  @Test
  void theEndArrivesThoughTheAnalysisWasInterrupted() {
    RuntimeException error = new IllegalStateException("the detector broke");
    afterInterruption(() -> handover.finish(Optional.of(error)));
    assertThatThrownBy(() -> handover.next(Frames.at(0, 0))).isSameAs(error);
  }

  @Test
  void theEndArrivesThoughTheOtherSideIsBehindAndTheAnalysisWasInterrupted()
      throws InterruptedException {
    fill();
    RuntimeException error = new IllegalStateException("the detector broke");
    afterInterruption(() -> handover.finish(Optional.of(error)));
    assertThatThrownBy(() -> handover.end(0)).isSameAs(error);
    fill();
    afterInterruption(() -> handover.finish(Optional.empty()));
    assertThatThrownBy(() -> handover.end(0)).isInstanceOf(CancellationException.class);
  }

  /** Puts frames until no more of them fit. */
  private void fill() throws InterruptedException {
    Thread filling = new Thread(() -> fill(handover));
    filling.start();
    while (filling.getState() != Thread.State.WAITING) {
      Thread.sleep(5);
    }
    filling.interrupt();
    filling.join();
  }

  private static void fill(Handover handover) {
    try {
      for (int i = 0; i < 1_000_000; i++) {
        handover.put(new SealedFrame(i, i, List.of()), false);
      }
    } catch (CancellationException e) {
      // It was full.
    }
  }

  private static void afterInterruption(Runnable call) {
    Thread.currentThread().interrupt();
    call.run();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anErrorOfTheMachineIsReportedAsWhatItIs() {
    Error error = new OutOfMemoryError();
    handover.fail(error);
    assertThatThrownBy(() -> handover.next(Frames.at(0, 0))).isSameAs(error);
    handover.fail(error);
    assertThatThrownBy(() -> handover.end(0)).isSameAs(error);
  }

  @Test
  void framesThatWerePassedAreTakenAndOthersStay() {
    TrackedBox box = new TrackedBox(1, Label.FACE, Box.ofSize(1, 2, 3, 4), 0.5, Origin.DETECTED);
    for (int i = 0; i < 4; i++) {
      handover.put(new SealedFrame(i, 10L * i, i == 3 ? List.of(box) : List.of()), false);
    }
    handover.finish(Optional.empty());
    assertThat(handover.isUntouched(0, new long[] {0, 10})).isTrue();
    handover.pass(0, new long[] {0, 10});
    assertThat(handover.isUntouched(2, new long[] {20, 30})).isFalse();
    assertThat(handover.next(Frames.at(2, 20)).objects()).isEmpty();
    assertThat(handover.next(Frames.at(3, 30)).objects()).containsExactly(box);
    assertThatCode(() -> handover.end(4)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 10, false", // another number
    "0, 0, 11, false", // another time
    "0, 0, 10, true", // damaged
  })
  void whatIsNotAsTheAnalysisSawItIsNotPassed(long first, long one, long two, boolean corrupt) {
    handover.put(new SealedFrame(0, 0, List.of()), false);
    handover.put(new SealedFrame(1, 10, List.of()), corrupt);
    assertThat(handover.isUntouched(first, new long[] {one, two})).isFalse();
  }

  @Test
  void theEndOfTheAnalysisIsNotPassedAndStaysAnError() {
    RuntimeException error = new IllegalStateException("the detector broke");
    handover.put(new SealedFrame(0, 0, List.of()), false);
    handover.finish(Optional.of(error));
    assertThat(handover.isUntouched(0, new long[] {0, 10})).isFalse();
    handover.next(Frames.at(0, 0));
    assertThatThrownBy(() -> handover.next(Frames.at(1, 10))).isSameAs(error);
  }

  @Test
  void theAnalysisCannotRunAway() throws InterruptedException {
    AtomicInteger put = new AtomicInteger();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread analysis =
        new Thread(
            () -> {
              try {
                while (put.get() < 1_000_000) {
                  handover.put(new SealedFrame(put.get(), put.get(), List.of()), false);
                  put.incrementAndGet();
                }
                end.complete(new AssertionError("took a million frames"));
              } catch (CancellationException e) {
                end.complete(e);
              }
            });
    analysis.start();
    while (analysis.getState() != Thread.State.WAITING && analysis.isAlive()) {
      Thread.sleep(5);
    }
    int held = put.get();
    assertThat(held).isBetween(1, 4096);
    handover.next(Frames.at(0, 0));
    while (put.get() == held && analysis.isAlive()) {
      Thread.sleep(5);
    }
    analysis.interrupt();
    assertThat(end.join()).isInstanceOf(CancellationException.class);
    assertThat(put.get()).isEqualTo(held + 1);
  }
}
