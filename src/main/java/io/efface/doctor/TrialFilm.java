package io.efface.doctor;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A film of a few frames, made without FFmpeg: JPEG pictures one after another. */
final class TrialFilm {
  private static final int FRAMES = 5;
  private static final int WIDTH = 192;
  private static final int HEIGHT = 128;

  private TrialFilm() {}

  /**
   * Writes the film.
   *
   * @param file ends in {@code .mjpeg}
   */
  static void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int frame = 0; frame < FRAMES; frame++) {
        if (!ImageIO.write(picture(frame), "jpg", out)) {
          throw new IOException("this Java platform writes no JPEG");
        }
      }
    }
  }

  private static BufferedImage picture(int frame) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(40 + 4 * frame, 30, 40, 50);
    graphics.dispose();
    return picture;
  }
}
