package io.efface.models;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which addresses are fetched from: encrypted ones, and this machine's own. */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Addresses() {}

  /** Whether nobody on the way can read or change what comes from an address. */
  static boolean isSafe(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return address.getHost() != null
        && (scheme.equals("https") || (scheme.equals("http") && isLoopback(address)));
  }

  /**
   * Whether a redirect may be followed: to a safe address, and not from outside to this machine.
   */
  static boolean mayLead(URI from, URI to) {
    return isSafe(to) && (isLoopback(from) || !isLoopback(to));
  }

  private static boolean isLoopback(URI address) {
    return LOOPBACK.contains(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT));
  }
}
