package io.efface.media;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;

/**
 * Loads OpenCV's library, and keeps it to the caller's thread: its own threads stay awake for a
 * while before and after there is work for them, which takes processors from the other stages, and
 * what it is asked for here is small.
 */
final class OpenCv {
  /** The platform whose files are known; elsewhere the presets' loader finds them. */
  static final String KNOWN_PLATFORM = "linux-x86_64";

  /** What the library needs, each after what it needs itself; see {@code readelf -d}. */
  private static final List<String> MATHEMATICS =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

  private static final List<String> MODULES =
      List.of(
          "core imgproc photo xphoto dnn dnn_superres img_hash saliency ml text phase_unwrapping",
          "flann features2d calib3d structured_light wechat_qrcode xfeatures2d imgcodecs video",
          "ximgproc objdetect aruco bgsegm bioinspired face tracking plot videoio");

  private static boolean loaded;

  private OpenCv() {}

  /**
   * Loads it, where that was not done yet.
   *
   * @throws UnsatisfiedLinkError if it does not run here
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    // The presets' loader goes through the classes of every module and asks for many libraries that
    // do not exist, which takes a second.
    if (!loadFiles()) {
      Loader.load(opencv_java.class);
    }
    Core.setNumThreads(1);
    loaded = true;
  }

  /** Loads the files themselves, where they are known; says whether it could. */
  static boolean loadFiles() {
    if (!Loader.getPlatform().equals(KNOWN_PLATFORM)) {
      return false;
    }
    try {
      List<File> files = new ArrayList<>();
      for (String name : MATHEMATICS) {
        files.add(cached("openblas", name));
      }
      String version = Core.VERSION_MAJOR + "" + Core.VERSION_MINOR;
      for (String line : MODULES) {
        for (String module : line.split(" ", -1)) {
          files.add(cached("opencv", "libopencv_" + module + ".so." + version));
        }
      }
      files.add(cached("opencv", "libopencv_java.so"));
      files.forEach(file -> System.load(file.getPath()));
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static File cached(String artifact, String name) throws IOException {
    return NativeCache.unpacked(
        "/org/bytedeco/" + artifact + "/" + Loader.getPlatform() + "/" + name);
  }
}
