package io.efface.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.PixelLayout.ColourModel;
import io.efface.media.VideoFrame;
import io.efface.testing.Reachable;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mosaic lets through, and that it is no more than it says. */
class MosaicTest {
  private static final PixelLayout YUV420 = new PixelLayout(ColourModel.YUV, 1, 1, 8, false);
  private static final Box BOX = new Box(12, 12, 84, 84);

  private static VideoFrame noise(long seed) {
    VideoFrame frame = VideoFrame.allocate(YUV420, 96, 96);
    Pictures.noise(frame, new Random(seed));
    return frame;
  }

  private static Region region(int track, int cells, Box box) {
    return RedactorTest.rectangle(track, new Style.Mosaic(cells), box);
  }

  /** The samples of all planes inside {@link #BOX}. */
  private static int[] inside(VideoFrame frame) {
    VideoFrame cut = Pictures.copy(frame);
    try (Redactor redactor = new Redactor(1, 2)) {
      Style black = new Style.Solid(0, 0, 0);
      redactor.redact(
          cut,
          List.of(
              RedactorTest.rectangle(0, black, new Box(0, 0, 96, 12)),
              RedactorTest.rectangle(0, black, new Box(0, 84, 96, 96)),
              RedactorTest.rectangle(0, black, new Box(0, 0, 12, 96)),
              RedactorTest.rectangle(0, black, new Box(84, 0, 96, 96))));
    }
    return Pictures.samples(cut);
  }

  @Test
  void coloursStayAsInTheTracksFirstFrameSoManyFramesTellNoMoreThanOne() {
    try (Redactor redactor = new Redactor(1, 99)) {
      VideoFrame first = noise(0);
      redactor.redact(first, List.of(region(1, 6, BOX)));
      for (int i = 1; i <= 20; i++) {
        VideoFrame later = noise(i);
        redactor.redact(later, List.of(region(1, 6, BOX)));
        assertThat(inside(later)).isEqualTo(inside(first));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aRegionHoldsNoMoreCellsAndLevelsThanItsBound(int cells) {
    VideoFrame frame = noise(5);
    try (Redactor redactor = new Redactor(1, 99)) {
      redactor.redact(frame, List.of(region(1, cells, BOX)));
    }
    Set<List<Integer>> starts = new HashSet<>();
    for (int y = 12; y < 84; y++) {
      for (int x = 12; x < 84; x++) {
        int value = Pictures.get(frame, 0, x, y);
        assertThat(value % 16).isZero();
        int cellX = (2 * (x - 12) + 1) * cells / 144;
        int cellY = (2 * (y - 12) + 1) * cells / 144;
        starts.add(List.of(cellX, cellY, value));
      }
    }
    assertThat(starts).as("one value a cell").hasSize(cells * cells);
    assertThat(Redactor.mosaicBits(new Style.Mosaic(cells), 3)).isEqualTo(cells * cells * 12);
  }

  @Test
  void theLargestMosaicIsBoundBy432Bits() {
    assertThat(Redactor.mosaicBits(new Style.Mosaic(Style.Mosaic.MAX_CELLS), 3)).isEqualTo(432);
  }

  @Test
  void nothingOutsideTheEllipseChanges() {
    VideoFrame frame = noise(3);
    VideoFrame before = Pictures.copy(frame);
    List<Region> regions = List.of(RedactorTest.ellipse(1, new Style.Mosaic(4), BOX));
    try (Redactor redactor = new Redactor(1, 99)) {
      redactor.redact(frame, regions);
    }
    for (int i = 0; i < 96 * 96; i++) {
      if (!Pictures.touched(frame, regions, 0, i % 96, i / 96, 1)) {
        assertThat(Pictures.get(frame, 0, i % 96, i / 96))
            .isEqualTo(Pictures.get(before, 0, i % 96, i / 96));
      }
    }
  }

  @Test
  void theSecretSeedChangesTheRounding() {
    VideoFrame one = noise(3);
    VideoFrame two = noise(3);
    try (Redactor a = new Redactor(1, 99);
        Redactor b = new Redactor(1, 100)) {
      a.redact(one, List.of(region(1, 6, BOX)));
      b.redact(two, List.of(region(1, 6, BOX)));
    }
    assertThat(Pictures.samples(one)).isNotEqualTo(Pictures.samples(two));
  }

  @Test
  void memoryIsBoundAndNeverDropsATrackInSight() {
    MosaicFill fill = new MosaicFill(9);
    VideoFrame frame = VideoFrame.allocate(YUV420, 8, 8);
    RegionMask luma = new RegionMask();
    luma.resize(8, 8, 0, 0);
    RegionMask chroma = new RegionMask();
    chroma.resize(4, 4, 1, 1);
    RegionMask[] masks = {luma, chroma, chroma};
    Box box = new Box(0, 0, 8, 8);
    Footprint live = new Footprint(region(0, 1, box), box);
    Pictures.flat(frame, 32, 128, 128);
    int most = 0;
    for (int track = 1; track < 3 * MosaicFill.MAX_TRACKS; track++) {
      fill.nextFrame();
      fill.look(frame, live, 1, masks);
      fill.look(frame, new Footprint(region(track, 1, box), box), 1, masks);
      Pictures.flat(frame, 208, 128, 128);
      most = track == MosaicFill.MAX_TRACKS - 1 ? Reachable.from(fill) : most;
    }
    assertThat(most).isGreaterThan(MosaicFill.MAX_TRACKS);
    assertThat(Reachable.from(fill)).isEqualTo(most);
    fill.paint(frame, live);
    assertThat(Pictures.get(frame, 0, 4, 4)).as("its first colour").isEqualTo(32);
  }

  @Test
  void aCellIsTakenFromItsOwnGridThoughTheCentreIsRoundedToTheLeft() {
    Box box = roundedToTheLeft();
    assertThat(box.centreX() - box.width() / 2).isLessThan(box.left());
    VideoFrame frame = VideoFrame.allocate(YUV420, 96, 96);
    Pictures.flat(frame, 32, 128, 128);
    int left = (int) box.left();
    Region before = region(1, 6, new Box(left - 30, 8, left, 60));
    try (Redactor redactor = new Redactor(1, 99)) {
      redactor.redact(frame, List.of(before, region(2, 1, box)));
    }
    assertThat(Pictures.get(frame, 0, left - 1, 30)).isEqualTo(32);
  }

  /** A box that begins with a whole pixel, but half its width left of its centre does not. */
  private static Box roundedToTheLeft() {
    Random random = new Random(3);
    while (true) {
      Box box = new Box(33 + random.nextInt(8), 8, 60 + 30 * random.nextDouble(), 60);
      if (box.centreX() - box.width() / 2 < box.left()) {
        return box;
      }
    }
  }
}
