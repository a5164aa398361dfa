package io.efface.media;

import java.util.Optional;

/**
 * Which encoder writes the pictures of a file.
 *
 * @param encoder what is used
 * @param why why it is not another; empty where there is nothing to say
 * @param unasked whether somebody asked for another, or left the choice and gets hardware: worth a
 *     line
 */
public record EncoderUse(KnownEncoder encoder, Optional<String> why, boolean unasked) {}
