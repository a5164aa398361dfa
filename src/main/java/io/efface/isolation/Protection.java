package io.efface.isolation;

import io.efface.pipeline.JobException;
import io.efface.pipeline.Staging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a child process cannot do on this machine, by trying it.
 *
 * @param sandbox what was tried
 * @param network whether a child is kept from the network
 * @param files whether a child is kept from files that are not its business
 */
public record Protection(Sandbox sandbox, boolean network, boolean files) {

  /** Whether a child is kept from both. */
  public boolean full() {
    return network && files;
  }

  /**
   * Lets a child try to reach a port of this machine and to read a file beside its folder.
   *
   * @throws JobException if no child can be started
   */
  public static Protection tried(Sandbox sandbox) {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Staging place = Staging.temporary()) {
      Path secret =
          Files.writeString(place.folder().resolve("secret"), "none of the child's business");
      Path outputs = Files.createDirectory(place.folder().resolve("outputs"));
      try (Children children =
          new Children(
              sandbox, Limits.shared(1), writable -> new View(List.of(), writable), outputs)) {
        Reply.Probed probed = children.probe(listening.getLocalPort(), secret);
        return new Protection(sandbox, !probed.network(), !probed.file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
