package io.efface.models;

import io.efface.detect.Label;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A model that others publish.
 *
 * @param name what it is called on the command line and in the folder of fetched models
 * @param about who made it and which of their files it is
 * @param address where it is fetched from
 * @param sha256 of the file, lower-case hexadecimal
 * @param bytes size of the file
 * @param licence under which it is published, in words
 * @param commercialUse whether that licence lets it be used commercially
 * @param finds what it finds
 */
public record CatalogueModel(
    String name,
    String about,
    URI address,
    String sha256,
    long bytes,
    String licence,
    boolean commercialUse,
    Label finds) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks that name and hash are well formed and the address may be fetched from. */
  public CatalogueModel {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("model name '" + name + "'");
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal digits");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException(bytes + " bytes");
    }
    if (!Addresses.isSafe(address)) {
      throw new IllegalArgumentException(address + " is no https address");
    }
  }
}
