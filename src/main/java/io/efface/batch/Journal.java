package io.efface.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.efface.pipeline.FileStamp;
import io.efface.pipeline.JobException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What happened in an output folder, in order: one JSON object a line in {@value #NAME}, only ever
 * appended to, on the disk before the next thing happens. Nothing is decided by it. While it is
 * open no other run works in the folder. Where the folder is made or mounted anew meanwhile, it
 * goes on in the new one. Any thread may write.
 */
public final class Journal implements AutoCloseable {
  /** The file's name. */
  public static final String NAME = "batch.ndjson";

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Path folder;
  private final Path file;
  private final Clock clock;
  private Opened opened;

  /**
   * The file that is written to.
   *
   * @param disk not a channel, which the interruption of a thread that writes would close
   * @param key what the file system tells it apart by; empty where it tells nobody
   */
  private record Opened(RandomAccessFile disk, Optional<Object> key) {
    /** Whether what stands under a name is this file. */
    boolean is(Path file) {
      return Files.exists(file) && FileStamp.of(file).key().equals(key);
    }
  }

  private Journal(Path folder, Opened opened, Clock clock) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
    this.opened = opened;
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
    return new Journal(folder, opened(folder), clock);
  }

  private static Opened opened(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      Files.createDirectories(folder);
      refuseLink(file);
      RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw");
      try {
        refuseLink(file);
        // Released when the file is closed.
        FileLock lock = disk.getChannel().tryLock();
        if (lock == null) {
          throw busy(folder);
        }
        mend(disk);
        return new Opened(disk, FileStamp.of(file).key());
      } catch (IOException | RuntimeException e) {
        disk.close();
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

  /** What is written must not go to another place. */
  private static void refuseLink(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new FileSystemException(file.toString(), null, "is a symbolic link");
    }
  }

  /** Ends a line that a killed run left in its middle. */
  private static void mend(RandomAccessFile disk) throws IOException {
    long size = disk.length();
    if (size > 0) {
      disk.seek(size - 1);
      if (disk.read() != '\n') {
        disk.seek(size);
        disk.write('\n');
      }
    }
  }

  /**
   * Appends a line and waits until it is on the disk. If that fails, nothing of it stays.
   *
   * @param event what happened
   * @param body writes what else is to be said
   * @throws JobException if the disk is full, or another run works in a folder that was made anew
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
    if (!opened.is(file)) {
      Opened removed = opened;
      opened = opened(folder);
      close(removed.disk());
    }
    append(opened.disk(), (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void append(RandomAccessFile disk, byte[] line) {
    long before = -1;
    try {
      before = disk.length();
      disk.seek(before);
      disk.write(line);
      disk.getFD().sync();
    } catch (IOException e) {
      JobException failure =
          new JobException(file + ": cannot be written to; is the disk full?", e);
      try {
        if (before >= 0) {
          disk.setLength(before);
        }
      } catch (IOException stuck) {
        failure.addSuppressed(stuck);
      }
      throw failure;
    }
  }

  @Override
  public synchronized void close() {
    close(opened.disk());
  }

  private static void close(RandomAccessFile disk) {
    try {
      disk.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
