package io.efface.media;

import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.Pointer;

/**
 * Asked by libav before each block of a file that it reads or writes, of some 32 KiB, whether it is
 * to go on: to finish an MP4 it copies the whole file, in one call. Whoever makes it closes it,
 * after the files that it watches.
 */
final class BlockWatch extends AVIOInterruptCB.Callback_Pointer {
  private Runnable everyBlock = () -> {};
  private Optional<RuntimeException> stop = Optional.empty();

  /**
   * Opens a file for writing, and has whatever else the context opens watched, too.
   *
   * @return libav's code
   */
  int open(AVIOContext io, AVFormatContext context, String url) {
    try (AVIOInterruptCB interrupt = new AVIOInterruptCB()) {
      interrupt.callback(this).opaque(null);
      context.interrupt_callback(interrupt);
      return avformat.avio_open2(io, url, avformat.AVIO_FLAG_WRITE, interrupt, (AVDictionary) null);
    }
  }

  /** Has something called before each block from now on; what it throws ends the call to libav. */
  void every(Runnable everyBlock) {
    this.everyBlock = everyBlock;
  }

  @Override
  public int call(Pointer opaque) {
    if (stop.isEmpty()) {
      try {
        everyBlock.run();
      } catch (RuntimeException e) {
        // It must not fly through libav; it is thrown when that has returned.
        stop = Optional.of(e);
      }
    }
    return stop.isPresent() ? 1 : 0;
  }

  /** Throws what ended a call to libav, if that was not libav itself. */
  void rethrow() {
    if (stop.isPresent()) {
      throw stop.get();
    }
  }
}
