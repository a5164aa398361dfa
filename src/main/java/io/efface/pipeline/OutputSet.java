package io.efface.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An output and the documents that belong to it. All get their names or none does, and what stood
 * under the documents' names before goes with the output that it belonged to, or stays with it.
 */
final class OutputSet implements AutoCloseable {
  private final TemporaryOutput output;
  private final List<Path> names;
  private final List<TemporaryOutput> documents = new ArrayList<>();
  private final Deque<TemporaryOutput> setAside = new ArrayDeque<>();

  /**
   * A set without documents yet.
   *
   * @param output whole; borrowed
   * @param names of all documents that an output may have, whether these are added or not
   */
  OutputSet(TemporaryOutput output, List<Path> names) {
    this.output = output;
    this.names = List.copyOf(names);
  }

  /** Adds a document, to be written by the caller and closed by this set. */
  TemporaryOutput add(Path name) {
    TemporaryOutput document = TemporaryOutput.beside(name);
    documents.add(document);
    return document;
  }

  /** Adds a document that is written already, closed by this set. */
  void add(TemporaryOutput document) {
    documents.add(document);
  }

  /**
   * Gives all their names, the output last.
   *
   * @param overwrite whether files of these names may be replaced
   * @throws JobException if one cannot get its name; all is as it was before then
   */
  void publish(boolean overwrite) {
    List<Path> published = new ArrayList<>();
    try {
      for (Path name : names) {
        setAside(name, overwrite);
      }
      for (TemporaryOutput document : documents) {
        document.publish(overwrite);
        published.add(document.target());
      }
      output.publish(overwrite);
    } catch (JobException e) {
      restore(published, e);
      throw e;
    }
  }

  private void setAside(Path name, boolean overwrite) {
    if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!overwrite) {
      throw new JobException(name + ": exists already; name another output or add --overwrite");
    }
    TemporaryOutput aside = TemporaryOutput.beside(name);
    try {
      Files.move(name, aside.path(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new JobException(name + ": cannot be replaced; check the folder's permissions", e);
    }
    setAside.push(aside);
  }

  private void restore(List<Path> published, JobException cause) {
    for (Path name : published) {
      try {
        Files.deleteIfExists(name);
      } catch (IOException leftBehind) {
        cause.addSuppressed(leftBehind);
      }
    }
    while (!setAside.isEmpty()) {
      // Off the list first: one that cannot be brought back must not be deleted by close.
      TemporaryOutput aside = setAside.pop();
      try {
        Files.move(aside.path(), aside.target(), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException lost) {
        cause.addSuppressed(lost);
      }
    }
  }

  @Override
  public void close() {
    documents.forEach(TemporaryOutput::close);
    setAside.forEach(TemporaryOutput::close);
  }
}
