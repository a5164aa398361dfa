package io.efface.detect;

import io.efface.geometry.Box;
import io.efface.geometry.Orientation;
import io.efface.media.Rational;
import io.efface.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects with an ONNX network. Owns its session and all buffers, which stay the same as long
 * as frames of one size come in. Single-threaded.
 */
public final class OnnxDetector implements Detector {
  /** As common for one-shot detectors. */
  static final double NMS_IOU = 0.45;

  private static final double NMS_INSIDE = 1;

  private final ModelSpec spec;
  private final DetectorOptions options;
  private final OutputDecoder decoder;
  private final ModelSession session;
  private final DetectorInput input;
  private final Candidates candidates = new Candidates();
  private final Nms nms = new Nms(NMS_IOU, NMS_INSIDE);
  private @Nullable Geometry geometry;
  private @Nullable Letterbox letterbox;
  private @Nullable Seen seen;

  private record Geometry(int width, int height, Rational aspect, boolean transposed) {}

  private OnnxDetector(
      ModelSession session, FamilyRecogniser.Recognised model, DetectorOptions options) {
    this.session = session;
    this.spec = model.spec();
    this.decoder = model.decoder();
    this.options = options;
    this.input = new DetectorInput(spec.family());
  }

  /**
   * Loads a model.
   *
   * @param source the model
   * @param options how to run it
   * @return the detector, owned by the caller
   * @throws DetectionException if the model cannot be loaded, is of no known family or finds none
   *     of the classes asked for
   */
  public static OnnxDetector open(ModelSource source, DetectorOptions options) {
    ModelSession session = session(source, options.threads(), options.device());
    try {
      FamilyRecogniser.Recognised model = recognise(source, session);
      Set<Label> found = EnumSet.copyOf(model.spec().labels());
      found.retainAll(options.classes());
      if (found.isEmpty()) {
        throw new DetectionException(
            "model '"
                + source.name()
                + "' finds only "
                + String.join(", ", model.spec().labels().stream().map(Label::id).toList())
                + ": ask for another class or give another model");
      }
      return new OnnxDetector(session, model, options);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /**
   * Another one of the same loaded network, with other options; the device and the threads are this
   * one's. Of the same thread, owned by the caller, not used once this one is closed.
   */
  OnnxDetector sharing(DetectorOptions other) {
    return new OnnxDetector(
        session.sharing(), new FamilyRecogniser.Recognised(spec, decoder), other);
  }

  /**
   * Says what is known of a model without keeping it.
   *
   * @throws DetectionException if the model cannot be loaded or is of no known family
   */
  public static ModelSpec describe(ModelSource source) {
    try (ModelSession session = session(source, 1, Device.CPU)) {
      return recognise(source, session).spec();
    }
  }

  /**
   * Loads a model. CenterFace's own file declares ten pictures of 32x32 pixels, which the runtime
   * would insist on; the network itself takes any number and size.
   */
  private static ModelSession session(ModelSource source, int threads, Device device) {
    ModelSession session = ModelSession.open(source.name(), source.content(), threads, device);
    ModelSpec spec;
    try {
      spec = recognise(source, session).spec();
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
    if (spec.family() != ModelFamily.CENTERFACE || spec.fixedSize().isEmpty()) {
      return session;
    }
    session.close();
    byte[] freed = FreeShapes.of(source.name(), source.content(), spec.input());
    return ModelSession.open(source.name(), freed, threads, device);
  }

  private static FamilyRecogniser.Recognised recognise(ModelSource source, ModelSession session) {
    return FamilyRecogniser.recognise(
        source, session.inputShapes(), session.outputShapes(), session.metadata());
  }

  /** What it runs on. */
  public DeviceUse deviceUse() {
    return session.use();
  }

  /** What is known of the model. */
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public void useThreads(int most) {
    session.useThreads(most);
  }

  @Override
  public void everyRun(Runnable everyRun) {
    session.everyRun(everyRun);
  }

  @Override
  public List<Detection> detect(VideoFrame frame) {
    return detect(frame, Orientation.UPRIGHT);
  }

  /**
   * Finds objects in a frame that is seen turned or mirrored.
   *
   * @param view how the network sees the upright picture; results are as in the frame itself all
   *     the same. Where views of one detector differ in whether they transpose, each change costs
   *     new tensors.
   */
  List<Detection> detect(VideoFrame frame, Orientation view) {
    Orientation turn = frame.orientation().then(view);
    Letterbox box = bind(frame, turn.transposed());
    Seen now = new Seen(box, view, frame.uprightWidth(), frame.uprightHeight());
    seen = now;
    try {
      input.fill(frame, turn);
    } catch (IllegalStateException e) {
      throw new DetectionException("the frame cannot be scaled: " + e.getMessage(), e);
    }
    session.run();
    candidates.clear();
    decoder.decode(
        session.outputs(),
        box.inputWidth(),
        box.inputHeight(),
        (float) options.minScore(),
        candidates);
    return detections(now);
  }

  private List<Detection> detections(Seen now) {
    int count = nms.run(candidates);
    List<Detection> found = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      int i = nms.kept(k);
      Label label = candidates.label(i);
      Box inInput =
          new Box(candidates.left(i), candidates.top(i), candidates.right(i), candidates.bottom(i));
      if (options.classes().contains(label) && options.scale().covers(inInput.longerSide())) {
        found.add(new Detection(label, now.toPicture(inInput), candidates.score(i)));
      }
    }
    return List.copyOf(found);
  }

  /**
   * What the network saw last, to look at more closely; changes with the next frame.
   *
   * @throws IllegalStateException if there was no frame yet
   */
  Refiner.Picture picture() {
    return seen();
  }

  /**
   * The same as a look at the picture turned so would see it.
   *
   * @param view how the upright picture is turned
   * @throws IllegalStateException if there was no frame yet
   */
  Refiner.Picture picture(Orientation view) {
    Seen current = seen();
    return new TurnedPicture(current, current.view.inverse().then(view));
  }

  private Seen seen() {
    Seen current = seen;
    if (current == null) {
      throw new IllegalStateException("no frame was looked at yet");
    }
    return current;
  }

  /** The input as it was filled last. */
  private final class Seen implements Refiner.Picture {
    private final Letterbox box;
    private final Orientation view;
    private final int width;
    private final int height;

    Seen(Letterbox box, Orientation view, int width, int height) {
      this.box = box;
      this.view = view;
      this.width = width;
      this.height = height;
    }

    @Override
    public Box toPicture(Box inInput) {
      return view.toStored(box.toPicture(inInput), width, height);
    }

    @Override
    public Box toInput(Box upright) {
      return box.toInput(view.toUpright(upright, width, height));
    }

    @Override
    public void cut(Refiner.Square square, int side, ByteBuffer into) {
      input.cut(square, side, into);
    }
  }

  /** Makes tensors for the turned frame's geometry, unless they are there already. */
  private Letterbox bind(VideoFrame frame, boolean transposed) {
    Geometry wanted = new Geometry(frame.width(), frame.height(), frame.sampleAspect(), transposed);
    Letterbox current = letterbox;
    if (current != null && wanted.equals(geometry)) {
      return current;
    }
    geometry = null;
    Letterbox made = letterbox(frame, transposed);
    session.bind(
        spec.input(),
        new long[] {1, 3, made.inputHeight(), made.inputWidth()},
        decoder.outputs(made.inputWidth(), made.inputHeight()));
    input.bind(made, transposed, session.input());
    geometry = wanted;
    letterbox = made;
    return made;
  }

  private Letterbox letterbox(VideoFrame frame, boolean transposed) {
    Rational aspect = frame.sampleAspect();
    if (transposed && aspect.isKnown()) {
      aspect = new Rational(/* num= */ aspect.den(), /* den= */ aspect.num());
    }
    int width = transposed ? frame.height() : frame.width();
    int height = transposed ? frame.width() : frame.height();
    if (spec.fixedSize().isPresent()) {
      ModelSpec.InputSize size = spec.fixedSize().get();
      return Letterbox.fitInto(
          width, height, aspect, size.width(), size.height(), options.maxUpscale());
    }
    Scale scale = options.scale();
    Letterbox whole =
        Letterbox.fit(width, height, aspect, options.longestSide(), options.maxUpscale());
    if (scale.share() == 1) {
      return whole;
    }
    double longest = scale.share() * Math.max(whole.contentWidth(), whole.contentHeight());
    return Letterbox.fit(
        width,
        height,
        aspect,
        Math.max(Letterbox.CELL, (int) Math.round(longest)),
        options.maxUpscale());
  }

  @Override
  public void close() {
    try {
      input.close();
    } finally {
      session.close();
    }
  }
}
