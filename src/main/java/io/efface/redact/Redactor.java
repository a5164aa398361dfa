package io.efface.redact;

import io.efface.geometry.Box;
import io.efface.media.PixelLayout;
import io.efface.media.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Destroys regions of frames, in place, in the frames' own planes.
 *
 * <p>For all styles but {@link Style.Mosaic} the result is a function of the samples outside the
 * regions, the regions, the seed and the frame's index; nothing inside a region enters it. Beyond
 * the pixels that a region touches and, in subsampled planes, the samples that these lie in, at
 * most 16 pixels change (a soft edge, only around {@code Blur}); no other sample does. Plain
 * arithmetic that is the same on every machine; no native memory of its own. For {@link
 * Style.Mosaic} see {@link #mosaicBits}.
 *
 * <p>Where regions overlap, {@code Solid} and {@code Numbered} lie over {@code Blur}, and {@code
 * Blur} over {@code Mosaic}; what a {@code Blur} or {@code Solid} covers is not read for a mosaic
 * either.
 *
 * <p>Single-threaded. Buffers are kept between frames and grow to the largest frame seen. Whoever
 * creates one closes it, which drops the colours of mosaics.
 */
public final class Redactor implements AutoCloseable {
  /** The grain's seed of every run, so that equal input gives equal output. */
  public static final long GRAIN_SEED = 0x6566666163650001L;

  private final BlurFill blur;
  private final SolidFill solid = new SolidFill();
  private final NumberFill numbers = new NumberFill(solid);
  private final MosaicFill mosaic;
  private final RegionMask luma = new RegionMask();
  private final RegionMask chroma = new RegionMask();
  private boolean closed;

  /**
   * A redactor with its own memory of mosaics.
   *
   * @param grainSeed makes the grain of blurs; not secret, the same seed gives the same bytes
   * @param mosaicSeed makes the rounding of mosaics; must be secret and drawn from a secure source
   */
  public Redactor(long grainSeed, long mosaicSeed) {
    blur = new BlurFill(grainSeed);
    mosaic = new MosaicFill(mosaicSeed);
  }

  /**
   * Most information, in bits, that a mosaic of one track lets through, in all frames together:
   * cells * cells * channels * 4. Of more than 4,096 tracks the one out of sight longest is
   * forgotten, never one of this frame or the one before, in whose place a new one stays grey; it
   * holds for each life of a track that is forgotten and drawn again.
   *
   * @param style the mosaic
   * @param channels planes of the picture, 1 or 3
   */
  public static int mosaicBits(Style.Mosaic style, int channels) {
    return style.cells() * style.cells() * channels * MosaicFill.BITS_A_CHANNEL;
  }

  /**
   * Destroys regions.
   *
   * @param frame borrowed for the call, changed in place
   * @param regions in pixels of the upright picture; may overlap, lie partly or wholly outside
   */
  public void redact(VideoFrame frame, List<Region> regions) {
    requireOpen();
    mosaic.nextFrame();
    List<Footprint> shapes = footprints(frame, regions);
    if (shapes.isEmpty()) {
      return;
    }
    RegionMask[] masks = masks(frame);
    try {
      mark(shapes, masks);
      paint(frame, shapes, masks);
    } finally {
      luma.clear();
      chroma.clear();
    }
  }

  /** Marks what must not be read; what is sealed comes last, as it stays so under a mosaic. */
  private static void mark(List<Footprint> shapes, RegionMask[] masks) {
    for (RegionMask mask : distinct(masks)) {
      for (Footprint shape : shapes) {
        if (shape.region().style() instanceof Style.Mosaic) {
          mask.mark(shape, RegionMask.COVERED);
        }
      }
      for (Footprint shape : shapes) {
        if (!(shape.region().style() instanceof Style.Mosaic)) {
          mask.mark(shape, RegionMask.COVERED | RegionMask.SEALED);
        }
      }
    }
  }

  private static List<RegionMask> distinct(RegionMask[] masks) {
    RegionMask last = masks[masks.length - 1];
    return last == masks[0] ? List.of(last) : List.of(masks[0], last);
  }

  private void paint(VideoFrame frame, List<Footprint> shapes, RegionMask[] masks) {
    List<Footprint> blurred = new ArrayList<>();
    for (Footprint shape : shapes) {
      if (shape.region().style() instanceof Style.Mosaic style) {
        mosaic.look(frame, shape, style.cells(), masks);
      } else if (shape.region().style() instanceof Style.Blur) {
        blurred.add(shape);
      }
    }
    for (Footprint shape : shapes) {
      if (shape.region().style() instanceof Style.Mosaic) {
        mosaic.paint(frame, shape);
      }
    }
    blur.paint(frame, RegionGroups.of(blurred), masks);
    for (Footprint shape : shapes) {
      if (shape.region().style() instanceof Style.Solid colour) {
        solid.paint(frame, shape, colour);
      } else if (shape.region().style() instanceof Style.Numbered) {
        solid.paint(frame, shape, NumberFill.GROUND);
      }
    }
    for (Footprint shape : shapes) {
      if (shape.region().style() instanceof Style.Numbered) {
        numbers.paint(frame, shape.region());
      }
    }
  }

  /**
   * Fills the whole picture with mid grey; for a frame that could not be decoded cleanly. Nothing
   * of the frame is read.
   *
   * @param frame borrowed for the call, changed in place
   */
  public void blank(VideoFrame frame) {
    requireOpen();
    solid.blank(frame);
  }

  /** Drops all mosaics' colours; the redactor cannot be used afterwards. May be called twice. */
  @Override
  public void close() {
    closed = true;
    mosaic.forgetAll();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the redactor is closed");
    }
  }

  /** Shapes, on the stored picture, of the regions that touch it. */
  private static List<Footprint> footprints(VideoFrame frame, List<Region> regions) {
    int w = frame.width();
    int h = frame.height();
    List<Footprint> shapes = new ArrayList<>(regions.size());
    for (Region region : regions) {
      Box stored = frame.orientation().toStored(region.box(), w, h);
      if (!stored.isEmpty() && !stored.clip(w, h).isEmpty()) {
        shapes.add(
            new Footprint(
                region, stored, region.outline().map(o -> frame.orientation().toStored(o, w, h))));
      }
    }
    return shapes;
  }

  /** Sizes the masks to the frame and gives one for each plane. */
  private RegionMask[] masks(VideoFrame frame) {
    PixelLayout layout = frame.layout();
    luma.resize(layout.planeWidth(0, frame.width()), layout.planeHeight(0, frame.height()), 0, 0);
    RegionMask[] masks = new RegionMask[layout.planes()];
    for (int p = 0; p < masks.length; p++) {
      masks[p] = luma;
      int sx = layout.shiftX(p);
      int sy = layout.shiftY(p);
      if (sx + sy > 0) {
        chroma.resize(
            layout.planeWidth(p, frame.width()), layout.planeHeight(p, frame.height()), sx, sy);
        masks[p] = chroma;
      }
    }
    return masks;
  }
}
