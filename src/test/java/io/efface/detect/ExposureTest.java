package io.efface.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.efface.media.Natives;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class ExposureTest {
  private final Exposure exposure = new Exposure();

  @BeforeAll
  static void load() {
    Natives.loadOpenCv();
  }

  @AfterEach
  void close() {
    exposure.close();
  }

  private static Mat[] picture(int width, int height, int blue, int green, int red) {
    Mat[] planes = new Mat[3];
    int[] codes = {blue, green, red};
    for (int i = 0; i < 3; i++) {
      planes[i] = new Mat(height, width, CvType.CV_8U, new Scalar(codes[i]));
    }
    return planes;
  }

  private static void paint(Mat[] planes, Rect where, int code) {
    for (Mat plane : planes) {
      plane.submat(where).setTo(new Scalar(code));
    }
  }

  private static int at(Mat[] planes, int x, int y) {
    return (int) planes[1].get(y, x)[0];
  }

  @Test
  void aBlackCoatByDaylightStaysAsItIsToTheBit() {
    Mat[] planes = picture(1280, 720, 170, 180, 175);
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      paint(planes, new Rect(random.nextInt(1270), random.nextInt(710), 9, 7), random.nextInt(256));
    }
    paint(planes, new Rect(500, 200, 160, 200), 12);
    Mat[] before = new Mat[3];
    for (int i = 0; i < 3; i++) {
      before[i] = planes[i].clone();
    }
    exposure.apply(planes);
    for (int i = 0; i < 3; i++) {
      assertThat(Core.norm(before[i], planes[i], Core.NORM_INF)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 80", "50, 200", "100, 230", "131, 230", "132, 132", "200, 200"})
  void whatIsDarkAllOverIsBrightened(int before, int after) {
    Mat[] planes = picture(640, 360, before / 2, before, before / 2);
    exposure.apply(planes);
    assertThat(at(planes, 320, 180)).isCloseTo(after, within(2));
    assertThat(planes[0].get(0, 0)[0]).isCloseTo(after / 2.0, within(2.0));
  }

  @ParameterizedTest
  @CsvSource({"60, 40, true", "160, 120, false"})
  void aLampDoesNotKeepTheNightDarkAndALitFaceDoes(int width, int height, boolean brightened) {
    Mat[] planes = picture(1280, 720, 20, 20, 20);
    paint(planes, new Rect(600, 200, width, height), 180);
    exposure.apply(planes);
    assertThat(at(planes, 100, 300)).isEqualTo(brightened ? 80 : 20);
    assertThat(at(planes, 630, 220)).isEqualTo(brightened ? 255 : 180);
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "9, 300", "1280, 8", "81, 79"})
  void smallAndLongPicturesAreBrightenedToo(int width, int height) {
    Mat[] planes = picture(width, height, 40, 40, 40);
    exposure.apply(planes);
    assertThat(at(planes, width - 1, height - 1)).isEqualTo(160);
    assertThat(at(planes, 0, 0)).isEqualTo(160);
  }

  @Test
  void picturesOfAnySizeMayFollowEachOther() {
    exposure.apply(picture(640, 360, 10, 10, 10));
    Mat[] planes = picture(320, 480, 20, 20, 20);
    exposure.apply(planes);
    assertThat(at(planes, 300, 400)).isEqualTo(80);
  }
}
