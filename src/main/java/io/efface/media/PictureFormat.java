package io.efface.media;

import io.efface.geometry.Orientation;

/**
 * What all frames of a file have in common.
 *
 * @param pixelFormat libav's number of the pixel format
 * @param width pixels a row, as stored
 * @param height rows, as stored
 * @param layout meaning of the planes
 * @param orientation how to turn the stored picture to see it upright
 * @param sampleAspect width to height of one stored pixel; {@link Rational#UNKNOWN} means square
 * @param matrix how its luma is made of red, green and blue
 */
public record PictureFormat(
    int pixelFormat,
    int width,
    int height,
    PixelLayout layout,
    Orientation orientation,
    Rational sampleAspect,
    ColourMatrix matrix) {}
