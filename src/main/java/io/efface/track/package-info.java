/**
 * Follows objects through time; plain Java, no native types. May use {@code detect}'s records and
 * {@code geometry}.
 */
@NullMarked
package io.efface.track;

import org.jspecify.annotations.NullMarked;
