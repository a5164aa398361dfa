package io.efface.detect;

import io.efface.media.NativeCache;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * ONNX Runtime's library, unpacked once for all runs. Left to itself the runtime unpacks 24 MB to
 * the temporary folder each time it starts, and leaves an empty folder there, or all of it where it
 * is killed; the folder where JavaCPP keeps FFmpeg's and OpenCV's libraries has room for this one
 * too.
 */
public final class OnnxLibrary {
  /** The runtime's own property: the folder that it loads from. */
  static final String FOLDER_PROPERTY = "onnxruntime.native.path";

  private static final String RESOURCES = "/ai/onnxruntime/native/";

  /** What the runtime calls the platforms that the program is built for, by JavaCPP's names. */
  private static final Map<String, String> PLATFORMS =
      Map.of(
          "linux-x86_64", "linux-x64",
          "linux-arm64", "linux-aarch64",
          "macosx-x86_64", "osx-x64",
          "macosx-arm64", "osx-aarch64",
          "windows-x86_64", "win-x64");

  private static boolean prepared;

  private OnnxLibrary() {}

  /**
   * Unpacks it, where that was not done yet, and tells the runtime where it is. To be called before
   * the runtime is used; where it cannot be unpacked, the runtime helps itself.
   */
  public static synchronized void prepare() {
    if (prepared || System.getProperty(FOLDER_PROPERTY) != null) {
      return;
    }
    prepared = true;
    String platform = PLATFORMS.get(Loader.getPlatform());
    // A build with providers of its own looks for them where it has unpacked itself.
    if (platform == null || has(platform, "onnxruntime_providers_shared")) {
      return;
    }
    try {
      File runtime = NativeCache.unpacked(resource(platform, "onnxruntime"));
      File bridge = NativeCache.unpacked(resource(platform, "onnxruntime4j_jni"));
      if (bridge.getParent().equals(runtime.getParent())) {
        System.setProperty(FOLDER_PROPERTY, runtime.getParent());
      }
    } catch (IOException e) {
      // A folder that cannot be written to, as in a sandbox.
    }
  }

  private static boolean has(String platform, String name) {
    return OnnxLibrary.class.getResource(resource(platform, name)) != null;
  }

  private static String resource(String platform, String name) {
    return RESOURCES + platform + "/" + System.mapLibraryName(name);
  }
}
