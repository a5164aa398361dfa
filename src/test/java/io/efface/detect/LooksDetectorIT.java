package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.Natives;
import io.efface.media.VideoFrame;
import io.efface.testing.RealFootage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.imgcodecs.Imgcodecs;

/** Whole looks and glances at real pictures with ground truth. */
class LooksDetectorIT {
  private static final int IMAGES = 25;
  private static final int LARGE_PX = 64;
  private static final int TILE_WIDTH = 1280;
  private static final int TILE_HEIGHT = 960;
  private static final DetectorOptions OPTIONS =
      new DetectorOptions(1280, 0.2, EnumSet.of(Label.FACE), 2);

  private static final List<Scale> WHOLE = Scale.looks(List.of(1.0), /* farther= */ true);

  @Test
  void aGlanceFindsLargeFacesAsAWholeLookDoes() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    int faces = 0;
    int whole = 0;
    int glanced = 0;
    try (LooksDetector detector =
        open(new Looks(WHOLE, Scale.glances(), Mirror.NEVER, /* turns= */ false))) {
      for (String image : DetectIT.images(set, IMAGES)) {
        VideoFrame frame = Stills.read(set.resolve(image));
        List<Detection> looked = detector.detect(frame);
        List<Detection> seen = detector.glance(frame);
        for (Box face : DetectIT.truth(set, image, LARGE_PX)) {
          faces++;
          whole += isFound(face, looked) ? 1 : 0;
          glanced += isFound(face, seen) ? 1 : 0;
        }
      }
    }
    assertThat(faces).isGreaterThan(15);
    assertThat(whole).isGreaterThanOrEqualTo((int) (0.8 * faces));
    assertThat(glanced).isGreaterThanOrEqualTo((int) (0.9 * whole));
  }

  /** At a sixth of the brightness, as by night, and without noise that would drown the faces. */
  @Test
  void inTheDarkNearlyAsManyAreFound() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    long byDay = 0;
    long byNight = 0;
    try (LooksDetector detector = open(new Looks(WHOLE, Mirror.NEVER))) {
      for (String image : DetectIT.images(set, IMAGES)) {
        Mat picture = Imgcodecs.imread(set.resolve(image).toString(), Imgcodecs.IMREAD_COLOR);
        byDay += sure(detector.detect(Stills.frame(picture)));
        picture.convertTo(picture, CvType.CV_8U, 1 / 6.0, 0);
        byNight += sure(detector.detect(Stills.frame(picture)));
        picture.release();
      }
    }
    assertThat(byDay).isGreaterThan(50);
    assertThat(byNight).isGreaterThanOrEqualTo((int) (0.85 * byDay));
  }

  private static long sure(List<Detection> found) {
    return found.stream().filter(one -> one.score() >= 0.5).count();
  }

  /** The analysis goes over to fewer in the middle of a film, which must not show. */
  @Test
  void anotherNumberOfThreadsFindsTheSame() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    try (LooksDetector detector =
        open(new Looks(WHOLE, Scale.glances(), Mirror.NEVER, /* turns= */ true))) {
      for (String image : DetectIT.images(set, 3)) {
        VideoFrame frame = Stills.read(set.resolve(image));
        List<Detection> looked = detector.detect(frame);
        List<Detection> glanced = detector.glance(frame);
        assertThat(looked).isNotEmpty();
        detector.useThreads(1);
        assertThat(detector.detect(frame)).isEqualTo(looked);
        assertThat(detector.glance(frame)).isEqualTo(glanced);
      }
    }
  }

  @Test
  void footageOnItsSideIsLookedAtTurnedAsWell() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    Looks watched = new Looks(WHOLE, Scale.glances(), Mirror.NEVER, /* turns= */ true);
    int faces = 0;
    int unwatched = 0;
    int found = 0;
    int glanced = 0;
    try (LooksDetector plain = open(new Looks(WHOLE, Mirror.NEVER))) {
      for (String image : DetectIT.images(set, IMAGES)) {
        VideoFrame upright = Stills.read(set.resolve(image));
        VideoFrame onItsSide =
            Stills.readTurned(set.resolve(image), Orientation.ROTATED_90_CLOCKWISE);
        List<Detection> seen = plain.detect(onItsSide);
        // A film of its own for each: what was seen of one picture says nothing of the next.
        try (LooksDetector detector = open(watched);
            LooksDetector other = open(watched)) {
          List<Detection> looked = detector.detect(onItsSide);
          List<Detection> after = detector.glance(onItsSide);
          for (Box face : DetectIT.truth(set, image, LARGE_PX)) {
            Box there =
                Orientation.ROTATED_90_CLOCKWISE.toUpright(face, upright.width(), upright.height());
            faces++;
            unwatched += isFound(there, seen) ? 1 : 0;
            found += isFound(there, looked) ? 1 : 0;
            glanced += isFound(there, after) ? 1 : 0;
          }
          assertThat(other.detect(upright)).containsAll(plain.detect(upright));
        }
      }
    }
    assertThat(found).isGreaterThan(unwatched).isGreaterThanOrEqualTo((int) (0.7 * faces));
    assertThat(glanced).isGreaterThan(unwatched);
  }

  @Test
  void aShotOnItsSideIsNoticedAtItsFirstFrame() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    Looks watched = new Looks(WHOLE, Scale.glances(), Mirror.NEVER, /* turns= */ true);
    int before = 0;
    int after = 0;
    for (String image : DetectIT.images(set, IMAGES)) {
      VideoFrame onItsSide =
          Stills.readTurned(set.resolve(image), Orientation.ROTATED_90_CLOCKWISE);
      try (LooksDetector detector = open(watched);
          LooksDetector fresh = open(watched)) {
        List<Detection> first = detector.detect(Stills.read(set.resolve(image)));
        assertThat(first).isNotEmpty();
        before += detector.detect(onItsSide).size();
        detector.newShot();
        List<Detection> noticed = detector.detect(onItsSide);
        after += noticed.size();
        assertThat(noticed).isEqualTo(fresh.detect(onItsSide));
      }
    }
    assertThat(after).isGreaterThan(before);
  }

  /** Among people who stand, so that the footage does not count as turned. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whoLiesInUprightFootageIsFollowed(int quarters) throws IOException {
    try (Crowd crowd = Crowd.with(quarters);
        LooksDetector plain = open(new Looks(WHOLE, Mirror.NEVER));
        LooksDetector detector = open(new Looks(WHOLE, Scale.glances(), Mirror.IN_TURN, true))) {
      assertThat(sureAt(crowd.face(), plain.detect(crowd.frame()))).isFalse();
      detector.detect(crowd.frame());
      detector.glance(crowd.frame());
      assertThat(sureAt(crowd.face(), detector.glance(crowd.frame()))).isTrue();
      List<Detection> looked = detector.detect(crowd.frame());
      assertThat(sureAt(crowd.face(), looked)).isTrue();
      assertThat(looked)
          .isSortedAccordingTo(Comparator.comparingDouble(Detection::score).reversed())
          .hasSizeGreaterThan(5);
    }
  }

  @Test
  void whoFallsIsFoundWhereTheFaceWas() throws IOException {
    try (Crowd standing = Crowd.with(0);
        Crowd fallen = Crowd.with(1);
        LooksDetector detector = open(new Looks(WHOLE, Scale.glances(), Mirror.NEVER, true))) {
      assertThat(sureAt(standing.face(), detector.detect(standing.frame()))).isTrue();
      detector.glance(fallen.frame());
      detector.glance(fallen.frame());
      assertThat(sureAt(fallen.face(), detector.glance(fallen.frame()))).isTrue();
    }
  }

  @Test
  void anotherShotTellsNothingOfWhoLay() throws IOException {
    try (Crowd lying = Crowd.with(1);
        LooksDetector detector = open(new Looks(WHOLE, Scale.glances(), Mirror.NEVER, true))) {
      detector.detect(lying.frame());
      detector.glance(lying.frame());
      assertThat(sureAt(lying.face(), detector.glance(lying.frame()))).isTrue();
      detector.newShot();
      assertThat(sureAt(lying.face(), detector.glance(lying.frame()))).isFalse();
    }
  }

  /** A portrait before a crowd; owns the picture. */
  private record Crowd(Mat picture, Box face) implements AutoCloseable {
    private static final double FACE_PX = 150;
    private static final int LEFT = 520;
    private static final int TOP = 380;

    /** The portrait turned by quarters of a circle, its face in the same place. */
    static Crowd with(int quarters) throws IOException {
      Natives.loadOpenCv();
      Path set = RealFootage.path("dev/wider_val");
      Mat crowd = Imgcodecs.imread(set.resolve("0091.webp").toString());
      try (Staged portrait = Staged.real(set, "0122.webp", 492, 100);
          Staged small = portrait.scaled(FACE_PX / portrait.face().height());
          Staged turned = quarters == 0 ? small.scaled(1) : small.turned(quarters)) {
        Box face = turned.face();
        int x = (int) (LEFT - face.centreX());
        int y = (int) (TOP - face.centreY());
        Box shown =
            face.grow(FACE_PX / 2, FACE_PX / 2)
                .clip(turned.picture().cols(), turned.picture().rows())
                .roundOut();
        Rect part =
            new Rect(
                (int) shown.left(), (int) shown.top(), (int) shown.width(), (int) shown.height());
        Mat there = crowd.submat(new Rect(x + part.x, y + part.y, part.width, part.height));
        turned.picture().submat(part).copyTo(there);
        return new Crowd(crowd, face.translate(x, y));
      }
    }

    VideoFrame frame() {
      return Stills.frame(picture);
    }

    @Override
    public void close() {
      picture.release();
    }
  }

  private static boolean sureAt(Box face, List<Detection> detections) {
    return detections.stream().anyMatch(d -> d.score() >= 0.6 && d.box().iou(face) >= 0.4);
  }

  @Test
  void whatACompanionFindsIsFoundToo() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    ModelSource source = ModelSource.of(ModelSource.DEFAULT);
    Looks looks = new Looks(WHOLE, Mirror.NEVER);
    int faces = 0;
    int alone = 0;
    int together = 0;
    try (LooksDetector one = open(looks);
        LooksDetector both =
            LooksDetector.open(source, source.companion(), OPTIONS, looks, /* refined= */ true)) {
      for (String image : DetectIT.images(set, IMAGES)) {
        VideoFrame frame = Stills.read(set.resolve(image));
        List<Detection> by = one.detect(frame);
        List<Detection> with = both.detect(frame);
        for (Box face : DetectIT.truth(set, image, 10)) {
          faces++;
          alone += isFound(face, by) ? 1 : 0;
          together += isFound(face, with) ? 1 : 0;
        }
      }
    }
    assertThat(faces).isGreaterThan(15);
    assertThat(together).isGreaterThan(alone);
  }

  @Test
  void withoutScalesOfItsOwnAGlanceIsAWholeLook() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    try (LooksDetector detector = open(new Looks(WHOLE, Mirror.NEVER))) {
      VideoFrame frame = Stills.read(set.resolve("0098.webp"));
      assertThat(detector.glance(frame)).isNotEmpty().isEqualTo(detector.detect(frame));
    }
  }

  /** Nine pictures in one of 3840x2880 are seen a third as large by the usual look. */
  @Test
  void inALargePictureSmallFacesAreLookedAtMoreClosely() throws IOException {
    Path set = RealFootage.path("dev/wider_val");
    int together = 0;
    Mat sheet = Mat.zeros(3 * TILE_HEIGHT, 3 * TILE_WIDTH, CvType.CV_8UC3);
    List<Box> placed = new ArrayList<>();
    try (LooksDetector detector = open(new Looks(WHOLE, Scale.glances(), Mirror.NEVER, true))) {
      int tile = 0;
      for (String image : DetectIT.images(set, 9)) {
        Mat picture = Imgcodecs.imread(set.resolve(image).toString());
        int x = tile % 3 * TILE_WIDTH;
        int y = tile++ / 3 * TILE_HEIGHT;
        int columns = Math.min(TILE_WIDTH, picture.cols());
        int rows = Math.min(TILE_HEIGHT, picture.rows());
        Mat part = picture.submat(0, rows, 0, columns);
        part.copyTo(sheet.submat(y, y + rows, x, x + columns));
        List<Detection> seen = detector.detect(Stills.frame(picture));
        for (Box face : DetectIT.truth(set, image, 20)) {
          if (face.height() < 40 && face.bottom() <= rows && isFound(face, seen)) {
            placed.add(face.translate(x, y));
          }
        }
        picture.release();
      }
      VideoFrame whole = Stills.frame(sheet);
      for (List<Detection> looked : List.of(detector.detect(whole), detector.glance(whole))) {
        together += (int) placed.stream().filter(face -> isFound(face, looked)).count();
      }
    }
    sheet.release();
    assertThat(placed).hasSizeGreaterThan(20);
    assertThat(together / 2.0).isGreaterThan(0.75 * placed.size());
  }

  private static LooksDetector open(Looks looks) {
    ModelSource source = ModelSource.of(ModelSource.DEFAULT);
    return LooksDetector.open(source, Optional.empty(), OPTIONS, looks, /* refined= */ true);
  }

  private static boolean isFound(Box face, List<Detection> detections) {
    return detections.stream().anyMatch(found -> found.box().iou(face) >= 0.5);
  }
}
