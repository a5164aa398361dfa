package io.efface.detect;

import java.util.Optional;

/**
 * What a network runs on.
 *
 * @param device what is used, never {@link Device#AUTO}
 * @param why why it is not another; empty where there is nothing to say
 * @param recordedWhy the same without the runtime's own words, which may name somebody's folders
 * @param unasked whether somebody asked for another, or left the choice and gets another than the
 *     processor: worth a line
 */
public record DeviceUse(
    Device device, Optional<String> why, Optional<String> recordedWhy, boolean unasked) {

  /** With words of the program's own only. */
  DeviceUse(Device device, Optional<String> why, boolean unasked) {
    this(device, why, why, unasked);
  }
}
