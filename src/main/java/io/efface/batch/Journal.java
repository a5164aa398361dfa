package io.efface.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.efface.pipeline.JobException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * What happened in an output folder, in order: one JSON object a line in {@value #NAME}, only ever
 * appended to, on the disk before the next thing happens. Nothing is decided by it. While it is
 * open no other run works in the folder. Any thread may write.
 */
public final class Journal implements AutoCloseable {
  /** The file's name. */
  public static final String NAME = "batch.ndjson";

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final FileChannel channel;
  private final FileLock lock;
  private final Clock clock;

  private Journal(FileChannel channel, FileLock lock, Clock clock) {
    this.channel = channel;
    this.lock = lock;
    this.clock = clock;
  }

  /** Writes an object's members. */
  @FunctionalInterface
  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Opens the journal of a folder, which is made if it is not there.
   *
   * @throws JobException if it cannot be written, or another run has it open
   */
  public static Journal open(Path folder, Clock clock) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        FileLock lock = channel.tryLock();
        if (lock == null) {
          throw busy(folder);
        }
        mend(channel);
        return new Journal(channel, lock, clock);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (OverlappingFileLockException e) {
      throw busy(folder);
    } catch (IOException e) {
      throw new JobException(
          file + ": cannot be written to; check the folder, or choose another with -d", e);
    }
  }

  private static JobException busy(Path folder) {
    return new JobException(
        folder + ": another run of Efface is working in this folder; wait for its end");
  }

  /** Ends a line that a killed run left in its middle. */
  private static void mend(FileChannel channel) throws IOException {
    long size = channel.size();
    channel.position(size);
    if (size > 0) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, size - 1);
      if (last.get(0) != '\n') {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
  }

  /**
   * Appends a line and waits until it is on the disk. If that fails, nothing of it stays.
   *
   * @param event what happened
   * @param body writes what else is to be said
   * @throws JobException if the disk is full
   */
  public synchronized void write(String event, Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeStringField("event", event);
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    append(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private void append(ByteBuffer line) {
    long before = -1;
    try {
      before = channel.size();
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException e) {
      JobException failure =
          new JobException(NAME + ": cannot be written to; is the disk full?", e);
      try {
        if (before >= 0) {
          channel.truncate(before);
        }
      } catch (IOException stuck) {
        failure.addSuppressed(stuck);
      }
      throw failure;
    }
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
