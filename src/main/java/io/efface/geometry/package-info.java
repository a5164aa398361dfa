/**
 * Boxes, polygons and orientations: plain values in pixels. Uses no other package of the program.
 */
@NullMarked
package io.efface.geometry;

import org.jspecify.annotations.NullMarked;
