package io.efface.audit;

import io.efface.media.Demuxer;
import io.efface.media.MediaException;
import io.efface.media.Packet;
import io.efface.media.TimesDigest;
import io.efface.media.VideoFrame;
import io.efface.media.VideoReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a finished file back and checks that it holds the frames that were planned, at their times,
 * and no other stream.
 */
public final class FrameAudit {
  private FrameAudit() {}

  /**
   * Checks a video.
   *
   * @param file the finished file, under whatever name
   * @param name the name it is to get, for messages
   * @param planned the times that were handed to the muxer, in the output's ticks
   * @param streams how many streams there should be
   * @throws AuditException if anything differs
   */
  public static void checkVideo(Path file, Path name, TimesDigest planned, int streams) {
    try (Demuxer demuxer = Demuxer.open(file)) {
      int video = demuxer.info().video();
      if (demuxer.info().streams().size() != streams) {
        throw new AuditException(
            name
                + ": holds "
                + demuxer.info().streams().size()
                + " streams instead of "
                + streams
                + "; it was not kept");
      }
      TimesDigest found = new TimesDigest();
      for (Optional<Packet> packet = demuxer.read(); packet.isPresent(); packet = demuxer.read()) {
        if (packet.get().stream() == video) {
          found.add(packet.get().pts());
        }
      }
      if (demuxer.damage().isPresent()) {
        throw new AuditException(
            name + ": is not whole: " + demuxer.damage().get() + "; it was not kept");
      }
      if (!found.matches(planned)) {
        throw new AuditException(
            name
                + ": has "
                + found.count()
                + " frames where "
                + planned.count()
                + " were planned, or shows them at other times; it was not kept");
      }
    } catch (MediaException e) {
      throw new AuditException(name + ": cannot be read back; it was not kept");
    }
  }

  /**
   * Checks a still.
   *
   * @param file the finished file, under whatever name
   * @param name the name it is to get, for messages
   * @param width of the upright picture
   * @param height of the upright picture
   * @throws AuditException if it has another size or cannot be read
   */
  public static void checkStill(Path file, Path name, int width, int height) {
    try (VideoReader reader = VideoReader.open(file, 1)) {
      Optional<VideoFrame> frame = reader.next();
      if (frame.isEmpty()
          || frame.get().uprightWidth() != width
          || frame.get().uprightHeight() != height) {
        throw new AuditException(name + ": has another size than the picture; it was not kept");
      }
    } catch (MediaException e) {
      throw new AuditException(name + ": cannot be read back; it was not kept");
    }
  }
}
