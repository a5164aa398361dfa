package io.efface.attack;

import ai.onnxruntime.OrtException;
import io.efface.geometry.Box;
import io.efface.redact.Style;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.RotatedRect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Looks at everybody's disguised picture. */
final class Attacker {
  /** Where the network wants the face: its eyes at 46 % of the height, so a little higher. */
  private static final Box FACE_CROP = Box.around(75, 70, 80, 80);

  private static final int COLOURS_SIDE_PX = 16;
  private static final int MASK = 127;

  private final Portraits portraits;
  private final FaceEmbedding network;

  /** An attacker with pictures and a network, both borrowed. */
  Attacker(Portraits portraits, FaceEmbedding network) {
    this.portraits = portraits;
    this.network = network;
  }

  /**
   * What is known of each person's picture.
   *
   * @param faces by the network
   * @param colours of a small copy of the picture, without its mean
   */
  record Views(List<float[]> faces, List<float[]> colours) {
    /** Copies the lists. */
    Views {
      faces = List.copyOf(faces);
      colours = List.copyOf(colours);
    }

    /** How many of these are nearest, by their faces, to the same person in a gallery. */
    double hitsByFace(Views gallery) {
      return Matching.hits(faces, gallery.faces);
    }

    /** How many of these are nearest, by their colours, to the same person in a gallery. */
    double hitsByColours(Views gallery) {
      return Matching.hits(colours, gallery.colours);
    }
  }

  /**
   * Looks at everybody.
   *
   * @param surroundings whose picture each person's face is put into
   * @param number which of the two pictures of each person
   * @param look what part of a picture is looked at
   */
  Views look(Disguise disguise, List<Integer> surroundings, int number, UnaryOperator<Mat> look)
      throws OrtException {
    int people = portraits.people();
    List<float[]> faces = new ArrayList<>();
    List<float[]> colours = new ArrayList<>();
    // Each picture is redacted by a run of its own, with a secret of its own.
    Random secrets = new Random(31L * surroundings.hashCode() + number);
    for (int person = 0; person < people; person++) {
      Path around = portraits.picture(surroundings.get(person), number);
      Path face = portraits.picture(person, number);
      Path file = portraits.write(around, face, disguise.style(), secrets.nextLong());
      Mat written = Imgcodecs.imread(file.toString());
      Mat picture =
          disguise
              .filter()
              .map(filter -> OtherTools.hide(written, Portraits.FACE, filter))
              .orElse(written);
      disguise.restoration().accept(picture);
      Mat seen = look.apply(picture);
      faces.add(network.of(seen));
      colours.add(colours(seen));
    }
    return new Views(faces, colours);
  }

  /** The face as the network wants it, without what lies beyond the region. */
  static Mat inside(Mat picture) {
    Box box = Portraits.region(1, new Style.Blur()).box();
    Mat beyond = new Mat(picture.size(), CvType.CV_8U, new Scalar(1));
    Point centre = new Point(box.centreX(), box.centreY());
    Size axes = new Size(box.width(), box.height());
    Imgproc.ellipse(beyond, new RotatedRect(centre, axes, 0), new Scalar(0), Imgproc.FILLED);
    Mat masked = picture.clone();
    masked.setTo(new Scalar(MASK, MASK, MASK), beyond);
    return OtherTools.part(masked, FACE_CROP);
  }

  private static float[] colours(Mat picture) {
    Mat small = new Mat();
    Size size = new Size(COLOURS_SIDE_PX, COLOURS_SIDE_PX);
    Imgproc.resize(picture, small, size, 0, 0, Imgproc.INTER_AREA);
    Mat floats = new Mat();
    small.convertTo(floats, CvType.CV_32F);
    Core.subtract(floats, Core.mean(floats), floats);
    float[] values = new float[3 * COLOURS_SIDE_PX * COLOURS_SIDE_PX];
    floats.get(0, 0, values);
    return Matching.unit(values);
  }
}
