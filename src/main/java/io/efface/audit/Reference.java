package io.efface.audit;

import io.efface.manifest.Manifest;
import io.efface.media.TimesDigest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a finished file is held against, as far as it is known.
 *
 * @param manifest what was to be destroyed
 * @param original the footage it was made from
 * @param fill how regions were filled; empty means that nobody knows
 * @param times the times that were handed to the muxer, in the output's ticks
 * @param streams how many streams there should be
 */
public record Reference(
    Optional<Manifest> manifest,
    Optional<Path> original,
    Optional<Fill> fill,
    Optional<TimesDigest> times,
    OptionalInt streams) {}
