package io.efface.detect;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes the detections of a folder of stills as CSV, {@code image,x,y,w,h,score,class}: arguments
 * MODEL FOLDER OUT.csv LONGEST_SIDE MAX_UPSCALE [IMAGES].
 */
final class DetectionCsv {
  private DetectionCsv() {}

  public static void main(String[] args) throws Exception {
    DetectorOptions options =
        new DetectorOptions(
            Integer.parseInt(args[3]),
            Double.parseDouble(System.getProperty("minScore", "0.02")),
            EnumSet.allOf(Label.class),
            1,
            Double.parseDouble(args[4]));
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(args[1]))) {
      files = all.filter(f -> f.toString().endsWith(".webp")).sorted().toList();
    }
    if (args.length > 5) {
      files = files.subList(0, Math.min(files.size(), Integer.parseInt(args[5])));
    }
    try (OnnxDetector detector = OnnxDetector.open(ModelSource.of(args[0]), options);
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[2])))) {
      out.println("image,x,y,w,h,score,class");
      for (Path file : files) {
        for (Detection d : detector.detect(Stills.read(file))) {
          out.printf(
              Locale.ROOT,
              "%s,%.2f,%.2f,%.2f,%.2f,%.4f,%s%n",
              file.getFileName(),
              d.box().left(),
              d.box().top(),
              d.box().width(),
              d.box().height(),
              d.score(),
              d.label().id());
        }
      }
    }
  }
}
