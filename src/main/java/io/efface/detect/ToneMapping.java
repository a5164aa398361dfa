package io.efface.detect;

import io.efface.media.TransferFunction;
import java.util.EnumMap;
import java.util.Map;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/**
 * Shows pictures of high dynamic range as the networks know pictures: in standard dynamic range,
 * channel by channel, with the primaries of BT.709 instead of BT.2020, which such footage has. What
 * diffuse white is by ITU-R BT.2408, 203 cd/m2, becomes nearly the brightest, and what is brighter
 * is rolled off. Single-threaded; owns native memory and must be closed.
 */
final class ToneMapping implements AutoCloseable {
  /** Diffuse white in cd/m2 (ITU-R BT.2408). */
  private static final double WHITE = 203;

  /** What PQ's highest code stands for, in cd/m2. */
  private static final double PQ_PEAK = 10_000;

  /** What HLG's highest code stands for on the display that its OOTF is of, in cd/m2. */
  private static final double HLG_PEAK = 1000;

  /** The exponent of that display's OOTF (ITU-R BT.2100). */
  private static final double HLG_GAMMA = 1.2;

  /** The exponent of a standard display (ITU-R BT.1886). */
  private static final double SDR_GAMMA = 2.4;

  /** From here on highlights are rolled off, as a share of the highest code. */
  private static final double KNEE = 0.8;

  /**
   * Blue, green and red of BT.709 from those of BT.2020 (ITU-R BT.2407): of light, and as each row
   * comes to one, to a first approximation round grey, which skin is near, of codes too.
   */
  private static final double[][] NARROW = {
    {1.1187, -0.1006, -0.0182}, {-0.0083, 1.1329, -0.1246}, {-0.0728, -0.5876, 1.6605}
  };

  private final Mat[] wide = {new Mat(), new Mat(), new Mat()};
  private final Mat sum = new Mat();
  private final Map<TransferFunction, Mat> tables = new EnumMap<>(TransferFunction.class);

  /**
   * Maps.
   *
   * @param planes 8-bit codes of blue, green and red, changed in place
   * @param transfer what they are codes of; of SDR nothing is changed
   */
  void apply(Mat[] planes, TransferFunction transfer) {
    if (transfer == TransferFunction.SDR) {
      return;
    }
    Mat table = tables.computeIfAbsent(transfer, ToneMapping::table);
    for (int i = 0; i < 3; i++) {
      Core.LUT(planes[i], table, wide[i]);
    }
    for (int i = 0; i < 3; i++) {
      double[] row = NARROW[i];
      Core.addWeighted(wide[0], row[0], wide[1], row[1], 0, sum, CvType.CV_16S);
      Core.addWeighted(sum, 1, wide[2], row[2], 0, planes[i], CvType.CV_8U);
    }
  }

  private static Mat table(TransferFunction transfer) {
    byte[] codes = new byte[256];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) Math.round(255 * sdr(i / 255.0, transfer));
    }
    Mat table = new Mat(1, codes.length, CvType.CV_8U);
    table.put(0, 0, codes);
    return table;
  }

  /**
   * What a code becomes.
   *
   * @param code 0 to 1
   * @return 0 to 1
   */
  static double sdr(double code, TransferFunction transfer) {
    return switch (transfer) {
      case SDR -> code;
      case PQ -> rolledOff(PQ_PEAK * pq(code) / WHITE);
      case HLG -> rolledOff(HLG_PEAK * Math.pow(hlg(code), HLG_GAMMA) / WHITE);
    };
  }

  private static double rolledOff(double light) {
    double code = Math.pow(light, 1 / SDR_GAMMA);
    return code <= KNEE ? code : 1 - (1 - KNEE) * Math.exp((KNEE - code) / (1 - KNEE));
  }

  /** PQ's EOTF: a share of its peak. */
  private static double pq(double code) {
    double root = Math.pow(code, 32.0 / 2523);
    return Math.pow(
        Math.max(0, root - 3424.0 / 4096) / (2413.0 / 128 - 2392.0 / 128 * root), 16384.0 / 2610);
  }

  /** HLG's inverse OETF: a share of the brightest of the scene. */
  private static double hlg(double code) {
    return code <= 0.5
        ? code * code / 3
        : (Math.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12;
  }

  @Override
  public void close() {
    for (Mat plane : wide) {
      plane.release();
    }
    sum.release();
    tables.values().forEach(Mat::release);
  }
}
