package io.efface.media;

import io.efface.geometry.Orientation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * A view of one decoded picture as it is stored, before rotation. Owned by whoever made it (as a
 * rule a {@link VideoDecoder}), borrowed by everyone else until the owner moves to the next frame;
 * writing to the planes changes the picture in place.
 */
public final class VideoFrame {
  private final long index;
  private final long pts;
  private final long duration;
  private final Rational timeBase;
  private final int width;
  private final int height;
  private final Rational sampleAspect;
  private final Orientation orientation;
  private final PixelLayout layout;
  private final List<Plane> planes;
  private final boolean corrupt;
  private final Colours colours;
  private final Optional<AVFrame> backing;

  /**
   * What its codes mean.
   *
   * @param matrix how luma is made of red, green and blue
   * @param transfer how these stand for light
   */
  record Colours(ColourMatrix matrix, TransferFunction transfer) {}

  /**
   * A frame over planes of the caller's, of the colours that are likely for its size.
   *
   * @param index number of the frame in presentation order, from 0
   * @param pts presentation time in ticks of {@code timeBase}
   * @param duration in ticks of {@code timeBase}; 0 where unknown
   * @param timeBase seconds a tick
   * @param width pixels a row, as stored
   * @param height rows, as stored
   * @param sampleAspect width to height of one stored pixel; {@link Rational#UNKNOWN} means square
   * @param orientation how to turn the stored picture to see it upright
   * @param layout meaning of the planes
   * @param planes one a component, in the layout's order
   * @param corrupt whether the decoder could not decode it cleanly
   */
  public VideoFrame(
      long index,
      long pts,
      long duration,
      Rational timeBase,
      int width,
      int height,
      Rational sampleAspect,
      Orientation orientation,
      PixelLayout layout,
      List<Plane> planes,
      boolean corrupt) {
    this(
        index,
        pts,
        duration,
        timeBase,
        width,
        height,
        sampleAspect,
        orientation,
        layout,
        planes,
        corrupt,
        new Colours(ColourMatrix.likely(width, height), TransferFunction.SDR),
        Optional.empty());
  }

  VideoFrame(
      long index,
      long pts,
      long duration,
      Rational timeBase,
      int width,
      int height,
      Rational sampleAspect,
      Orientation orientation,
      PixelLayout layout,
      List<Plane> planes,
      boolean corrupt,
      Colours colours,
      Optional<AVFrame> backing) {
    this.index = index;
    this.pts = pts;
    this.duration = duration;
    this.timeBase = timeBase;
    this.width = width;
    this.height = height;
    this.sampleAspect = sampleAspect;
    this.orientation = orientation;
    this.layout = layout;
    this.planes = List.copyOf(planes);
    this.corrupt = corrupt;
    this.colours = colours;
    this.backing = backing;
    if (this.planes.size() != layout.planes()) {
      throw new IllegalArgumentException(this.planes.size() + " planes for " + layout);
    }
  }

  /** The same picture, its memory now that of a native frame. */
  VideoFrame over(AVFrame picture) {
    return with(FramePlanes.of(picture, layout, width, height), colours, Optional.of(picture));
  }

  /** The same picture, whose luma is made of red, green and blue in another way. */
  public VideoFrame withMatrix(ColourMatrix another) {
    return with(planes, new Colours(another, colours.transfer()), backing);
  }

  /** The same picture, whose codes stand for light in another way. */
  public VideoFrame withTransfer(TransferFunction another) {
    return with(planes, new Colours(colours.matrix(), another), backing);
  }

  private VideoFrame with(
      List<Plane> otherPlanes, Colours otherColours, Optional<AVFrame> otherBacking) {
    return new VideoFrame(
        index,
        pts,
        duration,
        timeBase,
        width,
        height,
        sampleAspect,
        orientation,
        layout,
        otherPlanes,
        corrupt,
        otherColours,
        otherBacking);
  }

  /** A frame of zeroes in buffers of its own, at pts 0 of 1/25 s, upright, with square pixels. */
  public static VideoFrame allocate(PixelLayout layout, int width, int height) {
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < layout.planes(); i++) {
      int w = layout.planeWidth(i, width);
      int h = layout.planeHeight(i, height);
      int stride = (w * layout.bytesPerSample() + 31) & ~31;
      ByteBuffer data = ByteBuffer.allocateDirect(stride * h).order(ByteOrder.nativeOrder());
      planes.add(new Plane(data, stride, w, h));
    }
    return new VideoFrame(
        0,
        0,
        1,
        new Rational(1, 25),
        width,
        height,
        Rational.UNKNOWN,
        Orientation.UPRIGHT,
        layout,
        planes,
        false);
  }

  /** Number of the frame in presentation order, from 0. */
  public long index() {
    return index;
  }

  /** Presentation time in ticks of {@link #timeBase}. */
  public long pts() {
    return pts;
  }

  /** Duration in ticks of {@link #timeBase}; 0 where unknown. */
  public long duration() {
    return duration;
  }

  /** Seconds a tick. */
  public Rational timeBase() {
    return timeBase;
  }

  /** Presentation time in seconds. */
  public double seconds() {
    return timeBase.seconds(pts);
  }

  /** Pixels a row, as stored. */
  public int width() {
    return width;
  }

  /** Rows, as stored. */
  public int height() {
    return height;
  }

  /** Width to height of one stored pixel; {@link Rational#UNKNOWN} means square. */
  public Rational sampleAspect() {
    return sampleAspect;
  }

  /** How to turn the stored picture to see it upright. */
  public Orientation orientation() {
    return orientation;
  }

  /** Meaning of the planes. */
  public PixelLayout layout() {
    return layout;
  }

  /** How luma is made of red, green and blue; of no meaning where the planes are these. */
  public ColourMatrix matrix() {
    return colours.matrix();
  }

  /** How its codes stand for light. */
  public TransferFunction transfer() {
    return colours.transfer();
  }

  /** One plane a component, in the layout's order. */
  public List<Plane> planes() {
    return planes;
  }

  /** Whether the decoder could not decode it cleanly. */
  public boolean corrupt() {
    return corrupt;
  }

  /** Width of the picture as seen, after rotation. */
  public int uprightWidth() {
    return orientation.uprightWidth(width, height);
  }

  /** Height of the picture as seen, after rotation. */
  public int uprightHeight() {
    return orientation.uprightHeight(width, height);
  }

  /** The longer of width and height, in pixels. */
  public int longerSide() {
    return Math.max(width, height);
  }

  /** The native frame whose memory the planes are, where there is one. */
  Optional<AVFrame> backing() {
    return backing;
  }
}
